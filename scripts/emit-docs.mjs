/**
 * `npm run docs`: writes the generated sections of the documentation from the tables of the built gateway. With --check
 * it writes nothing, names the documents that differ, and exits with 1 if there are any.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { commandsTable, exitCodesTable, migrationsTable } from '../build/cli/documentation.js';
import { errorCatalogue } from '../build/graphql/error-catalogue.js';
import * as lifecycle from '../build/recordings/documentation.js';
import { metricsTable } from '../build/telemetry/documentation.js';
import { envExample, variablesTable } from '../build/settings/documentation.js';
import { ASSUMPTIONS } from '../packages/agora/dist/assumptions.js';
import { parameterTables } from '../packages/agora/dist/parameters/documentation.js';

function assumptionList() {
  return Object.entries(ASSUMPTIONS)
    .map(([name, { claim, evidence, counterEvidence }]) => {
      const against = counterEvidence === null ? [] : [`  - Against: ${counterEvidence}`];
      return [`- \`${name}\`: ${claim}`, `  - For: ${evidence}`, ...against].join('\n');
    })
    .join('\n');
}

/** For each document, the sections that are generated, by name. */
const DOCUMENTS = {
  'docs/configuration.md': { settings: variablesTable },
  'docs/operating.md': {
    commands: commandsTable,
    'exit-codes': exitCodesTable,
    migrations: migrationsTable,
  },
  'docs/errors.md': { catalogue: errorCatalogue, problems: lifecycle.problemsTable },
  'docs/recording-lifecycle.md': {
    evidence: lifecycle.evidenceTable,
    stop: lifecycle.stopTable,
    times: lifecycle.timesTable,
    deadlines: lifecycle.deadlinesTable,
    'end-reasons': lifecycle.endReasonsTable,
  },
  'docs/metrics.md': { metrics: metricsTable },
  'docs/options.md': { options: parameterTables },
  'packages/sandbox/docs/assumptions.md': { assumptions: assumptionList },
};

/** Documents that are generated as a whole. */
const FILES = { '.env.example': envExample };

function replaceSection(text, name, content) {
  const begin = `<!-- generated: ${name}. Run npm run docs. -->\n<!-- prettier-ignore-start -->\n`;
  const end = `<!-- prettier-ignore-end -->`;
  const from = text.indexOf(begin);
  const to = text.indexOf(end, from);
  if (from < 0 || to < 0) throw new Error(`The section ${name} is missing: it begins with ${begin}`);
  return `${text.slice(0, from + begin.length)}\n${content}\n\n${text.slice(to)}`;
}

const check = process.argv.includes('--check');

function update(path, change) {
  const file = fileURLToPath(new URL(`../${path}`, import.meta.url));
  const before = readFileSync(file, 'utf8');
  const after = change(before);
  if (after === before) return;
  if (check) {
    console.error(`${path} differs from the code: run npm run docs.`);
    process.exitCode = 1;
  } else writeFileSync(file, after);
}

for (const [path, sections] of Object.entries(DOCUMENTS)) {
  update(path, (before) =>
    Object.entries(sections).reduce(
      (text, [name, generate]) => replaceSection(text, name, generate()),
      before,
    ),
  );
}
for (const [path, generate] of Object.entries(FILES)) update(path, generate);
