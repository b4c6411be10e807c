import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { cleanUpAfterEach } from '../support/clean-ups.js';
import { type AgoraGateway, startAgoraGateway } from '../support/agora/agora-gateway.js';
import { administer, postgresDatabase } from '../support/databases/databases.js';
import { post } from '../support/graphql-client.js';
import { waitFor } from '../support/wait-for.js';

const SID = 'a'.repeat(32);

const cleanUps = cleanUpAfterEach();

/** What an administrator changes under a running gateway, how it is undone, and the fault that it is. */
const CHANGES: [what: string, kind: string, change: string, repair: string][] = [
  [
    'its login may not read a table any more',
    'permission',
    'revoke select on observations from LOGIN',
    'grant select on observations to LOGIN',
  ],
  [
    'its login may not write a table any more',
    'permission',
    'revoke insert on observations from LOGIN',
    'grant insert on observations to LOGIN',
  ],
  [
    'its login may not use the schema any more',
    'schema',
    'revoke usage on schema public from public, LOGIN',
    'grant usage on schema public to public, LOGIN',
  ],
  [
    'a table is renamed',
    'schema',
    'alter table observations rename to renamed',
    'alter table renamed rename to observations',
  ],
  [
    'a column is renamed',
    'schema',
    'alter table observations rename column content to renamed',
    'alter table observations rename column renamed to content',
  ],
  [
    'each of its transactions becomes read-only',
    'read-only',
    'alter role LOGIN set default_transaction_read_only = on; select pg_terminate_backend(pid) from pg_stat_activity ' +
      "where usename = 'LOGIN'",
    'alter role LOGIN reset default_transaction_read_only',
  ],
];

const EVENTS = '{ recording(by: { sid: "SID" }) { events(first: 10) { edges { node { id } } } } }'.replace(
  'SID',
  SID,
);

async function metrics({ url }: AgoraGateway): Promise<string> {
  return await (await fetch(`${url}/metrics`)).text();
}

describe('A gateway on PostgreSQL', () => {
  const login = `gateway_${randomBytes(4).toString('hex')}`;

  it.each(CHANGES)(
    'is unready while %s (%s), and recovers without help',
    async (_what, kind, change, repair) => {
      const database = await postgresDatabase();
      cleanUps.push(() => database.remove());
      const asAdministrator = (statements: string) =>
        administer(database.url, async (client) => {
          await client.query(statements.replaceAll('LOGIN', login));
        });
      await asAdministrator(
        "create role LOGIN login password 'gateway'; grant create, usage on schema public to LOGIN",
      );
      cleanUps.push(() => asAdministrator('drop owned by LOGIN cascade; drop role LOGIN'));
      const url = new URL(database.url);
      url.username = login;
      url.password = 'gateway';
      const gateway = await startAgoraGateway(url.href);
      cleanUps.push(() => gateway.kill('SIGKILL'));
      await gateway.untilReady();
      expect(await gateway.deliver({ sid: SID, sequence: 0 })).toBe(200);
      expect((await post(gateway.url, EVENTS)).errors).toBeUndefined();

      await asAdministrator(change);
      const answers = new Set<unknown>();
      let sequence = 0;
      // Whatever asks first, with nothing but retryable answers.
      await waitFor(
        async () => {
          const { errors } = await post(gateway.url, EVENTS);
          for (const { extensions } of errors ?? []) answers.add(extensions?.code);
          const status = await gateway.deliver({ sid: SID, sequence: (sequence += 1) });
          answers.add(status);
          return status === 503;
        },
        { what: '503' },
      );
      expect(
        [...answers].filter((each) => ![200, 503, 'STORE_UNAVAILABLE'].includes(each as number)),
      ).toEqual([]);
      await waitFor(async () => (await metrics(gateway)).includes(`gateway_store_fault{kind="${kind}"} 1`), {
        what: `the fault ${kind}`,
      });
      expect((await fetch(`${gateway.url}/readyz`)).status).toBe(503);
      expect((await fetch(`${gateway.url}/healthz`)).status).toBe(200);
      expect(gateway.output()).toMatch(new RegExp(`"kind":"${kind}".*"msg":"store unavailable`));
      // It stays so for several of its probes, which must not succeed by what they happen to look at.
      const outages = (text: string) => /^gateway_store_outages_total (\d+)$/m.exec(text)?.[1];
      const before = outages(await metrics(gateway));
      for (let probe = 0; probe < 30; probe += 1) {
        expect(await gateway.isReady()).toBe(false);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      expect(outages(await metrics(gateway))).toBe(before);

      await asAdministrator(repair);
      await gateway.untilReady();
      // A connection from before the repair may fail once more; Agora sends the notification again.
      await waitFor(async () => (await gateway.deliver({ sid: SID, sequence: sequence + 1 })) === 200, {
        what: 'a notification that is stored',
      });
      await waitFor(async () => !(await metrics(gateway)).includes('gateway_store_fault{'), {
        what: 'the end of the fault',
      });
      expect((await post(gateway.url, EVENTS)).errors).toBeUndefined();
      expect(await gateway.kill()).toBe(0);
    },
    120_000,
  );
});
