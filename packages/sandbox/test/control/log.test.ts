import { describe, expect, it } from 'vitest';
import { type Json, openSandbox, startReceiver, waitFor } from '../support/sandbox.js';

async function openLogged(answer?: Parameters<typeof startReceiver>[0]) {
  const receiver = await startReceiver(answer);
  const lines: Json[] = [];
  const sandbox = await openSandbox({
    webhookUrl: receiver.url,
    log: (level, event, fields) => lines.push({ level, event, ...fields }),
  });
  return { sandbox, lines, of: (event: string) => lines.filter((line) => line.event === event) };
}

describe('The log', () => {
  it('has a line for each call, with its subject and its status', async () => {
    const { sandbox, of } = await openLogged();
    const { sid } = await sandbox.record('red', '5');
    await sandbox.control('POST', '/faults', { operation: 'query', drop: 'reply' });
    await expect(sandbox.query({ cname: 'red', uid: '5', sid, resourceId: 'x' })).rejects.toThrow();
    expect(of('call')).toMatchObject([
      { level: 'info', operation: 'acquire', httpStatus: 200, cname: 'red', uid: '5', sid: null },
      { level: 'info', operation: 'start', httpStatus: 200, cname: 'red', uid: '5', sid },
      { level: 'info', operation: 'query', httpStatus: null, sid },
    ]);
    expect(of('call').every(({ requestId, tookMs }) => requestId !== '' && Number(tookMs) >= 0)).toBe(true);
    expect(of('control')).toMatchObject([{ method: 'POST', path: '/sandbox/faults', httpStatus: 201 }]);
  });

  it('has a line for each delivery, and for each lost notification', async () => {
    const { sandbox, of } = await openLogged((_arrival, index) => (index === 0 ? 500 : 200));
    const { sid } = await sandbox.record();
    await sandbox.step(2_050);
    await waitFor(() => of('notification.delivered')[0], 'the delivery');
    const [failed] = of('notification.failed');
    expect(failed).toMatchObject({ sid, eventType: 40, attempt: 1, httpStatus: 500, retryInMs: 0 });
    expect(of('notification.delivered')).toMatchObject([
      { sid, eventType: 40, attempt: 2, httpStatus: 200, noticeId: failed?.noticeId },
    ]);
    expect(of('receiver.fails')).toMatchObject([{ level: 'warn' }]);
    expect(of('receiver.answers')).toMatchObject([{ level: 'info' }]);
    await sandbox.control('PUT', '/notifications', { loss: 1 });
    await sandbox.step(100);
    expect(of('notification.lost')).toMatchObject([{ sid, eventType: 30 }]);
  });

  it('has a line for each assumption that the behaviour follows, once until the assumptions change', async () => {
    const { sandbox, of } = await openLogged();
    const used = (name: string) => of('assumption.used').filter(({ assumption }) => assumption === name);
    await sandbox.control('GET', '/assumptions');
    expect(of('assumption.used')).toEqual([]);
    const recording = await sandbox.record();
    const { sid } = await sandbox.record('red', '5');
    expect(used('noEventThirteen')).toEqual([]);
    await sandbox.step(10_000);
    expect(used('noEventThirteen')).toMatchObject([{ level: 'info', holds: true, changed: false }]);
    expect(used('alreadyStartedLacksSid')).toEqual([]);
    await sandbox.control('PUT', '/assumptions', { alreadyStartedLacksSid: false });
    for (let time = 0; time < 2; time += 1) expect((await sandbox.start(recording)).status).toBe(201);
    expect(used('alreadyStartedLacksSid')).toMatchObject([{ holds: false, changed: true }]);
    await sandbox.control('DELETE', '');
    await sandbox.record('red', '5');
    await sandbox.step(10_000);
    expect(used('noEventThirteen')).toHaveLength(2);
    expect(sid).toBeTruthy();
  });

  it('contains no secrets', async () => {
    const { sandbox, lines } = await openLogged();
    const recording = await sandbox.record('red', '5', { token: '007token-canary' });
    await sandbox.control('PUT', '/notifications', {
      webhookUrl: 'http://user:canary-2@127.0.0.1:9/canary-3',
    });
    await sandbox.step(10_000);
    await sandbox.agora('GET', '/v1/ncs/ip?canary-4', undefined, { authorization: 'Basic canary-5' });
    await sandbox.control('POST', '/faults', { operation: 'canary-6' });
    await sandbox.control('POST', '/notifications/check');
    await sandbox.query(recording);
    await expect.poll(() => lines.some(({ event }) => event === 'receiver.fails')).toBe(true);
    const text = JSON.stringify(lines);
    const { customerSecret, webhookSecret, storage } = sandbox.info;
    const { accessKey, secretKey } = storage as Record<string, string>;
    expect(text).not.toContain('canary');
    for (const secret of [customerSecret, webhookSecret, accessKey!, secretKey!]) {
      expect(text).not.toContain(secret);
    }
  });
});
