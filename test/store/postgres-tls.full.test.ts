import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCertificate } from '../../packages/sandbox/src/tls/create-certificate.js';
import { openPostgres } from '../../src/store/drivers/postgres.js';
import { StoreUnavailableError } from '../../src/store/errors.js';
import { administer } from '../support/databases/databases.js';
import { type PostgresServer, startPostgresServer } from '../support/databases/postgres-server.js';
import { temporaryDirectory } from '../support/processes.js';

let server: PostgresServer;
const directory = temporaryDirectory();
const caFile = join(directory.path, 'ca.pem');
const otherCaFile = join(directory.path, 'other-ca.pem');

const ignore = () => undefined;
const EVENTS = { onFailure: ignore, onSlow: ignore, onSilence: ignore, onRestoreFinished: ignore };

const execute = (...statements: string[]) =>
  administer(server.url, async (client) => {
    for (const statement of statements) await client.query(statement);
  });

/** Writes a file of the server as its user, whom alone PostgreSQL lets read the key. */
const writeOnServer = (path: string, text: string) =>
  execute(
    `copy (select unnest(string_to_array('${text.replaceAll('\r', '')}', E'\\n'))) to program 'umask 077; cat > ${path}'`,
  );

async function restart(): Promise<void> {
  await server.stop();
  await server.start();
}

/** Connects as a gateway does; what an operator reads if that fails, and null otherwise. */
async function failureOf(
  parameters: string,
  { host = 'localhost', user = 'postgres' } = {},
): Promise<string | null> {
  const url = new URL(server.url);
  url.host = `${host}:${url.port}`;
  url.username = user;
  const database = openPostgres(`${url.href}?${parameters}`, EVENTS, null);
  try {
    await database.hold('gateway');
    return null;
  } catch (error) {
    if (!(error instanceof StoreUnavailableError)) throw error;
    return error.reason;
  } finally {
    await database.close();
  }
}

const withAuthority = (mode: string, file = caFile) =>
  `sslmode=${mode}&sslrootcert=${encodeURIComponent(file)}`;

beforeAll(async () => {
  server = await startPostgresServer();
});

afterAll(async () => {
  await server.close();
  directory.remove();
});

describe('A connection to a PostgreSQL without TLS', () => {
  it('fails where the address asks for TLS, and says so', async () => {
    expect(await failureOf('sslmode=disable')).toBeNull();
    expect(await failureOf('sslmode=no-verify')).toMatch(
      /^PostgreSQL does not offer TLS, .*write sslmode=disable in DATABASE_URL$/,
    );
  });
});

describe('A connection to a PostgreSQL with TLS', () => {
  beforeAll(async () => {
    const now = Date.now();
    const [{ key, cert, ca }, { ca: otherCa }] = await Promise.all([
      createCertificate(['localhost'], now),
      createCertificate(['localhost'], now),
    ]);
    writeFileSync(caFile, ca);
    writeFileSync(otherCaFile, otherCa);
    const { data, hba } = await new Promise<{ data: string; hba: string }>((resolve, reject) => {
      administer(server.url, async (client) => {
        const { rows } = await client.query<{ data: string; hba: string }>(
          `select current_setting('data_directory') as data, current_setting('hba_file') as hba`,
        );
        if (rows[0] !== undefined) resolve(rows[0]);
      }).catch(reject);
    });
    await writeOnServer(join(data, 'server.key'), key);
    await writeOnServer(join(data, 'server.crt'), cert);
    const rules = [
      'hostssl all encrypted all trust',
      'hostnossl all encrypted all reject',
      'host all all all trust',
    ];
    await writeOnServer(hba, rules.join('\n'));
    await execute('create role encrypted login', 'alter system set ssl = on');
    await restart();
  });

  it('is made where the certificate and the name of the server fit, or are not to be verified', async () => {
    expect(await failureOf(withAuthority('verify-full'))).toBeNull();
    expect(await failureOf('sslmode=no-verify', { host: '127.0.0.1' })).toBeNull();
    expect(
      await failureOf(`uselibpqcompat=true&${withAuthority('verify-ca')}`, { host: '127.0.0.1' }),
    ).toBeNull();
  });

  it('fails with a certificate that is not trusted, and names sslrootcert', async () => {
    const expected = /^The certificate of PostgreSQL is not trusted \(.+\)\. .*sslrootcert=FILE$/;
    expect(await failureOf('sslmode=verify-full')).toMatch(expected);
    expect(await failureOf(withAuthority('verify-full', otherCaFile))).toMatch(expected);
  });

  it('fails with the certificate of another host, and names the hosts of the certificate', async () => {
    expect(await failureOf(withAuthority('verify-full'), { host: '127.0.0.1' })).toMatch(
      /^The certificate of PostgreSQL is for other hosts \(DNS:localhost\)\. Write one that it names in DATABASE_URL$/,
    );
  });

  it('fails without TLS where the server demands it, and names sslmode', async () => {
    expect(await failureOf('sslmode=disable', { user: 'encrypted' })).toMatch(
      /^PostgreSQL refuses a connection without TLS \(.*\)\. Write sslmode=verify-full in DATABASE_URL$/,
    );
    expect(await failureOf(withAuthority('verify-full'), { user: 'encrypted' })).toBeNull();
  });

  it('fails with another error of the handshake, and says that it is the handshake', async () => {
    const oldest = (bound: string) => `alter system set ssl_${bound}_protocol_version = 'TLSv1'`;
    await execute(oldest('min'), oldest('max'));
    await restart();
    expect(await failureOf(withAuthority('verify-full'))).toMatch(
      /^The TLS handshake with PostgreSQL failed \(.+\)\. Check the parameters/,
    );
  });
});
