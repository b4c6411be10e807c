import { execFileSync } from 'node:child_process';
import { existsSync, symlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { describe, expect, it } from 'vitest';
import { StoreHeldError } from '../../src/store/errors.js';
import { openStore } from '../../src/store/store.js';
import { APP_ID, notification } from '../recordings/observations.js';
import { storeDatabase } from './support.js';

const incoming: typeof notification = (type, details, about) =>
  notification(type, details, { recordingId: null, ...about });

describe('a SQLite file that is in use', () => {
  it('refuses a second gateway and names the process that has it, until that one closes it', async () => {
    const file = await storeDatabase('SQLite');
    const first = await file.open();
    const refused = file.open();
    await expect(refused).rejects.toThrow(StoreHeldError);
    await expect(refused).rejects.toThrow(`process ${process.pid} on ${hostname()}`);
    await first.record(incoming(40));
    await first.close();
    const second = await file.open();
    expect(await second.head()).toBe(1);
  });

  it('refuses a second gateway that names it by a symbolic link', async () => {
    const file = await storeDatabase('SQLite');
    await file.open();
    const path = file.url.slice('file:'.length);
    symlinkSync(path, `${path}-link`);
    const linked = openStore({
      databaseUrl: `file:${path}-link`,
      appIds: [APP_ID],
      mintId: () => 'new',
      mintKey: () => 'key',
    });
    await expect(linked).rejects.toThrow(StoreHeldError);
    expect(existsSync(`${path}-link.lock`)).toBe(false);
  });

  it('is free again when the process that had it was killed', async () => {
    const file = await storeDatabase('SQLite');
    const hold = `
      import { DatabaseSync } from '@photostructure/sqlite';
      const lock = new DatabaseSync(${JSON.stringify(`${file.url.slice('file:'.length)}.lock`)});
      lock.exec('create table holder (pid integer, host text, since text)');
      lock.exec("insert into holder values (1, 'gone', 'then')");
      lock.exec('begin immediate');
      process.kill(process.pid, 'SIGKILL');
    `;
    expect(() => execFileSync(process.execPath, ['--input-type=module', '-e', hold])).toThrow();
    const store = await file.open();
    expect(await store.head()).toBe(0);
  });
});
