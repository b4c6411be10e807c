import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { request, subscribe } from '../support/graphql-client.js';
import {
  notificationSender,
  type NotificationSeries,
  notificationSeries,
} from '../support/agora/send-notification.js';
import { openStage, type Stage } from '../support/stage.js';
import { waitFor } from '../support/wait-for.js';

const CHANGES = 1_000;
const RECORDINGS = 20;
const SENDERS = 8;

let stage: Stage;
let series: NotificationSeries;

beforeAll(async () => {
  stage = await openStage();
  series = notificationSeries(await notificationSender(stage), (sequence) => startedAt + sequence);
});

afterAll(async () => {
  await stage.close();
});

const startedAt = Date.now();

interface Seen {
  id: string;
  version: number;
  phase: string;
}

const FIELDS = '{ id version phase }';

async function page(filter: object | null): Promise<{ recordings: Seen[]; changeCursor: string }> {
  const { recordings } = await request<{
    recordings: { edges: { node: Seen }[]; changeCursor: string };
  }>(
    stage.gateway.url,
    `query ($filter: RecordingFilter) { recordings(first: 100, filter: $filter) { edges { node ${FIELDS} } changeCursor } }`,
    { filter },
  );
  return { recordings: recordings.edges.map(({ node }) => node), changeCursor: recordings.changeCursor };
}

interface ChangeMessage {
  recordingListChanged: { kind: string; recordingId: string; recording: Seen | null; cursor: string };
}

const CHANGED = `subscription ($filter: RecordingFilter, $after: String) {
  recordingListChanged(filter: $filter, after: $after) { kind recordingId recording ${FIELDS} cursor } }`;

describe('A client that queries a page, then subscribes with its cursor', () => {
  it(`ends with exactly the state of the store after ${CHANGES} changes, with a filter and without`, async () => {
    const tasks = Array.from({ length: RECORDINGS }, (_, index) => `task-${index}`);
    for (const task of tasks) await series.notify(task, 40, { msgName: 'recorder_started', status: 0 });
    let sent = 0;
    const sending = Promise.all(
      Array.from({ length: SENDERS }, async (_, sender) => {
        const own = tasks.filter((_task, index) => index % SENDERS === sender);
        while (sent < CHANGES) {
          sent += 1;
          const task = own[sent % own.length] ?? 'task-0';
          const sequence = series.next(task);
          const leaves = sequence > 25 && sender % 2 === 0;
          if (leaves) await series.notify(task, 41, { msgName: 'recorder_leave', leaveCode: 16 });
          else
            await series.notify(task, 43, {
              msgName: 'x',
              streamUid: '5',
              state: sequence % 2,
              UtcMs: Date.now(),
            });
        }
      }),
    );
    await waitFor(() => sent > 50);
    const clients = await Promise.all(
      [null, { phases: ['RECORDING'] }].map(async (filter) => {
        const first = await page(filter);
        const held = new Map(first.recordings.map((recording) => [recording.id, recording]));
        await new Promise((resolve) => setTimeout(resolve, 100));
        const live = subscribe<ChangeMessage>(stage.gateway.url, CHANGED, {
          filter,
          after: first.changeCursor,
        });
        return { filter, held, live };
      }),
    );
    await sending;
    for (const { filter, held, live } of clients) {
      const truth = await page(filter);
      const apply = () => {
        for (const { recordingListChanged } of live.messages.splice(0)) {
          const { kind, recordingId, recording } = recordingListChanged;
          if (recording === null || kind === 'LEFT_FILTER') held.delete(recordingId);
          else held.set(recordingId, recording);
        }
        return held;
      };
      const byId = (recordings: Iterable<Seen>) => [...recordings].sort((a, b) => (a.id < b.id ? -1 : 1));
      await waitFor(() => JSON.stringify(byId(apply().values())) === JSON.stringify(byId(truth.recordings)), {
        what: `the state of the store (${JSON.stringify(filter)})`,
      });
      await live.close();
    }
    const still = await page({ phases: ['RECORDING'] });
    expect(still.recordings.length).toBeGreaterThan(0);
    expect(still.recordings.length).toBeLessThan(RECORDINGS);
  });

  it('sees once a recording that has just left the filter, and never one that was never in it', async () => {
    const filter = { phases: ['RECORDING'], channels: ['leaver'] };
    await series.notify('leaver', 40, { msgName: 'recorder_started', status: 0 });
    await series.notify('stranger', 40, { msgName: 'recorder_started', status: 0 });
    const { changeCursor } = await page(filter);
    const live = subscribe<ChangeMessage>(stage.gateway.url, CHANGED, { filter, after: changeCursor });
    await series.notify('stranger', 41, { msgName: 'recorder_leave', leaveCode: 16 });
    await series.notify('leaver', 41, { msgName: 'recorder_leave', leaveCode: 16 });
    await series.notify('leaver', 31, { msgName: 'uploaded', status: 0, fileList: [] });
    await series.notify('leaver', 11, { msgName: 'session_exit', exitStatus: 0 });
    await waitFor(() => live.messages.length > 0);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(live.messages.map(({ recordingListChanged }) => recordingListChanged.kind)).toEqual([
      'LEFT_FILTER',
    ]);
    await live.close();
  });
});

