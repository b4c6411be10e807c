import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { freePort, runSandbox } from '../../../../test/support/processes.js';
import { largeSized } from '../../../../test/support/size.js';
import { waitFor } from '../../../../test/support/wait-for.js';
import { recordEach } from '../support/modes.js';
import {
  type Client,
  clientOf,
  type Notice,
  onEnd,
  openSandbox,
  type Recording,
  temporaryFile,
} from '../support/sandbox.js';

const TASKS = largeSized(20, 50);

/** Duration of the load, and of the warm-up before memory is measured. Real seconds. */
const SECONDS = largeSized(10, 60);
const WARM_UP_SECONDS = largeSized(5, 30);
const MEMORY_READINGS = largeSized(3, 10);

/** A screenshot of each user every five seconds: four notifications a second from each task. */
const USERS = 20;
const CAPTURE_SECONDS = 5;
const PER_SECOND = (TASKS * USERS) / CAPTURE_SECONDS;

/** Resident memory may grow by this share during the load: garbage that is not collected yet. */
const MAX_GROWTH = 0.25;

/** Below Agora's ten calls a second. */
const CALL_GAP_MS = 125;

const publishers = Array.from({ length: USERS }, (_, index) => ({
  ...{ uid: String(100 + index), audio: true, video: true },
}));

const SNAPSHOTS = {
  recordingConfig: { channelType: 1, subscribeUidGroup: 4 },
  snapshotConfig: { captureInterval: CAPTURE_SECONDS, fileType: ['jpg'] },
};

/** Counts what arrives, by recording and number. */
async function startCounter() {
  const numbers = new Map<string, number[]>();
  let total = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { payload } = JSON.parse(Buffer.concat(chunks).toString()) as Notice;
      const seen = numbers.get(payload.sid);
      if (seen === undefined) numbers.set(payload.sid, [payload.sequence]);
      else seen.push(payload.sequence);
      total++;
      response.end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onEnd(() => {
    server.closeAllConnections();
    server.close();
  });
  const numbersOf = (sid: string) => (numbers.get(sid) ?? []).toSorted((left, right) => left - right);
  return { port: (server.address() as AddressInfo).port, total: () => total, numbersOf };
}

/** The minimum of a few readings in KiB, to leave out garbage. */
async function residentMemory(pid: number): Promise<number> {
  const readings: number[] = [];
  for (let reading = 0; reading < MEMORY_READINGS; reading++) {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
    readings.push(Number(stdout));
    await sleep(200);
  }
  return Math.min(...readings);
}

async function startAll(client: Client): Promise<Recording[]> {
  const recordings: Recording[] = [];
  for (let index = 0; index < TASKS; index++) {
    const cname = `panel-${index}`;
    await client.control('PUT', `/channels/${cname}`, { publishers });
    recordings.push(await recordEach(client, SNAPSHOTS, cname));
    await sleep(2 * CALL_GAP_MS);
  }
  return recordings;
}

/** Notifications of one step; at most ten thousand may wait. */
const SENT_BY_STEP = largeSized(2_000, 15_000);

describe('The sandbox under load', () => {
  it('drops nothing in a long step, and answers requests during it', { timeout: 120_000 }, async () => {
    const receiver = await startCounter();
    const sandbox = await openSandbox({ webhookUrl: `http://127.0.0.1:${receiver.port}/` });
    await sandbox.control('PUT', '/channels/panel-0', { publishers });
    const { sid } = await recordEach(sandbox, SNAPSHOTS, 'panel-0');
    const clock = async () => Number((await sandbox.control('GET', '/clock')).body.nowMs);
    const from = await clock();
    const stepMs = (SENT_BY_STEP / USERS) * CAPTURE_SECONDS * 1_000;
    let done = false;
    const stepping = sandbox.step(stepMs).then(() => (done = true));
    const readings: number[] = [];
    while (!done) {
      readings.push((await clock()) - from);
      await sleep(10);
    }
    await stepping;
    expect(readings.some((passed) => passed > 0 && passed < stepMs)).toBe(true);
    expect(await clock()).toBeGreaterThanOrEqual(from + stepMs);
    const { sent } = (await sandbox.truth(sid)).notifications as { sent: number };
    expect(sent).toBeGreaterThan(SENT_BY_STEP * 0.95);
    await waitFor(() => receiver.total() === sent);
    expect((await sandbox.control('GET', '/recordings')).body.deliveries).toMatchObject({ dropped: 0 });
  });

  it(
    `sends ${PER_SECOND} notifications a second for ${TASKS} recordings, each event once, in constant memory`,
    { timeout: (SECONDS + WARM_UP_SECONDS + TASKS + 60) * 1_000 },
    async () => {
      const receiver = await startCounter();
      const sandbox = await runSandbox({
        port: await freePort(),
        gatewayPort: receiver.port,
        dataFile: temporaryFile(),
      });
      onEnd(() => sandbox.kill());
      const client = await clientOf(sandbox);
      const recordings = await startAll(client);
      // Until the last one has its first file.
      await client.step(8_000);
      await sleep(WARM_UP_SECONDS * 1_000);

      const before = { memory: await residentMemory(sandbox.child.pid!), total: receiver.total() };
      const began = performance.now();
      for (let call = 0; performance.now() - began < SECONDS * 1_000; call++) {
        const { status, body } = await client.query(recordings[call % TASKS]!, 'individual');
        expect([status, body.serverResponse]).toEqual([200, expect.objectContaining({ status: 5 })]);
        await sleep(CALL_GAP_MS);
      }
      const seconds = (performance.now() - began) / 1_000;
      const sent = receiver.total() - before.total;
      const memory = await residentMemory(sandbox.child.pid!);
      console.log(
        `${TASKS} recordings, ${(sent / seconds).toFixed(0)} notifications a second for ${seconds.toFixed(0)} s; ` +
          `resident memory ${Math.round(before.memory / 1024)} MiB, then ${Math.round(memory / 1024)} MiB`,
      );
      // The last screenshots of a task may fall just outside the measured time.
      expect(sent / seconds).toBeGreaterThan(PER_SECOND * (1 - CAPTURE_SECONDS / (2 * SECONDS)));
      expect(memory).toBeLessThan(before.memory * (1 + MAX_GROWTH));

      for (const recording of recordings) {
        expect((await client.stop(recording, { async_stop: true }, 'individual')).status).toBe(200);
        await sleep(CALL_GAP_MS);
      }
      await client.step(5_000);
      for (const { sid } of recordings) {
        const { notifications, sequences } = await waitFor(async () => {
          const truth = await client.truth(sid);
          const { sent, delivered } = truth.notifications as Record<string, number>;
          return truth.phase === 'ended' && sent === delivered && truth;
        });
        const [count] = Object.values(sequences as Record<string, number>);
        expect(notifications).toEqual({ sent: count, delivered: count, lost: 0, gaveUp: 0 });
        expect(receiver.numbersOf(sid)).toEqual(Array.from({ length: count! }, (_, number) => number));
      }
      const { deliveries } = (await client.control('GET', '/recordings')).body;
      expect(deliveries).toEqual({ waiting: 0, inFlight: 0, dropped: 0 });
      expect(sandbox.output()).not.toMatch(/"level":(40|50|60)/);
    },
  );
});
