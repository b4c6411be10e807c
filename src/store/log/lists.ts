import { type Insertable, type Transaction } from 'kysely';
import { factsOfFileName, fileKindOf } from '@agora-recording-gateway/agora/tables/file-name';
import { problemKind, PROBLEMS } from '../../recordings/problems.js';
import { MAX_FILE_NAME_BYTES } from '../../recordings/snapshot-name.js';
import { type RecordingState } from '../../recordings/state.js';
import { type VisiblePart, visiblePart } from '../../recordings/view/recording.js';
import { problemKey } from '../reads/problem-list.js';
import { type RecordingFilesTable, type RecordingProblemsTable, type Schema } from '../migrations/schema.js';

/** Rows that are written at once. */
const ROWS = 500;

/** What is listed of a recording. */
export type Listed = Pick<VisiblePart, 'id' | 'appId' | 'channel' | 'startedAt' | 'files' | 'problems'>;

/** A screenshot that an event reports. */
export interface ListedSnapshot {
  fileName: string;
  /** When it was reported, Unix milliseconds. */
  reportedAt: number;
}

type Place = Pick<Listed, 'id' | 'appId' | 'channel'>;
type FileRow = Insertable<RecordingFilesTable>;
type ProblemRow = Insertable<RecordingProblemsTable>;

const asNumber = (value: boolean | null) => (value === null ? null : Number(value));

function fileRows({ id, appId, channel, startedAt, files }: Listed): Map<string, FileRow> {
  const rows = files
    // A longer name cannot be stored in a bucket, nor in an index.
    .filter(({ fileName }) => Buffer.byteLength(fileName) <= MAX_FILE_NAME_BYTES)
    .map((file): [string, FileRow] => [
      file.fileName,
      {
        recording_id: id,
        file_name: file.fileName,
        app_id: appId,
        channel,
        kind: fileKindOf(file.fileName),
        at: file.sliceStartTime ?? factsOfFileName(file.fileName).time ?? startedAt,
        track_type: file.trackType,
        uid: file.uid,
        mixed_all_users: asNumber(file.mixedAllUser),
        playable: asNumber(file.isPlayable),
        started_at: file.sliceStartTime,
      },
    ]);
  return new Map(rows);
}

function snapshotRow({ id, appId, channel }: Place, { fileName, reportedAt }: ListedSnapshot): FileRow {
  return {
    recording_id: id,
    file_name: fileName,
    app_id: appId,
    channel,
    kind: 'SNAPSHOT',
    at: factsOfFileName(fileName).time ?? reportedAt,
    track_type: null,
    uid: null,
    mixed_all_users: null,
    playable: null,
    started_at: null,
  };
}

function problemRows({ id, appId, channel, problems }: Listed): Map<string, ProblemRow> {
  const rows = problems.map((problem): [string, ProblemRow] => {
    const key = problemKey(problem.name);
    const { code, agoraCode } = problemKind(problem.code);
    return [
      key,
      {
        recording_id: id,
        key,
        app_id: appId,
        channel,
        code,
        agora_code: agoraCode,
        severity: PROBLEMS[code].severity,
        at: problem.occurredAt,
        message: problem.message,
        event_id: problem.observationId ?? null,
      },
    ];
  });
  return new Map(rows);
}

/** What to write where `before` is stored and `after` is to be, by their keys. */
function differences<Row extends object>(before: Map<string, Row>, after: Map<string, Row>) {
  const written = [...after].filter(([key, row]) => {
    const held = before.get(key);
    return held === undefined || JSON.stringify(held) !== JSON.stringify(row);
  });
  return {
    written: written.map(([, row]) => row),
    gone: [...before.keys()].filter((key) => !after.has(key)),
  };
}

function* parts<Item>(items: readonly Item[]): Generator<Item[]> {
  for (let at = 0; at < items.length; at += ROWS) yield items.slice(at, at + ROWS);
}

async function writeFiles(transaction: Transaction<Schema>, rows: readonly FileRow[]): Promise<void> {
  for (const part of parts(rows)) {
    await transaction
      .insertInto('recording_files')
      .values(part)
      .onConflict((conflict) =>
        conflict.columns(['recording_id', 'file_name']).doUpdateSet((update) => ({
          app_id: update.ref('excluded.app_id'),
          channel: update.ref('excluded.channel'),
          kind: update.ref('excluded.kind'),
          at: update.ref('excluded.at'),
          track_type: update.ref('excluded.track_type'),
          uid: update.ref('excluded.uid'),
          mixed_all_users: update.ref('excluded.mixed_all_users'),
          playable: update.ref('excluded.playable'),
          started_at: update.ref('excluded.started_at'),
        })),
      )
      .execute();
  }
}

