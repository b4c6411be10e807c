/**
 * `npm run check:release`: whether the project in this folder can be released. Versions and the changelog agree, what was
 * changed since the last release is in the changelog or accepted, packages hold what they should, and every licence is allowed.
 * Prints a line for each problem; exit code 1 if there is one.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { buildSchema, findBreakingChanges } from 'graphql';

/** What is compared with where nothing is tagged: the commit that first documents every setting in a table. */
const BASELINE = '28d77dafd137';

const LICENCES = [
  ...['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'BlueOak-1.0.0', 'CC0-1.0'],
  ...['Python-2.0', 'PSF-2.0', 'Unlicense'],
];

/** Tools whose licence is another one, or is not in the lock file: none of them is in what is released. */
const ONLY_TOOLS = /^(lightningcss(-.+)?|caniuse-lite|axe-core|busboy|streamsearch|humanize-number|only)$/;

/** What a package may hold. */
const PACKED = [
  /^(package\.json|README\.md|LICENSE|schema\.graphql|redirect\.cjs)$/,
  /^dist\/(?!.*\btest\b).+(\.js|\.js\.map|\.d\.ts)$/,
  /^docs\/[^/]+\.md$/,
  /^media\/[^/]+\.(mp4|mpegts|jpg)$/,
];

const read = (path) => readFileSync(path, 'utf8');
const readJson = (path) => JSON.parse(read(path));
const git = (...parameters) =>
  execFileSync('git', parameters, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();

const root = readJson('package.json');
const packages = readdirSync('packages').map((name) => readJson(`packages/${name}/package.json`));
const problems = [];

/** The last tag of a release, or the baseline. */
function lastRelease() {
  const [tag] = git('tag', '--list', 'v*', '--merged', 'HEAD', '--sort=-version:refname').split('\n');
  return tag === '' ? BASELINE : tag;
}

function checkVersions() {
  const names = packages.map(({ name }) => name);
  for (const { name, version, dependencies = {}, devDependencies = {} } of [root, ...packages]) {
    if (version !== root.version)
      problems.push(`${name} has version ${version}, the root has ${root.version}.`);
    for (const [dependency, wanted] of Object.entries({ ...dependencies, ...devDependencies }))
      if (names.includes(dependency) && wanted !== root.version)
        problems.push(`${name} depends on ${dependency} ${wanted}, the root has ${root.version}.`);
  }
  const locked = readJson('package-lock.json').version;
  if (locked !== root.version) problems.push(`package-lock.json has version ${locked}: npm install.`);
  const heading = /^## (\S+)/m.exec(read('CHANGELOG.md'))?.[1];
  if (heading !== 'Unreleased' && heading !== root.version)
    problems.push(`CHANGELOG.md begins with "${heading}", not with "Unreleased" or "${root.version}".`);
}

/** The default of each setting, as docs/configuration.md has it. */
function defaultsOf(page) {
  const rows = page.matchAll(/^\| `([A-Z][A-Z0-9_]*)`.*\| (.*) \| [^|]* \|$/gm);
  return new Map([...rows].map(([, name, value]) => [name, value]));
}

function checkSettings(at) {
  const known = new Set(at('CHANGELOG.md').split('\n'));
  const added = read('CHANGELOG.md')
    .split('\n')
    .filter((line) => !known.has(line));
  const listed = new Set(added.join('\n').match(/\b[A-Z][A-Z0-9_]+\b/g));
  const now = defaultsOf(read('docs/configuration.md'));
  for (const [name, value] of defaultsOf(at('docs/configuration.md'))) {
    if (now.get(name) === value || listed.has(name)) continue;
    const change = now.has(name) ? `its default was ${value}, and is ${now.get(name)}` : 'it was removed';
    problems.push(`The setting ${name} was changed, and CHANGELOG.md does not name it: ${change}.`);
  }
}

/** Without a tag, `npm run check:schema` compares with schema/baseline.graphql only. */
function checkSchema(at) {
  const accepted = read('schema/accepted-changes.txt');
  const [before, now] = [at('schema/schema.graphql'), read('schema/schema.graphql')].map((text) =>
    buildSchema(text),
  );
  for (const { description } of findBreakingChanges(before, now))
    if (!accepted.includes(`- ${description}\n`))
      problems.push(`The schema breaks front ends without an entry in accepted-changes.txt: ${description}`);
}

function checkSinceLastRelease() {
  const release = lastRelease();
  try {
    git('cat-file', '-e', `${release}^{commit}`);
  } catch {
    problems.push(`The history does not reach ${release}: git fetch --unshallow --tags.`);
    return;
  }
  const at = (path) => git('show', `${release}:${path}`);
  checkSettings(at);
  if (release !== BASELINE) checkSchema(at);
}

/** The files that `exports` and `bin` name. */
function entryPoints(value) {
  if (typeof value === 'string') return [value.replace(/^\.\//, '')];
  return Object.values(value ?? {}).flatMap(entryPoints);
}

function checkPackages() {
  for (const { name, exports, bin } of packages.filter((each) => each.private !== true)) {
    const parameters = ['pack', '--dry-run', '--json', '--foreground-scripts=false', '-w', name];
    const [packed] = JSON.parse(execFileSync('npm', parameters, { encoding: 'utf8', timeout: 120_000 }));
    const paths = packed.files.map(({ path }) => path);
    for (const path of paths)
      if (!PACKED.some((pattern) => pattern.test(path))) problems.push(`${name} would publish ${path}.`);
    for (const path of ['README.md', 'LICENSE', ...entryPoints(exports), ...entryPoints(bin)])
      if (!paths.includes(path)) problems.push(`${name} would be published without ${path}.`);
  }
}

/** An expression of SPDX without nesting: one of the licences after OR, or all of those after AND. */
function isAllowed(expression = '') {
  const terms = expression.replace(/[()]/g, '');
  return terms
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((licence) => LICENCES.includes(licence)));
}

/** Of everything that is installed, as the bundles and the playground hold what is a development dependency, too. */
function checkLicences() {
  for (const [path, { license, link }] of Object.entries(readJson('package-lock.json').packages)) {
    const name = path.split('node_modules/').at(-1) || root.name;
    if (link === true || isAllowed(license) || ONLY_TOOLS.test(name)) continue;
    problems.push(`The licence of ${name} is not allowed: ${license ?? 'none in package-lock.json'}.`);
  }
}

checkVersions();
checkSinceLastRelease();
checkPackages();
checkLicences();
if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}
