/**
 * `npm run check:wording`: finds habits of wording that make the project hard to read, with what to write instead, and
 * citations of documents that are not in the repository. Exit code 1 if there are any.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The pattern, and what to write instead. */
const HABITS = [
  [/\banew\b/i, 'again, or a verb with re-'],
  [/\bso (long|often)\b(?! as\b)/i, 'for this long, this often, or a named constant'],
  [/\b(is|are|was|were|be) no\b(?! (longer|more than|less than|later than|earlier than)\b)/, 'is not a'],
  [/\bof (its|their) own\b/, 'its own, separate'],
  [/\bwhat (became|came|comes|becomes) (of|to)\b/i, 'outcome, result'],
  [/\b(tell|tells|told)\b/i, 'log, report, return, show, notify, imply'],
  [/\b(nobody|somebody|anybody|whoever)\b/i, 'no client, no gateway, the caller'],
  [/\bbeside\b/i, 'with, next to, in addition to'],
  [/\bbut for\b/i, 'except'],
  [/\b(has|have|had) to\b/, 'must'],
  [/\b(go|goes|went) on\b/, 'continue, keep, still'],
  [/\b(stand|stands|stood|standing) still\b/, 'stall'],
  [/\b(deaf|fate|spoilt)\b/i, 'the plain term'],
  [/\btaken (in|up|on)\b/, 'received, resumed, accepted'],
  [/\b(MOST|LONGEST|LARGEST|FEWEST|GREATEST)_[A-Z]/, 'MAX_ or MIN_'],
  [/\b[A-Z][A-Z_]*_(WITHIN|EVERY|AFTER)_MS\b/, '_TIMEOUT_MS, _INTERVAL_MS, _DELAY_MS'],
];

const CHECKED = /\.(ts|tsx|mjs|js|md|graphql|yml|yaml)$|(^|\/)(Dockerfile|\.env\.example|run)$/;
const EXCLUDED = [
  'scripts/check-wording.mjs',
  'package-lock.json',
  /^packages\/client\/src\/generated\//,
  /^src\/pages\/console\/generated\//,
  /^test\/samples\//,
];

/** Words that a file keeps because they are names outside its control: in stored data, and of the system. */
const FIXED_NAMES = {
  'src/recordings/fold/sequence.ts': ['told'],
  'test/support/databases/postgres-host.mjs': ['nobody'],
};

/** A Markdown file that is named in a text: with its folder, or alone. */
const CITATION = /(?<![\w/.-])((?:[\w.-]+\/)*[\w-]+\.md)\b(?!\.\w)/g;

const files = execFileSync('git', ['ls-files'], { encoding: 'utf8' })
  .split('\n')
  .filter((file) => CHECKED.test(file))
  .filter((file) => !EXCLUDED.some((rule) => (typeof rule === 'string' ? rule === file : rule.test(file))));

/** A document may be cited from the root, from the citing file's folder, or from the root of the file's package. */
function isThere(cited, file) {
  const packageRoot = /^packages\/[^/]+/.exec(file)?.[0] ?? '.';
  return ['.', dirname(file), packageRoot].some((base) => existsSync(join(base, cited)));
}

let findings = 0;
for (const file of files) {
  for (const [index, line] of readFileSync(file, 'utf8').split('\n').entries()) {
    const where = `${file}:${index + 1}`;
    for (const [pattern, instead] of HABITS) {
      const found = pattern.exec(line)?.[0];
      if (found === undefined || FIXED_NAMES[file]?.includes(found)) continue;
      findings += 1;
      console.log(`${where}: "${found}": write ${instead}`);
    }
    for (const [, cited] of line.replaceAll(/https?:\/\/[^\s)>"'`]+/g, '').matchAll(CITATION)) {
      if (isThere(cited, file)) continue;
      findings += 1;
      console.log(`${where}: ${cited} is not in the repository`);
    }
  }
}
console.log(findings === 0 ? `${files.length} files read, nothing found` : `${findings} findings`);
process.exitCode = findings === 0 ? 0 : 1;
