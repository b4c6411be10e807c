import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { factsOfFileName, fileKindOf } from '@agora-recording-gateway/agora/tables/file-name';
import { problemKind, PROBLEMS } from '../../../src/recordings/problems.js';
import { type Recording } from '../../../src/recordings/view/recording.js';
import { openDatabase } from '../../../src/store/drivers/database.js';
import { rebuildRecordings } from '../../../src/store/maintenance/rebuild.js';
import { type FileFilter, type FileOrder } from '../../../src/store/reads/file-list.js';
import { type ProblemFilter, problemKey } from '../../../src/store/reads/problem-list.js';
import { isInRange } from '../../../src/store/reads/range.js';
import { type Store } from '../../../src/store/store.js';
import { APP_ID, HOUR, notification, started, T0 } from '../../recordings/observations.js';
import { sized } from '../../support/size.js';
import { onBothDatabases, openAttempt } from '../support.js';

const CHANNELS = ['a-1', 'a-2', 'b', 'ä'];
const NAMES = ['x.m3u8', 'x_0.mp4', 'shot_20260115100000123-0.jpg', 'ö.jpg', 'y.m3u8', 'y.jpg'];

const incoming: typeof notification = (type, details, about) =>
  notification(type, details, { recordingId: null, ...about });

const byBytes = (left: string, right: string) => Buffer.compare(Buffer.from(left), Buffer.from(right));

async function recordingsOf(store: Store): Promise<Recording[]> {
  const page = await store.recordingPage({ first: 1_000, filter: {}, orderBy: 'STARTED_AT_ASC' });
  return page.items.map(({ item }) => item);
}

/** Every page of a list, joined. */
async function walk<Item>(
  read: (asked: {
    first: number | null;
    after: string | null;
    last: number | null;
    before: string | null;
  }) => Promise<{
    items: { item: Item; cursor: string }[];
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  }>,
  isBackwards = false,
): Promise<Item[]> {
  const found: Item[] = [];
  let cursor: string | null = null;
  for (let pages = 0; pages < 1_000; pages += 1) {
    const page = await read({
      first: isBackwards ? null : 3,
      after: isBackwards ? null : cursor,
      last: isBackwards ? 3 : null,
      before: isBackwards ? cursor : null,
    });
    const items = page.items.map(({ item }) => item);
    found.splice(isBackwards ? 0 : found.length, 0, ...items);
    if (!(isBackwards ? page.hasPreviousPage : page.hasNextPage)) return found;
    cursor = isBackwards ? page.startCursor : page.endCursor;
  }
  throw new Error('The pages do not end.');
}

const anyStep = fc.record({
  task: fc.integer({ min: 0, max: 4 }),
  type: fc.constantFrom(1, 2, 31, 31, 34, 40, 45, 45, 72),
  names: fc.subarray(NAMES, { minLength: 1, maxLength: 3 }),
  at: fc.integer({ min: 0, max: 20 }),
});

const anyRange = fc.constantFrom(
  { appIds: null, channels: { names: ['b'], prefixes: ['a-'] } },
  { appIds: ['other'], channels: null },
);

const anyPlace = {
  channels: fc.subarray(CHANNELS),
  channelPrefix: fc.constantFrom('', 'a', 'a-1', 'A'),
  appIds: fc.subarray([APP_ID, 'other']),
  after: fc.integer({ min: -1, max: 20 }).map((seconds) => T0 + seconds * 1_000),
  before: fc.integer({ min: 0, max: 21 }).map((seconds) => T0 + seconds * 1_000),
  range: anyRange,
};

const anyFileFilter: fc.Arbitrary<FileFilter> = fc.record(
  {
    ...anyPlace,
    namePrefix: fc.constantFrom('', 'x', 'shot', 'X'),
    kinds: fc.subarray(['MP4', 'PLAYLIST', 'SNAPSHOT']),
  },
  { requiredKeys: [] },
);

const anyProblemFilter: fc.Arbitrary<ProblemFilter> = fc.record(
  {
    ...anyPlace,
    codes: fc.subarray(['AGORA_ERROR', 'AGORA_WARNING', 'STS_EXPIRED']),
    severities: fc.subarray(['ERROR', 'WARNING']),
  },
  { requiredKeys: [] },
);

function fits({ channel, appId }: Recording, at: number, filter: FileFilter | ProblemFilter): boolean {
  const { channels, channelPrefix, appIds, after, before, range } = filter;
  return (
    (channels?.includes(channel) ?? true) &&
    channel.startsWith(channelPrefix ?? '') &&
    (appIds?.includes(appId) ?? true) &&
    (after == null || at > after) &&
    (before == null || at < before) &&
    (range === undefined || isInRange(range, { appId, channel }))
  );
}

interface ExpectedFile {
  recordingId: string;
  fileName: string;
  kind: string;
  at: number;
}

/** The files of a recording as its own list has them. */
async function filesOf(store: Store, recording: Recording): Promise<ExpectedFile[]> {
  const { names } = await store.snapshotNames([{ recordingId: recording.id, after: null, limit: 100 }]);
  const log = await store.eventPage(recording.id, {}, 1_000);
  const listed = recording.files.map((file) => ({
    recordingId: recording.id,
    fileName: file.fileName,
    kind: fileKindOf(file.fileName),
    at: file.sliceStartTime ?? factsOfFileName(file.fileName).time ?? recording.startedAt,
  }));
  const snapshots = (names[0] ?? [])
    .filter((name) => !listed.some(({ fileName }) => fileName === name))
    .map((fileName) => {
      const reports = log.items
        .map(({ item: { observation } }) => observation)
        .filter(({ content }) => {
          if (content.kind !== 'notification') return false;
          const { details } = content.notification;
          return details.type === 'RECORDER_SNAPSHOT_FILE' && details.fileName === fileName;
        });
      const at = factsOfFileName(fileName).time;
      return {
        recordingId: recording.id,
        fileName,
        kind: 'SNAPSHOT',
        at: at ?? reports[0]?.occurredAt ?? NaN,
      };
    });
  return [...listed, ...snapshots];
}

