import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAX_TOTAL_QUEUED_BYTES } from '../../src/http/outbox.js';
import { openReadySocket, type RawSocket } from '../support/raw-socket.js';
import { notificationSender } from '../support/agora/send-notification.js';
import { largeSized } from '../support/size.js';
import { openStage, type Stage } from '../support/stage.js';
import { waitFor } from '../support/wait-for.js';

const MEGABYTE = 1024 * 1024;

/** Pings with a payload that are sent to the gateway by a client that never reads. */
const PING_BYTES = 250_000;
const PINGS = largeSized(400, 2_400);

/** Stored JSON of one event; 7 of them make a reply of 5 MB. */
const EVENT_BYTES = 700_000;
const EVENTS = 7;

/** Sockets that never read, and the replies that each asks for. */
const SOCKETS = largeSized(8, 30);
const OPERATIONS = 90;

/** What a process may need more than before, garbage included. Without bounds 90 operations of one socket took 400 MB. */
const MAX_PING_GROWTH_BYTES = 150 * MEGABYTE;
const MAX_REPLY_GROWTH_BYTES = MAX_TOTAL_QUEUED_BYTES + 350 * MEGABYTE;

let stage: Stage;

beforeAll(async () => (stage = await openStage()));
afterAll(async () => await stage.close());

async function metric(name: string): Promise<number> {
  const text = await (await fetch(`${stage.gateway.url}/metrics`)).text();
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${name} `));
  return Number(line?.split(' ').at(-1) ?? 0);
}

const residentBytes = () => metric('process_resident_memory_bytes');
const queuedBytes = () => metric('gateway_sockets_queued_bytes');

/** The highest values that are seen while something happens. */
async function peaks(work: Promise<unknown>): Promise<{ resident: number; queued: number }> {
  const peak = { resident: 0, queued: 0 };
  let isDone = false;
  void work.finally(() => (isDone = true));
  while (!isDone) {
    peak.resident = Math.max(peak.resident, await residentBytes());
    peak.queued = Math.max(peak.queued, await queuedBytes());
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await work;
  return peak;
}

function report(what: string, before: number, after: number): void {
  console.log(`${what}: ${Math.round(before / MEGABYTE)} -> ${Math.round(after / MEGABYTE)} MiB`);
}

describe('The memory of the gateway', () => {
  it('does not grow with the payload of pings to a client that never reads', async () => {
    const client = await openReadySocket(stage.gateway.url);
    const before = await residentBytes();
    client.socket.pause();
    const ping = JSON.stringify({ type: 'ping', payload: { text: 'x'.repeat(PING_BYTES) } });
    const send = async () => {
      for (let index = 0; index < PINGS; index += 1) {
        await new Promise<void>((resolve) => client.socket.send(ping, () => resolve()));
      }
    };
    const { resident, queued } = await peaks(send());
    report(`${PINGS} pings of ${PING_BYTES} bytes`, before, resident);
    expect(queued).toBeLessThan(MEGABYTE);
    expect(resident - before).toBeLessThan(MAX_PING_GROWTH_BYTES);
    client.close();
  });

  it('is bounded however many replies clients ask for and never read, and all of it is given back', async () => {
    const notify = await notificationSender(stage);
    for (let index = 0; index < EVENTS; index += 1) {
      const payload = { cname: 'large', uid: '7', sid: 'f'.repeat(32), sequence: index, serviceType: 0 };
      const details = { msgName: 'recorder_slice_start', text: 'x'.repeat(EVENT_BYTES) };
      const notice = { noticeId: `large-${index}`, productId: 3, eventType: 45, notifyMs: index + 1 };
      expect(await notify({ ...notice, payload: { ...payload, sendts: index + 1, details } })).toBe(200);
    }
    const query = `{ recordings { edges { node { events(first: ${EVENTS}) { edges { node { raw } } } } } } }`;
    const before = await residentBytes();
    const clients: RawSocket[] = [];
    const ask = async () => {
      for (let index = 0; index < SOCKETS; index += 1) {
        const client = await openReadySocket(stage.gateway.url);
        clients.push(client);
        client.socket.pause();
        for (let id = 0; id < OPERATIONS; id += 1) client.subscribe(String(id), query);
      }
      // Clients that do not read are disconnected, so that the rest can be asked for.
      await waitFor(async () => (await metric('gateway_sockets')) === 0, { withinMs: 120_000 });
    };
    const { resident, queued } = await peaks(ask());
    report(`${SOCKETS} sockets of ${OPERATIONS} operations`, before, resident);
    expect(queued).toBeGreaterThan(MEGABYTE);
    expect(queued).toBeLessThan(MAX_TOTAL_QUEUED_BYTES + 16 * MEGABYTE);
    expect(resident - before).toBeLessThan(MAX_REPLY_GROWTH_BYTES);
    expect(await queuedBytes()).toBe(0);
    for (const client of clients) client.close();
  }, 180_000);
});
