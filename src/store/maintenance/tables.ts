/** Tables that a backup holds, in the order in which they are written back. What coordinates gateways is not kept. */
export const TABLES = [
  'kysely_migration',
  'meta',
  'recordings',
  'recording_metadata',
  'recording_aliases',
  'observations',
  'start_attempts',
  'removed_recordings',
  'removed_notifications',
  'secret_fingerprints',
  'acquired_resources',
] as const;

/** Tables that exist while gateways run, and that a restored store makes again. */
export const COORDINATION_TABLES = ['leases', 'turns'] as const;

/** Columns that PostgreSQL numbers. */
export const NUMBERED: Readonly<Record<string, string>> = {
  observations: 'position',
  removed_notifications: 'number',
  secret_fingerprints: 'number',
};
