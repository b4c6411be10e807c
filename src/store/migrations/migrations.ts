import { type Kysely } from 'kysely';
import { createSharedTables } from '../coordination/shared-tables.js';
import { type Database } from '../drivers/database.js';
import { knowRepetitionsByTheLog } from './log-knows-repetitions.js';
import { createLogRecordingsAttempts } from './log-recordings-attempts.js';
import { keepSecretFingerprints } from './secret-fingerprints.js';
import { listSnapshotsByName } from './snapshot-names.js';
import { keepAcquiredResources } from './acquired-resources.js';
import { belongToAppIds } from './belongs-to-app-ids.js';

/** Reports how far a migration has come, in rows or any other unit. */
export type ReportSteps = (done: number, total: number) => void;

/** One step from a version of the store to the next. It runs in one transaction. */
export type Up = (
  database: Kysely<unknown>,
  on: Pick<Database, 'position' | 'shared'>,
  report: ReportSteps,
) => Promise<void>;

export interface Migration {
  name: string;
  /**
   * `expand`: the previous release works on the result too, so both may run side by side during an upgrade. `contract`: it
   * does not; a gateway of it becomes unready and answers 503 as soon as the migration is committed.
   */
  change: 'expand' | 'contract';
  up: Up;
}

/** Forward only, in the order of their names. A migration that has been released is never edited. */
export const MIGRATIONS: readonly Migration[] = [
  { name: '0001-log-recordings-attempts', change: 'contract', up: createLogRecordingsAttempts },
  {
    name: '0002-several-gateways',
    change: 'expand',
    up: async (database, { shared }) => {
      // Where there is one gateway at a time, each creates them for itself.
      if (shared) await createSharedTables(database.schema, { temporary: false });
    },
  },
  { name: '0003-log-knows-repetitions', change: 'contract', up: knowRepetitionsByTheLog },
  { name: '0004-secret-fingerprints', change: 'expand', up: keepSecretFingerprints },
  { name: '0005-belongs-to-app-ids', change: 'expand', up: belongToAppIds },
  // The previous release does not write the names, and its screenshots would be missing.
  { name: '0006-snapshot-names', change: 'contract', up: listSnapshotsByName },
  { name: '0007-acquired-resources', change: 'expand', up: keepAcquiredResources },
];

export const VERSIONS = MIGRATIONS.map(({ name }) => name);
