import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AgoraGateway, startAgoraGateway } from '../support/agora/agora-gateway.js';
import { administer } from '../support/databases/databases.js';
import { post, request } from '../support/graphql-client.js';
import { temporaryDirectory, UNBUNDLED } from '../support/processes.js';
import { BASELINE, type ReleasedStore, releasedStore } from '../support/databases/releases.js';
import { largeSized } from '../support/size.js';
import { waitFor } from '../support/wait-for.js';

const NOTIFICATIONS_PER_SECOND = 200;

/** How long notifications arrive before, between and after the steps of the upgrade. */
const STEADY_MS = largeSized(3_000, 10_000);

/** A sender gives up on a notification after so many tries, as Agora does after some time. */
const MAX_TRIES = 60;
const RETRY_MS = 500;

/** A machine that is slower than the rate gets less. */
const MAX_PENDING = 500;

const SID = 'fedcba98765432100123456789abcdef';

let store: ReleasedStore;
let sender: ReturnType<typeof sendSteadily> | undefined;
const gateways: AgoraGateway[] = [];

const directory = temporaryDirectory();
const config = join(directory.path, 'config.json');

beforeAll(async () => {
  const profile = {
    name: 'main',
    vendor: 1,
    region: 0,
    bucket: 'recordings',
    accessKey: 'a',
    secretKey: 's',
  };
  writeFileSync(config, JSON.stringify({ storageProfiles: [profile] }));
  store = await releasedStore(BASELINE, 'PostgreSQL');
});

afterAll(async () => {
  sender?.giveUp();
  await Promise.all(gateways.map((gateway) => gateway.kill('SIGKILL')));
  await store.database.remove();
  directory.remove();
});

/** Starts a gateway of this release, or of a later one with one more migration. */
async function start(release: 'this' | 'next'): Promise<AgoraGateway> {
  const url = new URL(store.database.url);
  if (release === 'next') url.searchParams.set('options', '-csearch_path=next,public');
  const hook = new URL('../support/faults/next-release.mjs', import.meta.url).href;
  const gateway = await startAgoraGateway(url.href, {
    appId: store.appId,
    env: { GATEWAY_CONFIG: config },
    ...(release === 'next' ? { nodeOptions: ['--import', hook], entry: UNBUNDLED.gateway } : {}),
  });
  gateways.push(gateway);
  return gateway;
}

/**
 * Sends notifications at a steady rate to the gateways in turn, as a load balancer does that has not noticed anything yet.
 * What is refused, or finds no gateway, is sent again to the next one.
 */
