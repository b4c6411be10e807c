import { DatabaseSync } from '@photostructure/sqlite';
import { describe, expect, it } from 'vitest';
import { type Log } from '../../src/log.js';
import { INDIVIDUAL, recordEach, recordPage, RTMP_URL, serviceIn, webPage } from '../support/modes.js';
import { openSandbox, startReceiver, temporaryFile } from '../support/sandbox.js';

/** Changes the data file of a sandbox that is closed. */
function change(dataFile: string, sql: string): void {
  const database = new DatabaseSync(dataFile);
  database.exec(sql);
  database.close();
}

describe('A sandbox that is restarted with its data', () => {
  it('continues its tasks, its project and its clock', async () => {
    const dataFile = temporaryFile();
    const receiver = await startReceiver();
    const first = await openSandbox({ dataFile, webhookUrl: receiver.url });
    const recording = await first.record();
    await first.step(5_000);
    await first.close();

    const second = await openSandbox({ dataFile, webhookUrl: receiver.url, speed: undefined });
    expect(second.info).toEqual({ ...first.info, clock: expect.anything() as unknown });
    expect(second.info.clock.speed).toBe(0.001);
    expect(second.info.clock.nowMs).toBeGreaterThanOrEqual(first.info.clock.nowMs + 5_000);
    expect((await second.query(recording)).body.serverResponse).toEqual({ status: 4 });
    await second.step(5_000);
    expect((await second.query(recording)).body.serverResponse).toMatchObject({ status: 5 });
    await second.stop(recording, { async_stop: true });
    await second.step(5_000);
    await receiver.next(11);
    expect(receiver.types()).toEqual([40, 30, 42, 43, 44, 4, 3, 41, 33, 31, 11]);
    expect((await second.start(recording)).status).toBe(201);
  });

  it('continues tasks of every mode', async () => {
    const dataFile = temporaryFile();
    const receiver = await startReceiver();
    const first = await openSandbox({ dataFile, webhookUrl: receiver.url });
    const snapshotConfig = { captureInterval: 30, fileType: ['jpg'] };
    const each = await recordEach(first, { ...INDIVIDUAL, snapshotConfig });
    const page = await recordPage(first, webPage({ maxRecordingHour: 1 }, [RTMP_URL]));
    await first.step(40_000);
    await first.update(page, { webRecordingConfig: { onhold: true } }, 'web');
    await first.close();

    const second = await openSandbox({ dataFile, webhookUrl: receiver.url });
    expect(await second.truth(each.sid)).toMatchObject({ mode: 'individual', snapshots: 1 });
    expect(serviceIn(await second.query(page, 'web'), 'web_recorder_service')?.onhold).toBe(true);
    expect(serviceIn(await second.query(page, 'web'), 'rtmp_publish_service')?.outputs).toEqual([
      { rtmpUrl: RTMP_URL, status: 'onhold' },
    ]);
    await second.step(30_000);
    expect((await second.truth(each.sid)).snapshots).toBe(2);
    await second.step(3_600_000);
    expect(await second.truth(page.sid)).toMatchObject({ phase: 'ended', stopCode: 1 });
  });

  it('runs what became due while it was down, with the original times', async () => {
    const dataFile = temporaryFile();
    const receiver = await startReceiver();
    let now = 1_800_000_000_000;
    const options = { dataFile, webhookUrl: receiver.url, realNow: () => now, speed: 1 };
    const first = await openSandbox(options);
    const { sid } = await first.record();
    await first.close();
    now += 65_000;
    const second = await openSandbox(options);
    expect(await second.truth(sid)).toMatchObject({ status: 5, phase: 'recording' });
    expect((await receiver.next(33)).payload.sendts).toBe(1_800_000_063_000);
  });

  it('delivers pending notifications', async () => {
    const dataFile = temporaryFile();
    const receiver = await startReceiver();
    const first = await openSandbox({ dataFile, webhookUrl: receiver.url });
    await first.control('PUT', '/notifications', { delayMs: 60_000 });
    await first.record();
    await first.step(10_000);
    await first.close();
    expect(receiver.arrivals).toEqual([]);
    const second = await openSandbox({ dataFile, webhookUrl: receiver.url });
    await second.step(60_000);
    await receiver.next(3);
    expect(receiver.types()).toEqual([40, 30, 42, 43, 44, 4, 3]);
  });

  it.each([
    ['is not JSON', 'tasks', "'{'", 'not valid JSON'],
    ['lacks a property', 'tasks', "json_remove(value, '$.actions')", 'unexpected value of actions'],
    ['has another type', 'deliveries', "json_set(value, '$.dueAt', 'soon')", 'unexpected value of dueAt'],
    ['is not an object', 'resources', "'7'", 'unexpected value of the whole'],
  ])('continues without each row that %s (%s), and logs it', async (_what, table, damaged, problem) => {
    const dataFile = temporaryFile();
    const first = await openSandbox({ dataFile });
    await first.control('PUT', '/notifications', { delayMs: 60_000 });
    const recording = await first.record();
    await first.step(10_000);
    await first.close();
    change(dataFile, `UPDATE ${table} SET value = ${damaged}`);

    const warnings: unknown[] = [];
    const log: Log = (level, event, fields) => {
      if (level === 'warn' && event.startsWith('store.')) warnings.push([event, fields]);
    };
    const second = await openSandbox({ dataFile, log });
    const unreadable = { table, key: expect.anything() as unknown, problem };
    expect(warnings.length).toBeGreaterThan(0);
    for (const warning of warnings) expect(warning).toEqual(['store.unreadable', unreadable]);
    expect((await second.query(recording)).status).toBe(table === 'tasks' ? 404 : 200);
    await second.record('another');
    await second.close();

    warnings.length = 0;
    await openSandbox({ dataFile, log });
    expect(warnings).toEqual([]);
  });

  it('uses the default for a setting that it cannot read, and logs which', async () => {
    const dataFile = temporaryFile();
    const first = await openSandbox({ dataFile });
    await first.control('PUT', '/assumptions', { noEventThirteen: false });
    await first.close();
    change(dataFile, `UPDATE settings SET value = '{"no":"boolean"}' WHERE name = 'changedAssumptions'`);

    const lines: unknown[] = [];
    const second = await openSandbox({ dataFile, log: (...line) => lines.push(line) });
    expect(lines).toContainEqual([
      'warn',
      'store.unreadable',
      expect.objectContaining({ table: 'settings', key: 'changedAssumptions' }),
    ]);
    expect((await second.control('GET', '/assumptions')).body).toMatchObject({ noEventThirteen: true });
    expect(second.info.appId).toBe(first.info.appId);
  });

  it('drops the tasks of another format, keeps its project, and logs the format', async () => {
    const dataFile = temporaryFile();
    const first = await openSandbox({ dataFile });
    const recording = await first.record();
    await first.close();
    change(dataFile, 'PRAGMA user_version = 1');

    const lines: unknown[] = [];
    const second = await openSandbox({ dataFile, log: (...line) => lines.push(line) });
    expect(lines).toContainEqual(['warn', 'store.dropped', { format: 1, expected: 2 }]);
    expect((await second.query(recording)).status).toBe(404);
    expect(second.info.appId).toBe(first.info.appId);
  });

  it('refuses a data file that another sandbox uses', async () => {
    const dataFile = temporaryFile();
    await openSandbox({ dataFile });
    await expect(openSandbox({ dataFile })).rejects.toThrow(/locked|busy/i);
  });
});
