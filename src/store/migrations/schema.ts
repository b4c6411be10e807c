import { type Generated } from 'kysely';

/** Times are Unix milliseconds as integers, JSON is text, booleans are 0 or 1: alike in both dialects. */

export interface RecordingsTable {
  id: string;
  app_id: string;
  channel: string;
  uid: string;
  sid: string | null;
  resource_id: string | null;
  mode: string;
  phase: string;
  started_at: number;
  has_problems: number;
  /** The severity of the worst problem; null if there are none. */
  problem_severity: string | null;
  /** NOT_ENDED while it has not ended. */
  ended_at: number;
  end_reason: string | null;
  upload_state: string | null;
  storage_profile: string | null;
  started_by: string | null;
  /** As JSON, in the order of the keys. */
  metadata: string;
  /** When the id was minted: of two recordings found to be one, the older stays. */
  created_at: number;
  /** Position of the latest observation that changed what front ends see. */
  changed_position: number;
  version: number;
  /** When the latest visible change was received. */
  changed_at: number;
  /** When the latest observation of it came in. */
  observed_at: number;
  /** When the watch checks it next. */
  watch_at: number | null;
  state: string;
}

/** The metadata of recordings, by which lists are filtered. */
export interface RecordingMetadataTable {
  recording_id: string;
  key: string;
  value: string;
}

/** The files of recordings, screenshots included, by which they are listed across recordings. */
export interface RecordingFilesTable {
  recording_id: string;
  file_name: string;
  app_id: string;
  channel: string;
  kind: string;
  /** When it began or was taken; where nothing says that, when its recording began or it was reported. */
  at: number;
  /** As Agora gave them. */
  track_type: string | null;
  uid: string | null;
  mixed_all_users: number | null;
  playable: number | null;
  started_at: number | null;
}

/** The problems of recordings, by which they are listed across recordings. */
export interface RecordingProblemsTable {
  recording_id: string;
  /** Of its name in the recording. */
  key: string;
  app_id: string;
  channel: string;
  code: string;
  agora_code: number | null;
  severity: string;
  at: number;
  message: string;
  event_id: string | null;
}

/** How many recordings there are. Triggers write it. */
export interface RecordingCountsTable {
  channel: string;
  app_id: string;
  /** Of the start, in days since 1970 by UTC. */
  day: number;
  mode: string;
  phase: string;
  /** Empty where there is none. */
  end_reason: string;
  count: number;
}

export interface RecordingAliasesTable {
  /** The id of a recording that was found to be another one. */
  id: string;
  recording_id: string;
}

export interface ObservationsTable {
  /** In commit order: the cursor of events and changes. */
  position: Generated<number>;
  id: string;
  app_id: string;
  recording_id: string;
  source: string;
  type: string;
  occurred_at: number;
  received_at: number;
  content: string;
  raw: string | null;
  hash: string;
  /** By these two a notification is known again; null for what is none. */
  notice_id: string | null;
  content_key: string | null;
  /** Of the screenshot that it reports, by which it is listed; null for anything else. */
  file_name: string | null;
  /** Version of the recording after it. */
  version: number;
  /** Whether it changed what front ends see. */
  changed: number;
  /** What filters look at, as it was before a change, as JSON; null where there was nothing before. */
  before: string | null;
  /** Why it could not be folded; null as a rule. */
  fold_error: string | null;
}

/** Recordings that were removed, and whose logs are yet to be taken away. */
export interface RemovedRecordingsTable {
  id: string;
}

/** By what the notifications of removed recordings are known again, for one more day. */
export interface RemovedNotificationsTable {
  number: Generated<number>;
  app_id: string;
  notice_id: string | null;
  content_key: string | null;
  hash: string;
  recording_id: string;
  removed_at: number;
}

