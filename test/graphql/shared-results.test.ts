import { type FormattedExecutionResult } from 'graphql';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ANYONE, type Caller } from '../../src/auth/caller.js';
import { createFeed } from '../../src/feed/feed.js';
import { createExecution } from '../../src/graphql/execution.js';
import { SharedPayloads } from '../../src/http/shared-payloads.js';
import { createLog } from '../../src/telemetry/log.js';
import { CHANNEL, notification } from '../recordings/observations.js';
import {
  NO_AUDIT,
  NO_CALLER_LIMITS,
  NO_TRUSTED_DOCUMENTS,
  TEST_REQUESTER,
} from '../support/bare-execution.js';
import { cleanUpAfterEach } from '../support/clean-ups.js';
import { readingServices } from '../support/reading-services.js';
import { waitFor } from '../support/wait-for.js';
import { mediaOver } from '../media/support.js';
import { onBothDatabases } from '../store/support.js';

const cleanUps = cleanUpAfterEach();

const progress = (step: number, about: object = {}) =>
  notification(33, { progress: step }, { recordingId: null, at: step, sequence: step, ...about });

const CHANGED = 'subscription ($id: ID!) { recordingChanged(by: { id: $id }) { id version } }';
const EVENTS =
  'subscription ($id: ID!) { recordingEvents(filter: { recordingId: $id }) { cursor node { id } } }';

const callerOf = (names: string[]): Caller => ({
  ...ANYONE,
  name: names.join(),
  range: { appIds: null, channels: { names, prefixes: [] } },
});

