/** Tables that a backup holds, in the order in which they are written back. What coordinates gateways is not kept. */
export const TABLES = [
  'kysely_migration',
  'meta',
  'recordings',
  'recording_metadata',
  'recording_files',
  'recording_problems',
  'recording_aliases',
  'observations',
  'start_attempts',
  'removed_recordings',
  'removed_notifications',
  'secret_fingerprints',
  'acquired_resources',
  'audit_entries',
  'notifications_set_aside',
] as const;

/** Tables that every version of the store has. */
export const ESSENTIAL_TABLES = ['kysely_migration', 'meta', 'recordings', 'observations'] as const;

/** Tables that a restored store makes again: of what gateways do at the time, and of what is counted. */
export const COORDINATION_TABLES = ['leases', 'turns', 'recording_counts', 'unknown_recordings'] as const;

/** Columns that PostgreSQL numbers. */
export const NUMBERED: Readonly<Record<string, string>> = {
  observations: 'position',
  removed_notifications: 'number',
  secret_fingerprints: 'number',
  audit_entries: 'number',
  notifications_set_aside: 'number',
};
