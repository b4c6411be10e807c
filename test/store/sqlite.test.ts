import { execFileSync } from 'node:child_process';
import { hostname } from 'node:os';
import { describe, expect, it } from 'vitest';
import { StoreHeldError } from '../../src/store/errors.js';
import { notification } from '../recordings/observations.js';
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
