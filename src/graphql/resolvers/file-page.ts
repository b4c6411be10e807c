import { byBytes } from '../../store/reads/snapshots.js';
import { type Context } from '../context.js';
import { badInput } from '../errors.js';
import { connection, type PageArguments } from '../pagination.js';
import { presentSnapshot } from '../present/present.js';
import { type RecordedFileConnectionType, type RecordedFileType } from '../types/file.type.js';
import { type RecordingType } from '../types/recording.type.js';

/** The cursor of a file is its name, so that it stays valid while other files come. */
function cursorOf(fileName: string): string {
  return Buffer.from(fileName).toString('base64url');
}

function nameOf(argument: 'after' | 'before', cursor: string): string {
  const name = Buffer.from(cursor, 'base64url').toString('utf8');
  if (cursor === '' || cursorOf(name) !== cursor) {
    throw badInput(`${argument} is not a cursor of this list. Pass a cursor of one of its pages.`);
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
  { first, last, ...asked }: PageArguments,
  kind: string | null,
  { snapshots, services }: Context,
): Promise<RecordedFileConnectionType> {
  const size = last ?? first;
  const after = asked.after === null ? null : nameOf('after', asked.after);
  const before = asked.before === null ? null : nameOf('before', asked.before);
  const { allFiles } = recording;
  const files = kind === null ? allFiles : allFiles.filter((file) => file.kind === kind);
  const snapshotCount = kind === null || kind === 'SNAPSHOT' ? (recording.individual?.snapshotCount ?? 0) : 0;
  const isBetween = ({ fileName }: RecordedFileType) =>
    (after === null || byBytes(fileName, after) > 0) && (before === null || byBytes(fileName, before) < 0);
  const between = after === null && before === null ? files : files.filter(isBetween);
  // One more than is shown, to see whether another page follows.
  const asOne = { recordingId: recording.id, after, before, isBackwards: last !== null, limit: size + 1 };
  const inOrder =
    snapshotCount === 0 ? between : withSnapshots(recording.id, between, await snapshots.load(asOne));
  const shown = last === null ? inOrder.slice(0, size) : inOrder.slice(-size);
  const items = shown.map((item) => ({ item, cursor: cursorOf(item.fileName) }));
  const isCut = inOrder.length > size;
  return {
    ...connection(items, {
      hasNextPage: last === null ? isCut : before !== null,
      hasPreviousPage: last === null ? after !== null : isCut,
    }),
    async totalCount() {
      const listed = files.filter((file) => file.kind === 'SNAPSHOT').map(({ fileName }) => fileName);
      const named = snapshotCount === 0 ? [] : await services.store.knownSnapshots(recording.id, listed);
      return { count: files.length + snapshotCount - named.length, exact: true };
    },
  };
}