export interface StartAttemptsTable {
  /** The id of the recording that the attempt is to become. */
  recording_id: string;
  app_id: string;
  channel: string;
  uid: string;
  resource_id: string;
  idempotency_key: string | null;
  input_hash: string | null;
  /** The input as JSON; null where secrets came with it. */
  input: string | null;
  acquired_at: number;
  created_at: number;
  /** The observation of the attempt, as JSON: it opens the recording's log unless the attempt is refused. */
  observation: string;
  /** UNCONFIRMED: nothing confirmed it in time, so that it counts as failed. */
  outcome: 'PENDING' | 'STARTED' | 'IN_DOUBT' | 'UNCONFIRMED' | 'REFUSED';
  /** Whether it was sent again with another resource. */
  renewed: number;
  settled_at: number | null;
}

/** Fingerprints of secrets, by what they came with; never the values. */
export interface SecretFingerprintsTable {
  /** Grows in commit order. */
  number: Generated<number>;
  /** App ID and channel are empty for secrets of the whole account. */
  app_id: string;
  channel: string;
  /** Empty before the recording exists. */
  recording_id: string;
  kind: 'account' | 'start' | 'storage' | 'push' | 'page';
  length: number;
  checksum: number;
  digest: string;
  /** When it was last kept, gateway time: the oldest are dropped first. */
  kept_at: number;
}

/** Resources that callers acquired, while they can be started. */
export interface AcquiredResourcesTable {
  /** SHA-256 of the id, in hexadecimal. */
  resource_id: string;
  /** What it was acquired for, as JSON: keyed hashes, no values. */
  facts: string;
  acquired_at: number;
}

/** How many recordings notifications have added to a project in an hour, counted since 1970. */
export interface UnknownRecordingsTable {
  app_id: string;
  hour: number;
  amount: number;
}

/** Notifications of recordings beyond that bound. */
export interface NotificationsSetAsideTable {
  number: Generated<number>;
  app_id: string;
  sid: string;
  /** Of its content. */
  hash: string;
  received_at: number;
  /** As JSON. */
  observation: string;
}

/** The latest queries of each recording from which nothing was learned. */
export interface UnansweredQueriesTable {
  number: Generated<number>;
  id: string;
  recording_id: string;
  reason: string;
  requested_at: number;
  sent_at: number | null;
  answered_at: number | null;
  ended_at: number;
  http_status: number | null;
  agora_code: number | null;
  message: string | null;
  request_id: string | null;
}

/** The mutations that callers sent. */
export interface AuditEntriesTable {
  number: Generated<number>;
  id: string;
  at: number;
  mutation: string;
  caller: string | null;
  address: string;
  request_id: string;
  recording_id: string | null;
  app_id: string | null;
  channel: string | null;
  /** Without secrets, as JSON. */
  input: string;
  result: string;
  /** Separated by blanks. */
  error_codes: string;
}

export interface MetaTable {
  key: string;
  value: string;
}

/** Who of several gateways has what in hand. Times are the database's. */
export interface LeasesTable {
  recording_id: string;
  operation: 'watch' | 'query' | 'stop' | 'update' | 'start';
  /** Empty for an exclusive lease; otherwise the holder, so that each has its own row. */
  lane: string;
  holder: string;
  fence: number;
  /** After this it is free. */
  until: number;
}

/** The next free turn at Agora. */
export interface TurnsTable {
  /** Whose budget it is: an Agora account. */
  scope: string;
  next_at: number;
}

export interface Schema {
  recordings: RecordingsTable;
  recording_metadata: RecordingMetadataTable;
  recording_files: RecordingFilesTable;
  recording_problems: RecordingProblemsTable;
  recording_counts: RecordingCountsTable;
  recording_aliases: RecordingAliasesTable;
  observations: ObservationsTable;
  start_attempts: StartAttemptsTable;
  removed_recordings: RemovedRecordingsTable;
  removed_notifications: RemovedNotificationsTable;
  secret_fingerprints: SecretFingerprintsTable;
  acquired_resources: AcquiredResourcesTable;
  audit_entries: AuditEntriesTable;
  unknown_recordings: UnknownRecordingsTable;
  notifications_set_aside: NotificationsSetAsideTable;
  unanswered_queries: UnansweredQueriesTable;
  meta: MetaTable;
  leases: LeasesTable;
  turns: TurnsTable;
}