async function writeProblems(transaction: Transaction<Schema>, rows: readonly ProblemRow[]): Promise<void> {
  for (const part of parts(rows)) {
    await transaction
      .insertInto('recording_problems')
      .values(part)
      .onConflict((conflict) =>
        conflict.columns(['recording_id', 'key']).doUpdateSet((update) => ({
          app_id: update.ref('excluded.app_id'),
          channel: update.ref('excluded.channel'),
          code: update.ref('excluded.code'),
          agora_code: update.ref('excluded.agora_code'),
          severity: update.ref('excluded.severity'),
          at: update.ref('excluded.at'),
          message: update.ref('excluded.message'),
          event_id: update.ref('excluded.event_id'),
        })),
      )
      .execute();
  }
}

/** Lists screenshots of a recording. What a file list says of one stays. */
export async function listSnapshots(
  transaction: Transaction<Schema>,
  place: Place,
  snapshots: readonly ListedSnapshot[],
): Promise<void> {
  for (const part of parts(snapshots)) {
    await transaction
      .insertInto('recording_files')
      .values(part.map((snapshot) => snapshotRow(place, snapshot)))
      .onConflict((conflict) => conflict.columns(['recording_id', 'file_name']).doNothing())
      .execute();
  }
}

/** Screenshots from the log of a recording, page by page in the order of their names; `names`: only those. */
async function listLoggedSnapshots(
  transaction: Transaction<Schema>,
  place: Place,
  names: readonly string[] | null,
): Promise<void> {
  const logged = transaction
    .selectFrom('observations')
    .select(['file_name', 'occurred_at as reported_at'])
    .where('recording_id', '=', place.id)
    .$if(names !== null, (query) => query.where('file_name', 'in', names))
    // The first report of each, as it was listed when it came.
    .where('position', '=', (select) =>
      select
        .selectFrom('observations as reports')
        .select((of) => of.fn.min('reports.position').as('first'))
        .whereRef('reports.recording_id', '=', 'observations.recording_id')
        .whereRef('reports.file_name', '=', 'observations.file_name'),
    )
    .orderBy('file_name')
    .limit(ROWS);
  for (let after: string | null = null; ;) {
    const rows = await (
      after === null ? logged.where('file_name', 'is not', null) : logged.where('file_name', '>', after)
    ).execute();
    const snapshots = rows.flatMap(({ file_name: fileName, reported_at: reportedAt }) =>
      fileName === null ? [] : [{ fileName, reportedAt: Number(reportedAt) }],
    );
    await listSnapshots(transaction, place, snapshots);
    if (rows.length < ROWS) return;
    after = snapshots.at(-1)?.fileName ?? null;
  }
}

/** Brings the lists of a recording, as they were written for `before`, to what it has now. */
export async function writeLists(
  transaction: Transaction<Schema>,
  before: Listed,
  after: Listed,
): Promise<void> {
  const { id } = after;
  const files = differences(fileRows(before), fileRows(after));
  for (const names of parts(files.gone)) {
    await transaction
      .deleteFrom('recording_files')
      .where('recording_id', '=', id)
      .where('file_name', 'in', names)
      .execute();
    // What no file list names any more may still be a screenshot.
    await listLoggedSnapshots(transaction, after, names);
  }
  await writeFiles(transaction, files.written);
  const problems = differences(problemRows(before), problemRows(after));
  for (const keys of parts(problems.gone)) {
    await transaction
      .deleteFrom('recording_problems')
      .where('recording_id', '=', id)
      .where('key', 'in', keys)
      .execute();
  }
  await writeProblems(transaction, problems.written);
}

/** Takes recordings out of the lists. */
export async function unlist(transaction: Transaction<Schema>, ids: readonly string[]): Promise<void> {
  for (const table of ['recording_files', 'recording_problems'] as const) {
    await transaction.deleteFrom(table).where('recording_id', 'in', ids).execute();
  }
}

/** Lists a recording afresh, whatever is listed of it. Its log must be written. */
export async function relist(transaction: Transaction<Schema>, state: RecordingState): Promise<void> {
  const listed = visiblePart(state);
  await unlist(transaction, [state.id]);
  await writeLists(transaction, { ...listed, files: [], problems: [] }, listed);
  await listLoggedSnapshots(transaction, listed, null);
}
