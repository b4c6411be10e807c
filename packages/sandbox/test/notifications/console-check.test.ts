import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { EVENT_TYPES } from '@agora-recording-gateway/agora/tables/event-types';
import { type Client, onEnd, openSandbox, openWithReceiver } from '../support/sandbox.js';
import { FULL } from '../../../../test/support/size.js';

interface Report {
  webhookUrl: string;
  success: boolean;
  events: { eventType: number; success: boolean; httpCode: number; error: string; response: string }[];
}

async function check(sandbox: Client): Promise<Report> {
  const { status, body } = await sandbox.control('POST', '/notifications/check');
  expect(status).toBe(200);
  return body as unknown as Report;
}

/** A receiver that reads every request and never answers. */
async function startSilentReceiver() {
  const times: number[] = [];
  const server = createServer((request) => {
    request.resume();
    times.push(performance.now());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onEnd(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, times };
}

describe('The check of the console', () => {
  it('sends one invented event of each type, signed, and reports each answer', async () => {
    const { sandbox, receiver } = await openWithReceiver();
    const report = await check(sandbox);
    const types = EVENT_TYPES.map(({ code }) => code);
    expect(report).toMatchObject({ webhookUrl: receiver.url, success: true });
    expect(report.events).toEqual(
      types.map((eventType) => ({ eventType, success: true, httpCode: 200, error: '', response: '{}' })),
    );
    expect(receiver.arrivals.map(({ notice }) => notice.eventType).sort()).toEqual([...types].sort());
    expect(receiver.arrivals.every(sandbox.isSigned)).toBe(true);
    expect(receiver.arrivals.every(({ notice }) => notice.payload.cname === 'test_webhook')).toBe(true);
    expect((await sandbox.control('GET', '/recordings')).body.recordings).toEqual([]);
  });

  it('sends only the subscribed types, once, regardless of loss and repetition', async () => {
    const { sandbox, receiver } = await openWithReceiver({}, ({ notice }) =>
      notice.eventType === 31 ? 401 : 200,
    );
    await sandbox.control('PUT', '/notifications', { events: [40, 31, 4711], loss: 1, repetition: 1 });
    const { success, events } = await check(sandbox);
    expect(success).toBe(false);
    expect(events.map(({ eventType, httpCode }) => [eventType, httpCode])).toEqual([
      [40, 200],
      [31, 401],
      [4711, 200],
    ]);
    expect(receiver.arrivals).toHaveLength(3);
  });

  it('shows 591 for an unknown name, 592 for a TLS error, and the reason for a missing answer', async () => {
    const { sandbox, receiver } = await openWithReceiver();
    const codeFor = async (webhookUrl: string) => {
      await sandbox.control('PUT', '/notifications', { webhookUrl, events: [40] });
      return (await check(sandbox)).events[0]!;
    };
    expect((await codeFor('http://no-such-host.invalid/')).httpCode).toBe(591);
    expect((await codeFor(receiver.url.replace('http:', 'https:'))).httpCode).toBe(592);
    const refused = await codeFor('http://127.0.0.1:9/');
    expect(refused).toMatchObject({
      httpCode: 590,
      error: expect.stringContaining('ECONNREFUSED') as string,
    });
  });

  it.runIf(FULL)(
    'shows 590 after ten seconds, when a notification is also retried, and refuses a second check meanwhile',
    async () => {
      const silent = await startSilentReceiver();
      const sandbox = await openSandbox({ webhookUrl: silent.url });
      await sandbox.control('PUT', '/notifications', { events: [40] });
      const { sid } = await sandbox.record();
      await sandbox.step(3_000);
      await expect.poll(() => silent.times.length).toBe(1);
      const checking = check(sandbox);
      await expect.poll(() => silent.times.length).toBe(2);
      expect((await sandbox.control('POST', '/notifications/check')).status).toBe(409);
      const { events } = await checking;
      expect(events).toMatchObject([{ eventType: 40, success: false, httpCode: 590, response: '' }]);
      expect(events[0]?.error).toContain('10 s');
      await expect.poll(() => silent.times.length).toBe(3);
      expect(silent.times[2]! - silent.times[0]!).toBeGreaterThanOrEqual(9_900);
      expect((await sandbox.truth(sid)).notifications).toMatchObject({ sent: 1, delivered: 0, gaveUp: 0 });
    },
  );
});
