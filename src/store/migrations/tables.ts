/** A table that the gateway makes. */
interface StoreTable {
  name: string;
  /** The version that makes it, and the one that removes it. */
  since: string;
  until?: string;
  /** Whether it is kept in the database only where several gateways can be on it. */
  onlyShared?: boolean;
  /** Whether a backup holds it. The others say what gateways do at the time, or what is counted. */
  isKept: boolean;
  /** The column that PostgreSQL numbers. */
  numbered?: string;
}

const FIRST = '0001-log-recordings-attempts';

/** Every table of the store, in the order in which a backup is written back. */
export const TABLES: readonly StoreTable[] = [
  { name: 'kysely_migration', since: FIRST, isKept: true },
  { name: 'meta', since: FIRST, isKept: true },
  { name: 'recordings', since: FIRST, isKept: true },
  { name: 'recording_metadata', since: '0009-list-columns', isKept: true },
  { name: 'recording_files', since: '0012-file-and-problem-lists', isKept: true },
  { name: 'recording_problems', since: '0012-file-and-problem-lists', isKept: true },
  { name: 'recording_aliases', since: FIRST, isKept: true },
  { name: 'observations', since: FIRST, isKept: true, numbered: 'position' },
  { name: 'observation_keys', since: FIRST, until: '0003-log-knows-repetitions', isKept: true },
  { name: 'start_attempts', since: FIRST, isKept: true },
  { name: 'removed_recordings', since: FIRST, isKept: true },
  { name: 'removed_notifications', since: '0003-log-knows-repetitions', isKept: true, numbered: 'number' },
  { name: 'secret_fingerprints', since: '0004-secret-fingerprints', isKept: true, numbered: 'number' },
  { name: 'acquired_resources', since: '0007-acquired-resources', isKept: true },
  { name: 'audit_entries', since: '0011-audit-entries', isKept: true, numbered: 'number' },
  { name: 'notifications_set_aside', since: '0013-unknown-recordings', isKept: true, numbered: 'number' },
  { name: 'unanswered_queries', since: '0014-unanswered-queries', isKept: true, numbered: 'number' },
  { name: 'unknown_recordings', since: '0013-unknown-recordings', isKept: false },
  { name: 'recording_counts', since: '0010-recording-counts', isKept: false },
  { name: 'leases', since: '0002-several-gateways', onlyShared: true, isKept: false },
  { name: 'turns', since: '0002-several-gateways', onlyShared: true, isKept: false },
];

/** Whether a store to which these versions were applied has the table. */
export function isTableOf(table: StoreTable, applied: readonly string[], shared: boolean): boolean {
  if (table.onlyShared === true && !shared) return false;
  const isRemoved = table.until !== undefined && applied.includes(table.until);
  return applied.includes(table.since) && !isRemoved;
}