function sendSteadily(targets: AgoraGateway[]) {
  const statuses = new Map<number, number>();
  const acknowledged = new Set<number>();
  const lost = new Set<number>();
  const pending = new Set<Promise<void>>();
  let sent = 0;
  let isGivenUp = false;

  async function send(sequence: number): Promise<void> {
    for (let attempt = 0; attempt < MAX_TRIES && !isGivenUp; attempt += 1) {
      const target = targets[(sequence + attempt) % targets.length];
      if (target === undefined) throw new Error('No gateway to send to.');
      // A gateway that has ended refuses the connection; that is counted as 0.
      const status = await target.deliver({ sid: SID, sequence }).catch(() => 0);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (status === 200) {
        acknowledged.add(sequence);
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
    lost.add(sequence);
  }

  const startedAt = performance.now();
  const timer = setInterval(() => {
    const due = ((performance.now() - startedAt) / 1_000) * NOTIFICATIONS_PER_SECOND;
    while (sent < due && pending.size < MAX_PENDING) {
      const sending = send((sent += 1)).finally(() => pending.delete(sending));
      pending.add(sending);
    }
  }, 10);
  return {
    statuses,
    acknowledged,
    lost,
    /** Ends the sender after a failure. */
    giveUp() {
      clearInterval(timer);
      isGivenUp = true;
    },
    /** Ends the sender, once every notification has been acknowledged or given up. */
    async stop(): Promise<number> {
      clearInterval(timer);
      await Promise.all(pending);
      return sent;
    },
  };
}

async function storedSequences(): Promise<Set<number>> {
  const stored = new Set<number>();
  await administer(store.database.url, async (client) => {
    const { rows } = await client.query<{ sequence: string }>(
      `select content::json->'notification'->>'sequence' as sequence from next.observations
        where notice_id like '${SID}-%'`,
    );
    for (const { sequence } of rows) stored.add(Number(sequence));
  });
  return stored;
}

const steady = () => new Promise((resolve) => setTimeout(resolve, STEADY_MS));

const MUTATIONS = [
  'startRecording(input: { channel: "a", uid: "1", config: { composite: {} } })',
  'startRecording(input: { channel: "a", uid: "1", config: { composite: {} }, idempotencyKey: "k" })',
  'acquireResource(input: { channel: "a", uid: "1" })',
  'stopRecording(input: { recordingId: "ID" })',
  'updateRecording(input: { recordingId: "ID", change: { web: { paused: true } } })',
  'updateLayout(input: { recordingId: "ID" })',
  'refreshRecording(input: { recordingId: "ID" })',
];

describe('A rolling upgrade on PostgreSQL from the store of the first release', () => {
  it(`loses none of ${NOTIFICATIONS_PER_SECOND} notifications a second, and answers none with 500`, async () => {
    const old = [await start('this'), await start('this')];
    await Promise.all(old.map((gateway) => gateway.untilReady()));
    const targets = [...old];
    sender = sendSteadily(targets);
    await steady();
    // The store of the first release was migrated by gateways that serve at once: every step so far was compatible.
    expect([...sender.statuses.keys()]).toEqual([200]);

    const next = await start('next');
    await waitFor(() => next.output().includes('9999-moves-every-table'), { withinMs: 60_000 });
    await next.untilReady();
    targets.push(next);

    // The old gateways live, and say that they cannot serve any more.
    for (const [index, gateway] of old.entries()) {
      await waitFor(async () => !(await gateway.isReady()), { what: 'unreadiness' });
      expect((await fetch(`${gateway.url}/healthz`)).status).toBe(200);
      await waitFor(() => gateway.output().includes('"kind":"newer"'));
      expect(gateway.output()).toMatch(/The store has version 9999-moves-every-table/);
      const metrics = await (await fetch(`${gateway.url}/metrics`)).text();
      expect(metrics).toMatch(/^gateway_store_fault\{kind="newer"\} 1$/m);
      const id = store.recordings.find(({ phase }) => phase === 'RECORDING')?.id ?? '';
      for (const mutation of index === 0 ? MUTATIONS : MUTATIONS.slice(0, 1)) {
        const { errors, data } = await post<Record<string, { userErrors: object[] }>>(
          gateway.url,
          `mutation { ${mutation.replace('ID', id)} { userErrors { code retryable } } }`,
        );
        expect(errors).toBeUndefined();
        expect(Object.values(data)).toMatchObject([
          { userErrors: [{ code: 'STORE_UNAVAILABLE', retryable: true }] },
        ]);
      }
      const calls = await (await fetch(`${gateway.url}/metrics`)).text();
      expect(calls).not.toMatch(/^gateway_agora_calls_total\{operation="(acquire|start|stop)".* [1-9]/m);
      const read = await post(gateway.url, '{ recordings { edges { node { id } } } }');
      expect(read.errors).toMatchObject([{ extensions: { code: 'STORE_UNAVAILABLE' } }]);
    }
    await steady();

    // They are replaced one by one.
    expect(await old[0]?.kill()).toBe(0);
    const second = await start('next');
    await second.untilReady();
    targets.splice(0, 2, second);
    expect(await old[1]?.kill()).toBe(0);
    await steady();

    const sent = await sender.stop();
    const stored = await storedSequences();
    expect([...sender.acknowledged].filter((sequence) => !stored.has(sequence))).toEqual([]);
    expect([...sender.lost]).toEqual([]);
    expect(sender.acknowledged.size).toBe(sent);
    // 503 from a gateway that cannot serve, 0 from one that has ended; nothing else.
    expect([...sender.statuses.keys()].filter((status) => ![200, 503, 0].includes(status))).toEqual([]);
    expect(sender.statuses.get(503)).toBeGreaterThan(0);
    const { recording } = await request<{ recording: { delivery: { received: number } } }>(
      next.url,
      'query ($sid: String) { recording(by: { sid: $sid }) { delivery { received } } }',
      { sid: SID },
    );
    expect(recording.delivery.received).toBe(sent);
    console.log(`${sent} notifications; answers: ${JSON.stringify(Object.fromEntries(sender.statuses))}`);
  }, 300_000);
});
