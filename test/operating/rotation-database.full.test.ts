import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { administer } from '../support/databases/databases.js';
import { type PostgresServer, startPostgresServer } from '../support/databases/postgres-server.js';
import { notificationSender, type SendNotification } from '../support/agora/send-notification.js';
import { run, temporaryDirectory } from '../support/processes.js';
import { openStage, type Stage } from '../support/stage.js';
import { waitFor } from '../support/wait-for.js';

let server: PostgresServer;
let stage: Stage;
let send: SendNotification;
const directory = temporaryDirectory();
const urlFile = join(directory.path, 'database-url');
let sent = 0;

function writeUrl(user: string, password: string): void {
  const url = new URL(server.url);
  url.username = user;
  url.password = password;
  writeFileSync(urlFile, `${url.href}\n`);
}

const execute = (statements: string) =>
  administer(server.url, async (client) => {
    await client.query(statements);
  });

/** Ends every connection of the gateway, so that it must make new ones. */
const endConnections = () =>
  execute(`select pg_terminate_backend(pid) from pg_stat_activity where usename like 'gateway%'`);

/** Everyone but the administrator must give a password. */
async function requirePasswords(): Promise<void> {
  await administer(server.url, async (client) => {
    const { rows } = await client.query<{ hba_file: string }>('show hba_file');
    const lines = 'host all postgres 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256';
    await client.query(
      `copy (select unnest(string_to_array('${lines}', E'\\n'))) to '${rows[0]?.hba_file}' (format text)`,
    );
    await client.query('select pg_reload_conf()');
  });
}

const notify = () =>
  send({
    noticeId: `notice-${(sent += 1)}`,
    productId: 3,
    eventType: 40,
    notifyMs: Date.now(),
    payload: {
      cname: 'lesson',
      uid: '7',
      sid: '7f0b2d3c4e6a7b8c9d0e1f2a3b4c5d6e',
      sequence: sent,
      sendts: Date.now(),
      serviceType: 1,
      details: { msgName: 'recorder_started' },
    },
  });

const works = () => waitFor(async () => (await notify()) === 200, { withinMs: 30_000 });

async function outages(): Promise<number> {
  const text = await (await fetch(`${stage.gateway.url}/metrics`)).text();
  return Number(/^gateway_store_outages_total (.+)$/m.exec(text)?.[1]);
}

beforeAll(async () => {
  server = await startPostgresServer();
  await execute(`
    create role gateway login password 'canary-one';
    create role gateway2 login password 'canary-two' in role gateway;
    grant all on schema public to gateway`);
  await requirePasswords();
  writeUrl('gateway', 'canary-one');
  stage = await openStage({ env: { DATABASE_URL: '', DATABASE_URL_FILE: urlFile, LOG_LEVEL: 'info' } });
  send = await notificationSender(stage);
});

afterAll(async () => {
  await stage.close();
  await server.close();
  directory.remove();
});

describe('A gateway whose database password is replaced, first in the file and then in the database,', () => {
  it('keeps working through both steps, without a signal or a restart', async () => {
    await works();
    // The password in the file is ahead of the database's: new connections use the one that was accepted before.
    writeUrl('gateway', 'canary-new');
    await endConnections();
    await works();
    const before = await outages();
    for (let round = 0; round < 20; round += 1) expect(await notify()).toBe(200);

    await execute(`alter role gateway password 'canary-new'`);
    for (let round = 0; round < 20; round += 1) expect(await notify()).toBe(200);
    expect(await outages()).toBe(before);
    await endConnections();
    await works();
  }, 120_000);
});

describe('A gateway whose database password is replaced in the database first', () => {
  it('works again as soon as the file holds the new one', async () => {
    await execute(`alter role gateway password 'canary-newest'`);
    await endConnections();
    await waitFor(async () => (await fetch(`${stage.gateway.url}/readyz`)).status === 503);
    writeUrl('gateway', 'canary-newest');
    await works();
    await waitFor(async () => (await fetch(`${stage.gateway.url}/readyz`)).ok, { withinMs: 30_000 });
  }, 120_000);
});

describe('A gateway whose database user is replaced in the file', () => {
  it('makes its next connections as the new user', async () => {
    writeUrl('gateway2', 'canary-two');
    await endConnections();
    await works();
    await administer(server.url, async (client) => {
      const { rows } = await client.query<{ usename: string }>(
        `select distinct usename from pg_stat_activity where usename like 'gateway%'`,
      );
      expect(rows).toEqual([{ usename: 'gateway2' }]);
    });
  }, 120_000);

  it('backs the store up with the login that the file names', async () => {
    const backup = async (name: string) => {
      const environment = { DATABASE_URL: '', DATABASE_URL_FILE: urlFile };
      const command = run('dist/cli.js', environment, undefined, [], ['backup', join(directory.path, name)]);
      return { code: await command.exited, output: command.output() };
    };
    expect(await backup('with-login')).toMatchObject({ code: 0 });
    writeUrl('gateway2', 'canary-wrong');
    const refused = await backup('without-login');
    expect(refused.code).toBe(74);
    expect(refused.output).not.toContain('canary');
    writeUrl('gateway2', 'canary-two');
  }, 120_000);

  it('shows no password in its log', () => {
    expect(stage.gateway.output()).not.toContain('canary');
  });
});
