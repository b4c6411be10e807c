import { type Insertable, type Selectable } from 'kysely';
import {
  type Observation,
  type ObservationContent,
  type ObservationSource,
} from '../../recordings/observation.js';
import { changedAtOf, type RecordingState } from '../../recordings/state.js';
import { nextStepAt } from '../../recordings/policy/next-step.js';
import { visiblePart } from '../../recordings/view/recording.js';
import { filterFacts, NOT_ENDED } from '../reads/filter.js';
import { type ObservationsTable, type RecordingsTable } from '../migrations/schema.js';
import { type ReportUnreadable, StoredValueError } from '../stored-json.js';
import { CONTENTS } from './stored-content.js';
import { STATES } from './stored-state.js';

/** What kind of event an observation is, as front ends filter by it. */
export function observationType(content: ObservationContent, source: ObservationSource): string {
  if (content.kind === 'notification') return content.notification.typeName;
  if (content.kind === 'deadline' || content.kind === 'outage') return 'CLOCK';
  if (content.kind === 'gap') return 'SEQUENCE_GAP';
  if (content.kind === 'file-check') return 'FILE_CHECK';
  if (content.kind === 'metadata') return 'METADATA';
  if (content.kind === 'mutation') return 'MUTATION';
  return source === 'POLL' ? 'POLL' : 'COMMAND';
}

export interface StoredObservation {
  position: number;
  observation: Observation & { recordingId: string };
  type: string;
  version: number;
}

/** Throws StoredValueError if its content cannot be read. */
export function observationOf(row: Selectable<ObservationsTable>): StoredObservation {
  return {
    position: row.position,
    type: row.type,
    version: row.version,
    observation: {
      id: row.id,
      appId: row.app_id,
      recordingId: row.recording_id,
      source: row.source as ObservationSource,
      occurredAt: Number(row.occurred_at),
      receivedAt: Number(row.received_at),
      content: CONTENTS.read(row.content, row.id),
      raw: row.raw,
      hash: row.hash,
    },
  };
}

/** The same for rows that are shown: what cannot be read is reported and left out. */
export function readableObservations(
  rows: readonly Selectable<ObservationsTable>[],
  report: ReportUnreadable,
): StoredObservation[] {
  return rows.flatMap((row) => {
    try {
      return [observationOf(row)];
    } catch (error) {
      if (!(error instanceof StoredValueError)) throw error;
      report(error);
      return [];
    }
  });
}

/** A recording as it is stored, or as a commit leaves it: what front ends see of it is worked out from these. */
export type CommittedState = Pick<Selectable<RecordingsTable>, 'id' | 'sid' | 'state' | 'watch_at'>;

/** Columns of a recording that rarely change while it runs, and those that most observations change. */
export const STEADY_COLUMNS = [
  'app_id',
  'channel',
  'uid',
  'sid',
  'resource_id',
  'mode',
  'phase',
  'started_at',
  'has_problems',
  'problem_severity',
  'ended_at',
  'end_reason',
  'upload_state',
  'storage_profile',
  'started_by',
  'metadata',
] as const satisfies (keyof RecordingsTable)[];
export const MOVING_COLUMNS = [
  'changed_position',
  'version',
  'changed_at',
  'observed_at',
  'watch_at',
  'state',
] as const satisfies (keyof RecordingsTable)[];

export const RECORDING_COLUMNS = ['id', 'created_at', ...STEADY_COLUMNS, ...MOVING_COLUMNS] as const;

/** The columns of the log that are written; the database gives the position. */
export const LOG_COLUMNS = [
  'id',
  'app_id',
  'recording_id',
  'source',
  'type',
  'occurred_at',
  'received_at',
  'content',
  'raw',
  'hash',
  'notice_id',
  'content_key',
  'file_name',
  'version',
  'changed',
  'before',
  'fold_error',
] as const satisfies (keyof ObservationsTable)[];

/** The columns that are worked out from the state; position and creation are the writer's. */
export function recordingColumns(
  state: RecordingState,
): Omit<Insertable<RecordingsTable>, 'changed_position' | 'created_at'> {
  const recording = visiblePart(state);
  const facts = filterFacts({ ...recording, changedAt: changedAtOf(state) });
  return {
    id: state.id,
    app_id: state.appId,
    channel: state.channel,
    uid: state.uid,
    sid: recording.sid,
    resource_id: recording.resourceId,
    mode: facts.mode,
    phase: facts.phase,
    started_at: facts.startedAt,
    has_problems: facts.hasProblems ? 1 : 0,
    problem_severity: facts.problemSeverity,
    ended_at: facts.endedAt ?? NOT_ENDED,
    end_reason: facts.endReason,
    upload_state: facts.uploadState,
    storage_profile: facts.storageProfile,
    started_by: facts.startedBy,
    metadata: JSON.stringify(facts.metadata),
    changed_at: facts.changedAt,
    version: state.bookkeeping.version,
    observed_at: state.bookkeeping.observedAt,
    watch_at: nextStepAt(state),
    state: STATES.write(state),
  };
}