const ORDERS: Record<FileOrder, (left: ExpectedFile, right: ExpectedFile) => number> = {
  TIME_ASC: (left, right) =>
    left.at - right.at ||
    byBytes(left.recordingId, right.recordingId) ||
    byBytes(left.fileName, right.fileName),
  TIME_DESC: (left, right) => -ORDERS.TIME_ASC(left, right),
  NAME_ASC: (left, right) =>
    byBytes(left.fileName, right.fileName) || byBytes(left.recordingId, right.recordingId),
  NAME_DESC: (left, right) => -ORDERS.NAME_ASC(left, right),
};

async function expectLists(
  store: Store,
  fileFilters: readonly FileFilter[],
  problemFilters: readonly ProblemFilter[],
): Promise<void> {
  const recordings = await recordingsOf(store);
  const byId = new Map(recordings.map((recording) => [recording.id, recording]));
  const files = (await Promise.all(recordings.map((recording) => filesOf(store, recording)))).flat();
  for (const filter of fileFilters) {
    const expected = files.filter((file) => {
      const recording = byId.get(file.recordingId);
      return (
        recording !== undefined &&
        fits(recording, file.at, filter) &&
        file.fileName.startsWith(filter.namePrefix ?? '') &&
        (filter.kinds?.includes(file.kind) ?? true)
      );
    });
    for (const orderBy of Object.keys(ORDERS) as FileOrder[]) {
      const found = await walk(
        (asked) => store.filePage({ ...asked, filter, orderBy }),
        orderBy.endsWith('ASC'),
      );
      expect(found.map(({ recordingId, fileName, kind }) => ({ recordingId, fileName, kind }))).toEqual(
        expected.toSorted(ORDERS[orderBy]).map(({ at: _at, ...rest }) => rest),
      );
    }
    expect(await store.fileCount(filter)).toEqual({ count: expected.length, exact: true });
  }
  for (const filter of problemFilters) {
    const expected = recordings
      .flatMap((recording) => recording.problems.map((problem) => ({ recording, problem })))
      .filter(({ recording, problem }) => {
        const { code } = problemKind(problem.code);
        return (
          fits(recording, problem.occurredAt, filter) &&
          (filter.codes?.includes(code) ?? true) &&
          (filter.severities?.includes(PROBLEMS[code].severity) ?? true)
        );
      })
      .map(({ recording, problem }) => ({
        ...{ recordingId: recording.id, key: problemKey(problem.name), message: problem.message },
        ...problemKind(problem.code),
        severity: PROBLEMS[problemKind(problem.code).code].severity,
        occurredAt: problem.occurredAt,
        eventId: problem.observationId ?? null,
      }))
      .sort(
        (left, right) =>
          right.occurredAt - left.occurredAt ||
          byBytes(right.recordingId, left.recordingId) ||
          byBytes(right.key, left.key),
      );
    for (const isBackwards of [false, true])
      expect(await walk((asked) => store.problemPage({ ...asked, filter }), isBackwards)).toEqual(expected);
    expect(await store.problemCount(filter)).toEqual({ count: expected.length, exact: true });
  }
}

onBothDatabases(({ newDatabase }) => {
  it('Files and problems across recordings are those of the recordings, whatever is recorded, merged, forgotten and asked for', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyStep, { minLength: 1, maxLength: 25 }),
        fc.array(anyFileFilter, { minLength: 1, maxLength: 4 }),
        fc.array(anyProblemFilter, { minLength: 1, maxLength: 4 }),
        async (steps, fileFilters, problemFilters) => {
          const database = await newDatabase();
          const store = await database.open();
          for (const [index, { task, type, names, at }] of steps.entries()) {
            const about = { sid: `sid-${task}`, cname: CHANNELS[task % CHANNELS.length] ?? '', at };
            const [fileName] = names;
            const details = {
              ...{
                status: 0,
                fileName,
                errorCode: index % 3,
                warnCode: 31,
                errorMsg: `message ${index % 4}`,
              },
              fileList: names.map((name) => ({ fileName: name, isPlayable: true, trackType: 'audio' })),
            };
            await store.record(incoming(type, details, { ...about, uid: String(task), sequence: index }));
          }
          await expectLists(store, [{}], [{}]);
          // A recording of ours that is found to be one of these.
          await openAttempt(store, 'ours', { at: 1, channel: CHANNELS[0] ?? '', uid: '0' });
          const reply = started({ at: 2, recordingId: 'ours' });
          if (reply.content.kind === 'reply') reply.content.reply.sid = 'sid-0';
          await store.record(reply);
          const ended = (await recordingsOf(store)).find(({ phase }) => phase === 'COMPLETED');
          await store.forgetRecording(ended?.id ?? '', T0 + 100 * HOUR);
          await expectLists(store, [{}, ...fileFilters], [{}, ...problemFilters]);
          await store.close();
          const opened = openDatabase(database.url);
          // As a release would leave it that lists less.
          await opened.kysely.deleteFrom('recording_files').execute();
          await opened.kysely.updateTable('recordings').set({ state: '{}' }).execute();
          await rebuildRecordings(opened.kysely, { dryRun: false, onChange: () => undefined });
          await opened.close();
          const rebuilt = await database.open();
          await expectLists(rebuilt, [{}], [{}]);
          await rebuilt.close();
        },
      ),
      { numRuns: sized(2, 7, 200) },
    );
  });
});
