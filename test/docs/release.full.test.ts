import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { temporaryDirectory } from '../support/processes.js';

const script = resolve('scripts/check-release.mjs');

const settings = (rows: string) =>
  `| setting | meaning | default | effect |\n| --- | --- | --- | --- |\n${rows}`;

const tool = { version: '0.1.0', license: 'MIT', dependencies: {} };

/** A small project that can be released, with a package as this project's. */
const PROJECT: Record<string, string> = {
  'package.json': JSON.stringify({ ...tool, name: 'gateway', private: true, workspaces: ['packages/*'] }),
  'package-lock.json': JSON.stringify({
    version: '0.1.0',
    packages: {
      '': tool,
      'node_modules/a': { license: '(MIT OR GPL-2.0)' },
      'node_modules/client': { link: true },
    },
  }),
  'CHANGELOG.md': '# Changelog\n\n## Unreleased\n\n- The setting PORT.\n',
  'docs/configuration.md': settings(
    '| `PORT` | The port. | `4000` | restart |\n| `HOST` | The host. | none | restart |\n',
  ),
  'schema/schema.graphql': 'type Query {\n  a: Int\n  b: Int\n}\n',
  'schema/accepted-changes.txt': '# Accepted changes\n',
  'packages/client/package.json': JSON.stringify({
    ...tool,
    ...{
      name: 'client',
      files: ['dist'],
      exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } },
    },
  }),
  'packages/client/README.md': '# Client\n',
  'packages/client/LICENSE': 'MIT\n',
  'packages/client/dist/index.js': 'export {};\n',
  'packages/client/dist/index.d.ts': 'export {};\n',
};

/** The project, tagged as released, with these files changed since. */
function changed(files: Record<string, string>, { isTagged = true } = {}): string {
  const directory = temporaryDirectory();
  onTestFinished(() => directory.remove());
  const write = (all: Record<string, string>) => {
    for (const [name, text] of Object.entries(all)) {
      const path = join(directory.path, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
  };
  const git = (...parameters: string[]) => execFileSync('git', parameters, { cwd: directory.path });
  write(PROJECT);
  git('init', '--quiet');
  git('add', '--all');
  git('-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '--quiet', '--message', 'a');
  if (isTagged) git('tag', 'v0.1.0');
  write(files);
  return directory.path;
}

function check(folder: string): { status: number | null; lines: string[] } {
  const { status, stderr } = spawnSync(process.execPath, [script], { cwd: folder, encoding: 'utf8' });
  return { status, lines: stderr.split('\n').filter((line) => line !== '') };
}

const edited = (path: string, text: string | RegExp, replacement: string) => {
  const before = PROJECT[path]!;
  const after = before.replace(text, replacement);
  expect(after).not.toBe(before);
  return { [path]: after };
};

it('A project in which everything agrees can be released', () => {
  expect(check(changed({}))).toEqual({ status: 0, lines: [] });
});

it.each([
  [
    'A package of another version',
    () => edited('packages/client/package.json', '0.1.0', '0.2.0'),
    'client has version 0.2.0, the root has 0.1.0.',
  ],
  [
    'A changelog that begins with another version',
    () => edited('CHANGELOG.md', 'Unreleased', '0.0.9'),
    'CHANGELOG.md begins with "0.0.9", not with "Unreleased" or "0.1.0".',
  ],
  [
    'A setting that was removed',
    () => edited('docs/configuration.md', /\| `PORT.*\n/, ''),
    'The setting PORT was changed, and CHANGELOG.md does not name it: it was removed.',
  ],
  [
    'A default that was changed',
    () => edited('docs/configuration.md', '`4000`', '`5000`'),
    'The setting PORT was changed, and CHANGELOG.md does not name it: its default was `4000`, and is `5000`.',
  ],
  [
    'A field of the schema that was removed',
    () => edited('schema/schema.graphql', '  b: Int\n', ''),
    'The schema breaks front ends without an entry in accepted-changes.txt: Query.b was removed.',
  ],
  [
    'A package with a file that is not for others',
    () => ({ 'packages/client/dist/source.ts': '' }),
    'client would publish dist/source.ts.',
  ],
  [
    'A package whose entry point is not packed',
    () => edited('packages/client/package.json', './dist/index.js', './dist/other.js'),
    'client would be published without dist/other.js.',
  ],
  [
    'A dependency with a licence that is not allowed',
    () => edited('package-lock.json', '(MIT OR GPL-2.0)', '(MIT AND GPL-2.0)'),
    'The licence of a is not allowed: (MIT AND GPL-2.0).',
  ],
  [
    'A dependency without a licence',
    () => edited('package-lock.json', '"license":"(MIT OR GPL-2.0)"', ''),
    'The licence of a is not allowed: none in package-lock.json.',
  ],
])('%s cannot be released, and the line says why', (_name, change, line) => {
  const { status, lines } = check(changed(change()));
  expect(status).toBe(1);
  expect(lines).toContain(line);
});

it('A default that was changed can be released once the changelog names the setting', () => {
  const folder = changed({
    ...edited('docs/configuration.md', '`4000`', '`5000`'),
    ...edited('CHANGELOG.md', '- The', '- PORT is 5000 by default.\n- The'),
  });
  expect(check(folder)).toEqual({ status: 0, lines: [] });
});

it('A change of the schema that was accepted can be released', () => {
  const folder = changed({
    ...edited('schema/schema.graphql', '  b: Int\n', ''),
    'schema/accepted-changes.txt': '# Accepted changes\n\n- Query.b was removed.\n',
  });
  expect(check(folder)).toEqual({ status: 0, lines: [] });
});

it('A package without its licence cannot be released', () => {
  const folder = changed({});
  rmSync(join(folder, 'packages/client/LICENSE'));
  expect(check(folder).lines).toEqual(['client would be published without LICENSE.']);
});

it('A history that does not reach the last release is named', () => {
  expect(check(changed({}, { isTagged: false })).lines).toEqual([
    expect.stringMatching(/^The history does not reach [0-9a-f]+: git fetch --unshallow --tags\.$/),
  ]);
});