const kinds = ({ messages }: { messages: ChangeMessage[] }) =>
  messages.map(({ recordingListChanged: { kind, recording } }) => [kind, recording?.phase ?? null]);

describe('A change says what it is for a list', () => {
  it('started, changed, out of the filter, back in it by a client without the filter, and removed', async () => {
    const channels = ['listed'];
    const before = await page(null);
    const after = before.changeCursor;
    const all = subscribe<ChangeMessage>(stage.gateway.url, CHANGED, { filter: { channels }, after });
    const running = subscribe<ChangeMessage>(stage.gateway.url, CHANGED, {
      filter: { channels, phases: ['RECORDING'] },
      after,
    });
    const ended = subscribe<ChangeMessage>(stage.gateway.url, CHANGED, {
      filter: { channels, phases: ['COMPLETED'] },
      after,
    });
    const steps: [number, object, string][] = [
      [40, { msgName: 'recorder_started', status: 0 }, 'RECORDING'],
      [41, { msgName: 'recorder_leave', leaveCode: 16 }, 'UPLOADING'],
      [31, { msgName: 'uploaded', status: 0, fileList: [] }, 'COMPLETED'],
    ];
    for (const [eventType, details, phase] of steps) {
      await series.notify('listed', eventType, details);
      await waitFor(() => kinds(all).at(-1)?.[1] === phase);
    }
    await series.notify('listed', 11, { msgName: 'session_exit', exitStatus: 0 });
    const id = all.messages[0]?.recordingListChanged.recordingId ?? '';
    const forget = () =>
      request<{ forgetRecording: { forgottenId: string | null; userErrors: { code: string }[] } }>(
        stage.gateway.url,
        'mutation ($id: ID!) { forgetRecording(input: { recordingId: $id }) { forgottenId userErrors { code } } }',
        { id },
      );
    // Refused for as long as the gateway expects something more of it, such as a missing notification.
    await waitFor(async () => {
      const { forgetRecording } = await forget();
      if (forgetRecording.forgottenId === null)
        expect(forgetRecording.userErrors).toEqual([{ code: 'RECORDING_NOT_ENDED' }]);
      return forgetRecording.forgottenId === id;
    });
    await waitFor(() => kinds(all).at(-1)?.[0] === 'REMOVED' && kinds(ended).at(-1)?.[0] === 'REMOVED');
    expect(kinds(all)[0]).toEqual(['STARTED', 'RECORDING']);
    expect(
      new Set(
        kinds(all)
          .slice(1, -1)
          .map(([kind]) => kind),
      ),
    ).toEqual(new Set(['CHANGED']));
    expect(kinds(running)).toEqual([
      ['STARTED', 'RECORDING'],
      ['LEFT_FILTER', 'UPLOADING'],
    ]);
    expect(kinds(ended)[0]).toEqual(['STARTED', 'COMPLETED']);
    expect(kinds(ended).filter(([kind]) => kind === 'REMOVED')).toHaveLength(1);
    for (const live of [all, running, ended]) await live.close();
    const { recording } = await request<{ recording: object | null }>(
      stage.gateway.url,
      'query ($id: ID) { recording(by: { id: $id }) { id } }',
      { id },
    );
    expect(recording).toBeNull();
    expect((await forget()).forgetRecording.userErrors).toEqual([{ code: 'RECORDING_NOT_FOUND' }]);
  });

  it('a client that was away while a recording was removed learns of it, or that its cursor has expired', async () => {
    const filter = { channels: ['gone'] };
    for (const [eventType, details] of [
      [40, { msgName: 'recorder_started', status: 0 }],
      [31, { msgName: 'uploaded', status: 0, fileList: [] }],
      [11, { msgName: 'session_exit', exitStatus: 0 }],
    ] as const) {
      await series.notify('gone', eventType, details);
    }
    const {
      recordings: [held],
      changeCursor,
    } = await page(filter);
    await waitFor(async () => {
      const { forgetRecording } = await request<{ forgetRecording: { forgottenId: string | null } }>(
        stage.gateway.url,
        'mutation ($id: ID!) { forgetRecording(input: { recordingId: $id }) { forgottenId } }',
        { id: held?.id },
      );
      return forgetRecording.forgottenId !== null;
    });
    const live = subscribe<ChangeMessage>(stage.gateway.url, CHANGED, { filter, after: changeCursor });
    const outcome = await Promise.race([
      waitFor(() => kinds(live)[0]),
      live.ended.then(
        () => 'completed',
        (error: Error) => error.message,
      ),
    ]);
    if (typeof outcome === 'string') expect(outcome).toContain('CURSOR_EXPIRED');
    else expect(outcome).toEqual(['REMOVED', null]);
    await live.close();
  });
});

interface EventMessage {
  recordingEvents: { cursor: string; node: { id: string; type: string; sequence: number | null } };
}

const EVENTS = `subscription ($filter: RecordingEventFilter, $after: String) {
  recordingEvents(filter: $filter, after: $after) { cursor node { id type ... on NotificationEvent { sequence } } } }`;

