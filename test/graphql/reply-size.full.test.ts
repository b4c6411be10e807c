import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAX_REPLY_BYTES } from '../../src/graphql/limits/bounds.js';
import { MAX_PAGE_BYTES } from '../../src/store/reads/page-bytes.js';
import { largeSized } from '../support/size.js';
import { notificationSender } from '../support/agora/send-notification.js';
import { openStage, type Stage } from '../support/stage.js';
import { type GraphQLBody, overHttp, overWebSocket, type Send } from '../support/transports.js';

/** Stored JSON of one notification; the webhook takes up to 1 MiB. */
const EVENT_BYTES = 700_000;
const EVENTS = 100;

/** Operations that are sent at once, and how often. */
const AT_ONCE = 8;
const ROUNDS = largeSized(15, 30);

/**
 * What the process may need on top, garbage included. Without bounds, the operations of one round would read 28 GB. In 30
 * rounds it needed 500 MB at most.
 */
const MAX_GROWTH_BYTES = 768 * 1024 * 1024;

let stage: Stage;
let recordingId: string;

const DOORS: [string, Send][] = [
  ['HTTP', overHttp(() => stage.gateway.url)],
  ['WebSocket', overWebSocket(() => stage.gateway.url)],
];

beforeAll(async () => {
  stage = await openStage();
  const { appId } = (await stage.sandbox.control('GET', '')) as { appId: string };
  const send = await notificationSender(stage);
  for (let index = 0; index < EVENTS; index += 1) {
    const status = await send({
      noticeId: `large-${index}`,
      productId: 3,
      eventType: 45,
      notifyMs: 1_780_000_000_000 + index,
      payload: {
        cname: 'large',
        uid: '7',
        sid: 'sid-large',
        sequence: index,
        sendts: 1_780_000_000_000 + index,
        serviceType: 0,
        details: { msgName: 'recorder_slice_start', text: 'x'.repeat(EVENT_BYTES) },
      },
      appId,
    });
    expect(status).toBe(200);
  }
  const query = '{ recordings(filter: { channels: ["large"] }) { edges { node { id } } } }';
  const { data } = await overHttp(() => stage.gateway.url)({ query });
  recordingId = (data?.recordings as { edges: { node: { id: string } }[] }).edges[0]?.node.id ?? '';
}, 60_000);

afterAll(async () => {
  await stage.close();
});

/** The most memory that the gateway had resident since it was last asked. */
function peakBytes(): number {
  const status = readFileSync(`/proc/${stage.gateway.child.pid}/status`, 'utf8');
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(status) ?? [];
  // Writing 5 resets the peak to what is resident.
  writeFileSync(`/proc/${stage.gateway.child.pid}/clear_refs`, '5');
  return Number(kilobytes) * 1024;
}

interface Page {
  edges: { cursor: string; node: { id: string; raw?: unknown } }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string };
}

function page({ data }: GraphQLBody): Page {
  return (data?.recording as { events: Page }).events;
}

const EVENTS_QUERY = `query ($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {
  recording(by: { id: $id }) { events(first: $first, after: $after, last: $last, before: $before) {
    edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`;

describe.each(DOORS)('Over %s', (_name, send) => {
  it('a page of large events is shorter than asked for, and the next one continues after it', async () => {
    const forwards: string[] = [];
    for (let after: string | null = null, more = true; more;) {
      const { edges, pageInfo }: Page = page(
        await send({ query: EVENTS_QUERY, variables: { id: recordingId, first: 100, after } }),
      );
      expect(edges.length).toBeGreaterThan(0);
      expect(edges.length).toBeLessThanOrEqual(MAX_PAGE_BYTES / EVENT_BYTES + 1);
      forwards.push(...edges.map(({ node }) => node.id));
      more = pageInfo.hasNextPage;
      after = pageInfo.endCursor;
    }
    expect(forwards.length).toBeGreaterThanOrEqual(EVENTS);
    expect(new Set(forwards).size).toBe(forwards.length);

    const backwards: string[] = [];
    for (let before: string | null = null, more = true; more;) {
      const { edges, pageInfo }: Page = page(
        await send({ query: EVENTS_QUERY, variables: { id: recordingId, last: 100, before } }),
      );
      backwards.unshift(...edges.map(({ node }) => node.id));
      more = pageInfo.hasPreviousPage;
      before = pageInfo.startCursor;
    }
    expect(backwards).toEqual(forwards);
  });

  it('a reply that would be larger than the bound is refused with a specific error', async () => {
    const raw = 'events(first: 100) { edges { node { raw } } }';
    const fits = await send({ query: `{ recording(by: { id: "${recordingId}" }) { ${raw} } }` });
    expect(fits.errors).toBeUndefined();
    expect(JSON.stringify(fits).length).toBeGreaterThan(MAX_REPLY_BYTES / 8);

    const aliases = Array.from({ length: 40 }, (_, index) => `a${index}: ${raw}`).join(' ');
    const refused = await send({ query: `{ recording(by: { id: "${recordingId}" }) { ${aliases} } }` });
    expect(refused.data).toBeNull();
    expect(refused.errors?.map(({ extensions }) => extensions?.code)).toEqual(['REPLY_TOO_LARGE']);
    expect(JSON.stringify(refused).length).toBeLessThan(1_000);
  });

  it('the pages of an operation count though it does not show what makes them large', async () => {
    const aliases = Array.from(
      { length: 40 },
      (_, index) => `a${index}: events(first: 100) { edges { node { id } } }`,
    ).join(' ');
    const { data, errors } = await send({
      query: `{ recording(by: { id: "${recordingId}" }) { ${aliases} } }`,
    });
    expect(data).toEqual({ recording: null });
    expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(['REPLY_TOO_LARGE']);
  });

  it('memory stays within a bound, whatever operations ask for at once', async () => {
    const aliases = Array.from(
      { length: 50 },
      (_, index) => `a${index}: events(first: 100) { edges { node { raw } } }`,
    ).join(' ');
    const query = `{ recording(by: { id: "${recordingId}" }) { ${aliases} } }`;
    peakBytes();
    const before = peakBytes();
    for (let round = 0; round < ROUNDS; round += 1) {
      await Promise.all(Array.from({ length: AT_ONCE }, () => send({ query })));
    }
    const growth = peakBytes() - before;
    expect(growth).toBeLessThan(MAX_GROWTH_BYTES);
    const metrics = await (await fetch(`${stage.gateway.url}/metrics`)).text();
    expect(metrics).toMatch(/^gateway_graphql_held_bytes 0$/m);
  }, 120_000);
});
