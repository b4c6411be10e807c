import { byBytes } from '../../store/reads/snapshots.js';
import { type Context } from '../context.js';
import { badInput } from '../errors.js';
import { connection, pageSize } from '../pagination.js';
import { presentSnapshot } from '../present/present.js';
import { type RecordedFileConnectionType, type RecordedFileType } from '../types/file.type.js';
import { type RecordingType } from '../types/recording.type.js';

/** The cursor of a file is its name, so that it stays valid while other files come. */
function cursorOf(fileName: string): string {
  return Buffer.from(fileName).toString('base64url');
}

function nameOf(cursor: string): string {
  const name = Buffer.from(cursor, 'base64url').toString('utf8');
  if (cursor === '' || cursorOf(name) !== cursor) {
    throw badInput('after is not a cursor of this list. Pass the endCursor of one of its pages.');
  }
  return name;
}

/** Files and screenshots by name. A screenshot that a file list names as well is the file of that list. */
function withSnapshots(
  recordingId: string,
  files: readonly RecordedFileType[],
  names: readonly string[],
): RecordedFileType[] {
  const found = new Map(names.map((name) => [name, presentSnapshot(recordingId, name)]));
  for (const file of files) found.set(file.fileName, file);
  return [...found.values()].sort((left, right) => byBytes(left.fileName, right.fileName));
}

/**
 * A page of a recording's files by name: those that are part of the recording, and its screenshots, of which there may be
 * many and which are read from the log. A screenshot that a file list names as well is one file.
 */
export async function filePage(
  recording: RecordingType,
  asked: { first: number; after: string | null; kind: string | null },
  { snapshots, services }: Context,
): Promise<RecordedFileConnectionType> {
  const size = pageSize('first', asked.first);
  const after = asked.after === null ? null : nameOf(asked.after);
  const { allFiles } = recording;
  const files = asked.kind === null ? allFiles : allFiles.filter(({ kind }) => kind === asked.kind);
  const snapshotCount =
    asked.kind === null || asked.kind === 'SNAPSHOT' ? (recording.individual?.snapshotCount ?? 0) : 0;
  const following = after === null ? files : files.filter(({ fileName }) => byBytes(fileName, after) > 0);
  // One more than is shown, to see whether another page follows.
  const inOrder =
    snapshotCount === 0
      ? following.slice(0, size + 1)
      : withSnapshots(
          recording.id,
          following,
          await snapshots.load({ recordingId: recording.id, after, limit: size + 1 }),
        );
  const items = inOrder.slice(0, size).map((item) => ({ item, cursor: cursorOf(item.fileName) }));
  let totalCount = files.length + snapshotCount;
  if (snapshotCount > 0) {
    const listed = files.filter(({ kind }) => kind === 'SNAPSHOT').map(({ fileName }) => fileName);
    totalCount -= (await services.store.knownSnapshots(recording.id, listed)).length;
  }
  return {
    ...connection(items, { hasNextPage: inOrder.length > size, hasPreviousPage: after !== null }),
    totalCount,
  };
}