describe('A client that follows the events', () => {
  it('sees each once and in order, going on from a headCursor and from its own last cursor', async () => {
    await series.notify('followed', 40, { msgName: 'recorder_started', status: 0 });
    const { recording } = await request<{
      recording: { id: string; events: { headCursor: string } };
    }>(
      stage.gateway.url,
      'query ($sid: String) { recording(by: { sid: $sid }) { id events { headCursor } } }',
      {
        sid: series.sidOf('followed'),
      },
    );
    const filter = { recordingId: recording.id };
    for (let index = 0; index < 5; index += 1)
      await series.notify('followed', 33, { msgName: 'x', progress: index });
    const first = subscribe<EventMessage>(stage.gateway.url, EVENTS, {
      filter,
      after: recording.events.headCursor,
    });
    await waitFor(() => first.messages.length === 5);
    await first.close();
    for (let index = 5; index < 9; index += 1)
      await series.notify('followed', 33, { msgName: 'x', progress: index });
    const after = first.messages.at(-1)?.recordingEvents.cursor;
    const second = subscribe<EventMessage>(stage.gateway.url, EVENTS, { filter, after });
    await waitFor(() => second.messages.length === 4);
    await series.notify('followed', 33, { msgName: 'x', progress: 9 });
    await waitFor(() => second.messages.length === 5);
    await second.close();
    const all = [...first.messages, ...second.messages].map(
      ({ recordingEvents }) => recordingEvents.node.sequence,
    );
    expect(all).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('sees a gap once notifications have been missing for some seconds, and only the kinds it asked for', async () => {
    const filter = { recordings: { channels: ['gappy'] }, types: ['SEQUENCE_GAP', 'UPLOADED'] };
    await series.notify('gappy', 40, { msgName: 'recorder_started', status: 0 });
    const live = subscribe<EventMessage>(stage.gateway.url, EVENTS, { filter });
    await new Promise((resolve) => setTimeout(resolve, 200));
    series.continueAt('gappy', 4);
    await series.notify('gappy', 33, { msgName: 'uploading_progress', progress: 1 });
    await waitFor(() => live.messages.length === 1);
    await series.notify('gappy', 31, { msgName: 'uploaded', status: 0, fileList: [] });
    await waitFor(() => live.messages.length === 2);
    expect(live.messages.map(({ recordingEvents }) => recordingEvents.node.type)).toEqual([
      'SEQUENCE_GAP',
      'UPLOADED',
    ]);
    await live.close();
    const { recording } = await request(
      stage.gateway.url,
      `query ($sid: String) { recording(by: { sid: $sid }) { delivery { missingCount missing { from to } }
        events(types: [SEQUENCE_GAP]) { edges { node { ... on SequenceGapEvent { gap { recorderUid from to } } } } } } }`,
      { sid: series.sidOf('gappy') },
    );
    expect(recording).toEqual({
      delivery: { missingCount: 3, missing: [{ from: 1, to: 3 }] },
      events: { edges: [{ node: { gap: { recorderUid: '7', from: 1, to: 3 } } }] },
    });
  });

  it('is refused with an unknown recording, a cursor of another list, or too many kinds', async () => {
    for (const [variables, message] of [
      [{ filter: { recordingId: 'unknown' } }, 'RECORDING_NOT_FOUND'],
      [{ after: (await page(null)).changeCursor }, 'BAD_USER_INPUT'],
      [{ filter: { types: Array(51).fill('UPLOADED') } }, 'BAD_USER_INPUT'],
    ] as const) {
      await expect(subscribe(stage.gateway.url, EVENTS, variables).ended).rejects.toThrow(message);
    }
  });
});

describe('Screenshots', () => {
  it('push recordingChanged at most once a second, and each is an event', async () => {
    await series.notify('shots', 40, { msgName: 'recorder_started', status: 0 });
    const live = subscribe<{ recordingChanged: { individual: { snapshotCount: number } } }>(
      stage.gateway.url,
      `subscription ($sid: String) { recordingChanged(by: { sid: $sid }) {
        individual { snapshotCount latestSnapshot { fileName kind } } } }`,
      { sid: series.sidOf('shots') },
    );
    await waitFor(() => live.messages.length === 1);
    const begun = performance.now();
    for (let index = 0; index < 60; index += 1) {
      await series.notify('shots', 45, { msgName: 'recorder_snapshot_file', fileName: `shot-${index}.jpg` });
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const latest = await waitFor(() => {
      const last = live.messages.at(-1)?.recordingChanged.individual;
      return last?.snapshotCount === 60 && last;
    });
    expect(latest).toEqual({
      snapshotCount: 60,
      latestSnapshot: { fileName: 'shot-59.jpg', kind: 'SNAPSHOT' },
    });
    const seconds = (performance.now() - begun) / 1000;
    // The first state, then one for each second begun, and the one that the first screenshot makes.
    expect(live.messages.length).toBeLessThanOrEqual(3 + Math.ceil(seconds));
    await live.close();
  });
});
