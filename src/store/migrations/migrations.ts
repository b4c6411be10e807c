import { type Kysely } from 'kysely';
import { createSharedTables } from '../coordination/shared-tables.js';
import { type Database } from '../drivers/database.js';
import { type ReportUnreadable } from '../stored-json.js';
import { knowRepetitionsByTheLog } from './log-knows-repetitions.js';
import { createLogRecordingsAttempts } from './log-recordings-attempts.js';
import { keepSecretFingerprints } from './secret-fingerprints.js';
import { listSnapshotsByName } from './snapshot-names.js';
import { indexReads } from './index-reads.js';
import { keepAcquiredResources } from './acquired-resources.js';
import { addListColumns } from './list-columns.js';
import { countRecordings } from './recording-counts.js';
import { listFilesAndProblems } from './file-and-problem-lists.js';
import { keepAuditEntries } from './audit-entries.js';
import { boundUnknownRecordings } from './unknown-recordings.js';
import { belongToAppIds } from './belongs-to-app-ids.js';
import { keepUnansweredQueries } from './unanswered-queries.js';

/** Reports how far a migration has come, in rows or any other unit. */
export type ReportSteps = (done: number, total: number) => void;

/** What a migration reports while it runs. */
export interface MigrationReports {
  steps: ReportSteps;
  unreadable: ReportUnreadable;
}

/** One step from a version of the store to the next. It runs in one transaction. */
export type Up = (
  database: Kysely<unknown>,
  on: Pick<Database, 'position' | 'shared'>,
  reports: MigrationReports,
) => Promise<void>;

/**
 * `expand`: the previous release works on the result too, so both may run side by side during an upgrade. `contract`: it
 * does not, for the reason given; a gateway of it becomes unready and answers 503 as soon as the migration is committed.
 */
type Change = { change: 'expand' } | { change: 'contract'; because: string };

export type Migration = Change & { name: string; up: Up };

/** Forward only, in the order of their names. A migration that has been released is never edited. */
export const MIGRATIONS: readonly Migration[] = [
  {
    name: '0001-log-recordings-attempts',
    change: 'contract',
    because: 'it is the first',
    up: createLogRecordingsAttempts,
  },
  {
    name: '0002-several-gateways',
    change: 'expand',
    up: async (database, { shared }) => {
      // Where there is one gateway at a time, each creates them for itself.
      if (shared) await createSharedTables(database.schema, { temporary: false });
    },
  },
  {
    name: '0003-log-knows-repetitions',
    change: 'contract',
    because: 'they look for repeated notifications in tables that are gone',
    up: knowRepetitionsByTheLog,
  },
  { name: '0004-secret-fingerprints', change: 'expand', up: keepSecretFingerprints },
  { name: '0005-belongs-to-app-ids', change: 'expand', up: belongToAppIds },
  {
    name: '0006-snapshot-names',
    change: 'contract',
    because: 'they do not write the names of screenshots, which would be missing from `files`',
    up: listSnapshotsByName,
  },
  { name: '0007-acquired-resources', change: 'expand', up: keepAcquiredResources },
  { name: '0008-index-reads', change: 'expand', up: indexReads },
  { name: '0009-list-columns', change: 'expand', up: addListColumns },
  { name: '0010-recording-counts', change: 'expand', up: countRecordings },
  { name: '0011-audit-entries', change: 'expand', up: keepAuditEntries },
  {
    name: '0012-file-and-problem-lists',
    change: 'contract',
    because: 'they do not write files and problems to where lists across recordings find them',
    up: listFilesAndProblems,
  },
  { name: '0013-unknown-recordings', change: 'expand', up: boundUnknownRecordings },
  { name: '0014-unanswered-queries', change: 'expand', up: keepUnansweredQueries },
];

export const VERSIONS = MIGRATIONS.map(({ name }) => name);
