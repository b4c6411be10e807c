import { isDeepStrictEqual } from 'node:util';
import { Secret } from '@agora-recording-gateway/agora/client/secret';
import { redactText } from '@agora-recording-gateway/agora/redaction/redact';
import { sign } from '@agora-recording-gateway/agora/webhook/signature';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { request } from '../support/graphql-client.js';
import { largeSized } from '../support/size.js';
import { openStage, type Stage } from '../support/stage.js';
import { type AnyNotification, anyNotifications } from './any-notification.js';

const NOTIFICATIONS = largeSized(5_000, 100_000);

/** Notifications before memory is measured for the first time: caches fill, and code is compiled. */
const WARM_UP = largeSized(2_000, 5_000);

/** Memory that may stay, against that after the warm-up. */
const MAX_GROWTH = 1.25;

const AT_ONCE = 8;

const SIDS = [
  ...['constructor', '__proto__', 'toString', 'hasOwnProperty'],
  ...Array.from({ length: largeSized(60, 300) }, (_, index) => `sid-${index}`),
];

const seed = Number(process.env.SEED ?? Math.trunc(Math.random() * 2 ** 31));

let stage: Stage;
let secret: Secret;

beforeAll(async () => {
  stage = await openStage();
  const { webhookSecret } = (await stage.sandbox.control('GET', '')) as { webhookSecret: string };
  secret = new Secret(webhookSecret);
  await stage.gateway.kill();
  await stage.startGateway({}, ['--expose-gc', '--import', './test/support/databases/collect-garbage.mjs']);
});

afterAll(async () => {
  await stage.close();
});

async function residentBytes(): Promise<number> {
  const text = await (await fetch(`${stage.gateway.url}/metrics`)).text();
  return Number(/^process_resident_memory_bytes (\d+)/m.exec(text)?.[1]);
}

async function send(text: string): Promise<{ status: number; received?: number; error?: string }> {
  const bytes = Buffer.from(text);
  const response = await fetch(`${stage.gateway.url}/webhooks/agora`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'agora-signature-v2': sign('sha256', secret, bytes) },
    body: bytes,
  });
  return { status: response.status, ...((await response.json()) as object) };
}

const PAGE = `query ($sid: String!, $after: String) { recordings(filter: { sids: [$sid] }) { edges { node {
  id uid channel explanation problems { edges { node { message } } }
  events(first: 100, after: $after) { edges { node { raw } } pageInfo { hasNextPage endCursor } } } } } }`;

interface Page {
  recordings: {
    edges: {
      node: {
        events: {
          edges: { node: { raw: { noticeId: string } | null } }[];
          pageInfo: { hasNextPage: boolean; endCursor: string | null };
        };
      };
    }[];
  };
}

/** All that GraphQL shows of the notifications about a recording, by noticeId. */
async function readBack(sid: string, found: Map<string, unknown>): Promise<void> {
  let after: string | null = null;
  for (;;) {
    const page: Page = await request<Page>(stage.gateway.url, PAGE, { sid, after });
    const events = page.recordings.edges[0]?.node.events;
    if (events === undefined) return;
    for (const { node } of events.edges) if (node.raw !== null) found.set(node.raw.noticeId, node.raw);
    if (!events.pageInfo.hasNextPage) return;
    after = events.pageInfo.endCursor;
  }
}

describe('Notifications of all kinds', () => {
  it(`are refused, or can be read as they were acknowledged (seed ${seed})`, async () => {
    const make = fc.sample(anyNotifications(SIDS), { numRuns: NOTIFICATIONS, seed });
    const failures: unknown[] = [];
    const acknowledged = new Map<string, string>();
    const outcomes = { stored: 0, ignored: 0, tooDeep: 0 };

    function check(
      { text, tooDeep }: AnyNotification,
      answer: Awaited<ReturnType<typeof send>>,
      index: number,
    ) {
      if (tooDeep && answer.status === 400 && answer.error?.includes('64 deep') === true)
        outcomes.tooDeep += 1;
      else if (tooDeep || answer.status !== 200) failures.push({ text: text.slice(0, 500), answer });
      else if (answer.received === 1) {
        outcomes.stored += 1;
        acknowledged.set(`notice-${index}`, text);
      } else outcomes.ignored += 1;
    }

    let sent = 0;
    async function sendUpTo(end: number): Promise<void> {
      const sender = async () => {
        while (sent < end) {
          const index = sent;
          sent += 1;
          const notification = make[index]!(index);
          check(notification, await send(notification.text), index);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, sender));
    }
    await sendUpTo(WARM_UP);
    for (const sid of SIDS) await readBack(sid, new Map());
    const before = await residentBytes();
    await sendUpTo(NOTIFICATIONS);

    const found = new Map<string, unknown>();
    for (const sid of SIDS) await readBack(sid, found);
    for (const [noticeId, text] of acknowledged) {
      const expected: unknown = JSON.parse(redactText(text));
      const actual = found.get(noticeId);
      if (!isDeepStrictEqual(actual, expected)) failures.push({ noticeId, expected, actual });
    }
    const after = await residentBytes();
    const growth = after / before;
    console.info(`${NOTIFICATIONS} notifications, ${JSON.stringify({ ...outcomes, before, after, growth })}`);
    expect(failures.slice(0, 3)).toEqual([]);
    expect(stage.gateway.output()).not.toMatch(/"level":50/);
    expect(growth).toBeLessThan(MAX_GROWTH);
    // Each kind is tried often enough.
    expect(outcomes.stored).toBeGreaterThan(NOTIFICATIONS / 4);
    expect(outcomes.tooDeep).toBeGreaterThan(NOTIFICATIONS / 50);
  }, 3_600_000);
});
