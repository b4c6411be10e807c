import { EXIT } from '../process/exit-codes.js';
import { MIGRATIONS } from '../store/migrations/migrations.js';
import { COMMANDS } from './commands.js';

/** The tables of docs/operating.md, written by `npm run docs`. */

const MEANINGS: Record<keyof typeof EXIT, string> = {
  ok: 'Success; the gateway was stopped by a signal.',
  failure: 'Anything else failed. A restart may help.',
  changed: '`rebuild` found recordings that differ from what their logs give.',
  corrupt: 'The store or the backup is corrupt.',
  io: 'The store cannot be reached, read or written: disk, permissions, network, or login.',
  settings:
    'The settings or arguments are wrong, or do not fit the store: it is in use, belongs to other Agora projects, or needs a ' +
    'later release.',
};

export function commandsTable(): string {
  const rows = COMMANDS.map(
    ({ name, usage, summary }) => `| \`${`${name} ${usage}`.trim()}\` | ${summary} |`,
  );
  return ['| command | what it does |', '| --- | --- |', ...rows].join('\n');
}

export function exitCodesTable(): string {
  const names = Object.keys(EXIT) as (keyof typeof EXIT)[];
  const rows = names.map((name) => `| ${EXIT[name]} | ${MEANINGS[name]} |`);
  return ['| code | meaning |', '| --- | --- |', ...rows].join('\n');
}

export function migrationsTable(): string {
  const rows = MIGRATIONS.map((migration) => {
    const others = migration.change === 'expand' ? 'compatible' : `not compatible: ${migration.because}`;
    return `| \`${migration.name}\` | ${others} |`;
  });
  return ['| version of the store | gateways of the release before it |', '| --- | --- |', ...rows].join(
    '\n',
  );
}
