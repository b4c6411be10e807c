import { createClient } from 'graphql-sse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiKeysFile, bearer, newApiKeysFile } from '../support/api-keys.js';
import {
  notificationSender,
  notificationSeries,
  type NotificationSeries,
} from '../support/agora/send-notification.js';
import { openStage, type Stage } from '../support/stage.js';
import { waitFor } from '../support/wait-for.js';

const EVENTS =
  'subscription ($after: String) { recordingEvents(after: $after) { cursor node { __typename } } }';

let stage: Stage;
let keys: ApiKeysFile;
let admin: string;
let series: NotificationSeries;
beforeAll(async () => {
  keys = newApiKeysFile();
  admin = keys.add('admin', { scopes: ['recordings:admin'] });
  stage = await openStage({ env: keys.env });
  series = notificationSeries(await notificationSender(stage), (sequence) => 1_700_000_000_000 + sequence);
});
afterAll(async () => {
  await stage.close();
  keys.remove();
});
const url = () => stage.gateway.url;

const notify = () => series.notify('room', 40, { msgName: 'recorder_started' });

async function post(request: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return await fetch(`${url()}/graphql/stream`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      ...bearer(admin),
      ...headers,
    },
    body: JSON.stringify(request),
  });
}

async function subscriptions(): Promise<number> {
  const metrics = await (await fetch(`${url()}/metrics`, { headers: bearer(admin) })).text();
  return Number(/^gateway_subscriptions (\d+)/m.exec(metrics)?.[1]);
}

interface Event {
  recordingEvents: { cursor: string };
}

/** Follows all events with the official client; what came, and how often it connected. */
function follow(credential: () => string) {
  const cursors: string[] = [];
  let connections = 0;
  const client = createClient({
    url: `${url()}/graphql/stream`,
    headers: () => bearer(credential()),
    retryAttempts: 100,
    retry: () => new Promise((resolve) => setTimeout(resolve, 50)),
    on: { connected: () => (connections += 1) },
  });
  const errors: unknown[] = [];
  const stop = client.subscribe<Event>(
    { query: EVENTS },
    {
      next: ({ data, errors: failed }) => {
        if (data != null) cursors.push(data.recordingEvents.cursor);
        if (failed !== undefined) errors.push(failed);
      },
      error: (error) => errors.push(error),
      complete: () => undefined,
    },
  );
  return { cursors, errors, stop, connections: () => connections };
}

describe('A subscription by server-sent events', () => {
  it('gets the events that happen, each at once and not compressed, until the client leaves', async () => {
    const before = await subscriptions();
    const followed = follow(() => admin);
    await waitFor(async () => (await subscriptions()) === before + 1, { what: 'the subscription' });
    for (let count = 1; count <= 3; count += 1) {
      await notify();
      await waitFor(() => followed.cursors.length >= count, { what: `event ${count}` });
    }
    expect(followed.errors).toEqual([]);
    followed.stop();
    await waitFor(async () => (await subscriptions()) === before, { what: 'the end of the subscription' });

    const response = await post({ query: EVENTS }, { 'accept-encoding': 'gzip, br' });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-encoding')).toBeNull();
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    expect(response.headers.get('cache-control')).toBe('no-store, no-transform');
    await response.body?.cancel();
  });

  it('ends when its credential is revoked, and the client is back with a new one', async () => {
    const first = keys.add('first');
    const second = keys.add('second');
    await waitFor(async () => (await post({ query: '{ __typename }' }, bearer(second))).status === 200, {
      what: 'the keys',
    });
    let credential = first;
    const followed = follow(() => credential);
    await waitFor(() => followed.connections() === 1, { what: 'a connection' });
    credential = second;
    keys.revoke('first');
    await waitFor(() => followed.connections() === 2, { what: 'a second connection' });
    const isFollowing = async () => {
      await notify();
      return followed.cursors.length > 0;
    };
    await waitFor(isFollowing, { what: 'an event' });
    followed.stop();
    const refused = await post({ query: EVENTS }, bearer(first));
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
  });

  it.each([
    ['a document with a syntax error', { query: 'subscription {' }, 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', { query: 'subscription { nothing }' }, 'GRAPHQL_VALIDATION_FAILED'],
    ['a variable of a wrong type', { query: EVENTS, variables: { after: 7 } }, 'BAD_USER_INPUT'],
    ['a cursor that is none', { query: EVENTS, variables: { after: 'x' } }, 'BAD_USER_INPUT'],
    ['an unknown operation name', { query: EVENTS, operationName: 'x' }, 'BAD_USER_INPUT'],
  ])('says what is wrong in its only event, for %s', async (_name, request, code) => {
    const text = await (await post(request)).text();
    expect(text).toMatch(/^:\n\nevent: next\ndata: .*\n\nevent: complete\ndata:\n\n$/);
    expect(text).toContain(code);
  });

  it('is refused with the reason where the request is not for it', async () => {
    for (const [request, headers, status] of [
      [{ query: EVENTS }, { authorization: '' }, 401],
      [{ query: EVENTS }, { origin: 'https://evil.example' }, 403],
      [{ query: EVENTS }, { accept: 'application/json' }, 406],
      [{ query: EVENTS, variables: [] }, {}, 400],
      [{ query: 7 }, {}, 400],
      ['text', {}, 400],
      [{ query: EVENTS }, { 'content-type': 'text/plain' }, 400],
    ] as const) {
      expect([request, headers, (await post(request, headers)).status]).toEqual([request, headers, status]);
    }
    expect((await fetch(`${url()}/graphql/stream`)).status).toBe(405);
  });

  it('also carries a query, with the same result as at /graphql', async () => {
    const text = await (await post({ query: '{ recordings(first: 1) { nodes { __typename } } }' })).text();
    expect(text).toContain('event: next\ndata: {"data":{"recordings"');
  });

  it('ends when the gateway stops, so that the gateway ends in order', async () => {
    const response = await post({ query: EVENTS });
    stage.gateway.child.kill('SIGTERM');
    expect(await response.text()).not.toContain('complete');
    expect(await stage.gateway.exited).toBe(0);
  });
});
