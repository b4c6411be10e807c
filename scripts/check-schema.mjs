/**
 * `npm run check:schema`: compares the schema with the one that front ends rely on, schema/baseline.graphql. A breaking change fails,
 * unless it is accepted with its reason, which schema/accepted-changes.txt keeps: `npm run schema:accept -- "REASON"`.
 */
import { createHash } from 'node:crypto';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, findBreakingChanges } from 'graphql';

const [folder, command, reason = ''] = process.argv.slice(2);
const baselineFile = join(folder, 'baseline.graphql');
const acceptedFile = join(folder, 'accepted-changes.txt');

const schema = readFileSync(join(folder, 'schema.graphql'), 'utf8');
const baseline = readFileSync(baselineFile, 'utf8');
const breaking = findBreakingChanges(buildSchema(baseline), buildSchema(schema)).map(
  ({ description }) => description,
);

/** By which an entry names its baseline. */
function markOf(text) {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

function accept() {
  if (reason.trim() === '') {
    console.error('Give the reason: npm run schema:accept -- "REASON"');
    process.exit(64);
  }
  writeFileSync(baselineFile, schema);
  const changes = breaking.map((description) => `- ${description}\n`);
  appendFileSync(acceptedFile, `\n## Baseline ${markOf(schema)}\n\n${reason.trim()}\n\n${changes.join('')}`);
}

function check() {
  const problems = [...breaking];
  const last = /.*^## Baseline (\w+)$/ms.exec(readFileSync(acceptedFile, 'utf8'))?.[1];
  if (last !== markOf(baseline)) {
    problems.push('baseline.graphql was changed without a reason in accepted-changes.txt.');
  }
  if (problems.length === 0) return;
  const advice =
    'This breaks front ends. Keep what they use, or accept it: npm run schema:accept -- "REASON"';
  console.error([...problems, advice].join('\n'));
  process.exit(1);
}

if (command === 'accept') accept();
else check();