onBothDatabases(({ newStore }) => {
  describe('An event', () => {
    async function open() {
      const store = await newStore();
      const feed = await createFeed(store, createLog('silent'));
      onTestFinished(() => feed.close());
      // Nothing is read: the recording of these tests has no storage.
      const media = mediaOver(cleanUps, 'http://127.0.0.1:1', { proxy: false });
      let executed = 0;
      const execution = createExecution({ ...readingServices(store), feed, media }, createLog('silent'), {
        introspection: true,
        callerLimits: NO_CALLER_LIMITS,
        audit: NO_AUDIT,
        // A busy machine takes longer to give an event to all of them.
        sharedForMs: 600_000,
        trustedDocuments: NO_TRUSTED_DOCUMENTS,
        // Called for each event that is executed.
        eventTurn: () => {
          executed += 1;
          return Promise.resolve();
        },
      });
      const { recordingId: id } = await store.record(progress(1));
      const subscribe = async (
        text: string,
        caller = ANYONE,
        variables: Record<string, unknown> = { id },
      ) => {
        const requester = { ...TEST_REQUESTER, caller };
        const prepared = execution.prepare({ query: text }, requester);
        if ('errors' in prepared) throw new Error('The document is not valid.');
        const results = await execution.subscribe({ requester, document: prepared.document, variables });
        if (!(Symbol.asyncIterator in results)) throw new Error(JSON.stringify(results));
        const received: FormattedExecutionResult[] = [];
        const running = (async () => {
          for await (const result of results) received.push(result);
        })();
        onTestFinished(async () => {
          await results.return?.();
          await running;
        });
        return received;
      };
      return { store, id, subscribe, count: () => executed };
    }

    it('is executed once for all subscriptions that are equal, and each gets its result', async () => {
      const { store, subscribe, count } = await open();
      for (const text of [CHANGED, EVENTS]) {
        const subscribers = await Promise.all(Array.from({ length: 20 }, () => subscribe(text)));
        const first = text === CHANGED ? 1 : 0;
        await waitFor(() => subscribers.every(({ length }) => length === first));
        const before = count();
        await store.record(progress(text === CHANGED ? 2 : 3));
        await waitFor(() => subscribers.every(({ length }) => length === first + 1));
        const [one] = subscribers;
        for (const received of subscribers) expect(received.at(-1)).toBe(one?.at(-1));
        // The subscriptions of the first round are sent the second event, too.
        expect(count() - before).toBe(text === CHANGED ? 1 : 2);
      }
    });

    it('is executed for each document, each set of variables and each view that callers have', async () => {
      const { store, id, subscribe, count } = await open();
      const own = callerOf([CHANNEL]);
      const subscribers = await Promise.all([
        subscribe(CHANGED),
        subscribe(CHANGED.replace('version', 'version phase')),
        subscribe(CHANGED, ANYONE, { id, unused: 1 }),
        subscribe(CHANGED, own),
        subscribe(CHANGED, callerOf([CHANNEL, 'another'])),
        // Another name, and the same view.
        subscribe(CHANGED, { ...own, name: 'another name' }),
      ]);
      await waitFor(() => subscribers.every(({ length }) => length === 1));
      const before = count();
      await store.record(progress(2));
      await waitFor(() => subscribers.every(({ length }) => length === 2));
      expect(count() - before).toBe(5);
    });

    it.each([
      ['playback { hls { url } }', 3],
      ['playback { poster { expiresAt } }', 3],
      ['files(first: 1) { nodes { ... on Node { ...address } } }', 3],
      ['... on Node { ... on Recording { where: playback { mp4 { fileName } } } }', 3],
      ['playbackUnavailable { reason }', 1],
      ['playback { __typename } files(first: 1) { nodes { stored { __typename } } }', 1],
    ])('with %s is executed %i times for callers of three credentials', async (fields, executions) => {
      const { store, subscribe, count } = await open();
      const ofCredential = (id: string, endsAt: number | null = null): Caller => ({
        ...callerOf([CHANNEL]),
        credential: { id, endsAt },
      });
      const callers = [
        ofCredential('key-1'),
        ofCredential('key-1'),
        ofCredential('jwt-2'),
        // A later token of the same subject.
        ofCredential('jwt-2', 4_000_000_000_000),
      ];
      const fragment = fields.includes('...address')
        ? 'fragment address on RecordedFile { url { url } }'
        : '';
      const text = `subscription ($id: ID!) { recordingChanged(by: { id: $id }) { ${fields} } } ${fragment}`;
      const subscribers = await Promise.all(callers.map((caller) => subscribe(text, caller)));
      await waitFor(() => subscribers.every(({ length }) => length === 1));
      const before = count();
      await store.record(progress(2));
      await waitFor(() => subscribers.every(({ length }) => length === 2));
      expect(count() - before).toBe(executions);
      for (const [, result] of subscribers) expect(result?.errors).toBeUndefined();
    });

    it('is sent to those who joined late as it is then, and to the others when one leaves', async () => {
      const { store, subscribe } = await open();
      const early = await subscribe(CHANGED);
      await waitFor(() => early.length === 1);
      await store.record(progress(2));
      await waitFor(() => early.length === 2);
      const late = await subscribe(CHANGED);
      await waitFor(() => late.length === 1);
      expect(late[0]).toEqual(early[1]);
      await store.record(progress(3));
      await waitFor(() => late.length === 2 && early.length === 3);
      expect(late[1]).toEqual(early[2]);
    });
  });
});

describe('A payload that several messages have', () => {
  it('is written once, and put into each message with its id', () => {
    const payloads = new SharedPayloads();
    let written = 0;
    const payload = {
      data: {
        toJSON: () => {
          written += 1;
          return { text: '""} "payload":""}' };
        },
      },
    };
    const messages = ['a', '"b"'].map((id) =>
      payloads.complete(JSON.stringify({ id, type: 'next', payload: payloads.placeholder(payload) })),
    );
    const expected = { type: 'next', payload: { data: { text: '""} "payload":""}' } } };
    expect(messages.map((message) => JSON.parse(message) as object)).toEqual([
      { id: 'a', ...expected },
      { id: '"b"', ...expected },
    ]);
    expect(written).toBe(1);
    expect(payloads.complete('{"type":"pong"}')).toBe('{"type":"pong"}');
  });
});
