import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { agoraAccount } from '../../src/process/account.js';
import { createReload } from '../../src/process/reload.js';
import { type Environment } from '../../src/settings/environment.js';
import { requireSettings } from '../../src/settings/settings.js';
import { type Log } from '../../src/telemetry/log.js';
import { AGORA, APP_ID, OTHER_APP_ID, temporaryFiles } from './support.js';

const files = temporaryFiles();
afterAll(() => files.remove());

const publicKey = () =>
  generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  }).publicKey;

const DOCUMENT = 'query A { __typename }';

/** A gateway's files with their first contents. */
function writeFiles() {
  const paths = {
    database: files.file('postgres://gateway:one@db.example.com/recordings'),
    key: files.file(publicKey()),
    documents: files.file(JSON.stringify({ a: DOCUMENT })),
    media: files.file('one'),
    config: files.file(JSON.stringify({ projects: [{ appId: OTHER_APP_ID }] })),
  };
  const environment: Environment = {
    ...AGORA,
    DATABASE_URL_FILE: paths.database,
    AUTH: 'jwt',
    AUTH_JWT_PUBLIC_KEY_FILE: paths.key,
    AUTH_ISSUER: 'https://id.example.com/',
    AUTH_AUDIENCE: 'recordings',
    TRUSTED_DOCUMENTS: paths.documents,
    MEDIA_SECRET_FILE: paths.media,
    GATEWAY_CONFIG: paths.config,
  };
  return { paths, environment };
}

type Paths = ReturnType<typeof writeFiles>['paths'];

/** What a reload logs after this change of the files. */
async function reloadAfter(
  change: (paths: Paths) => void,
): Promise<{ changed: string[]; needRestart: string[] }> {
  const { paths, environment } = writeFiles();
  const settings = requireSettings(environment);
  const logged: object[] = [];
  const note = (fields: object) => void logged.push(fields);
  const log: Log = { trace: note, debug: note, info: note, warn: note, error: note };
  const connection = {
    account: agoraAccount(settings),
    apiUrls: [],
    clock: { now: () => 0 } as never,
    sandboxUrl: null,
    reload: (next: typeof settings) => Promise.resolve(agoraAccount(next)),
  };
  const reload = createReload({ environment, settings, connection, apply: () => Promise.resolve(), log });
  change(paths);
  await reload();
  expect(logged).toHaveLength(1);
  return logged[0] as { changed: string[]; needRestart: string[] };
}

const config = (content: object) => (paths: Paths) => writeFileSync(paths.config, JSON.stringify(content));
const projects = [{ appId: OTHER_APP_ID }];

describe('A gateway that reads its settings again', () => {
  it.each<[string, (paths: Paths) => void, string[]]>([
    ['nothing', () => undefined, []],
    [
      'a further project',
      config({ projects: [...projects, { appId: APP_ID.replaceAll('0', '1') }] }),
      ['projects'],
    ],
    ['a project less', config({}), ['projects']],
    ['retentionDays', config({ projects, retentionDays: 7 }), ['retentionDays']],
    ['allowInlineStorage', config({ projects, allowInlineStorage: true }), ['allowInlineStorage']],
    ['the key that verifies tokens', ({ key }) => writeFileSync(key, publicKey()), ['AUTH_JWT_PUBLIC_KEY']],
    [
      'a trusted document',
      ({ documents }) => writeFileSync(documents, '{"a":"{ __typename }"}'),
      ['trusted documents'],
    ],
    [
      'a trusted document more',
      ({ documents }) => writeFileSync(documents, JSON.stringify({ a: DOCUMENT, b: DOCUMENT })),
      ['trusted documents'],
    ],
    [
      'the host of the database',
      ({ database }) => writeFileSync(database, 'postgres://gateway:one@db2.example.com/recordings'),
      ['database of DATABASE_URL'],
    ],
    [
      'TLS of the database',
      ({ database }) =>
        writeFileSync(database, 'postgres://gateway:one@db.example.com/recordings?sslmode=verify-full'),
      ['database of DATABASE_URL'],
    ],
    [
      'the password of the database',
      ({ database }) => writeFileSync(database, 'postgres://gateway:two@db.example.com/recordings'),
      [],
    ],
    ['webhook secrets', config({ projects: [{ appId: OTHER_APP_ID, webhookSecrets: ['new'] }] }), []],
  ])('names what needs a restart after a change of %s', async (_what, change, needRestart) => {
    expect((await reloadAfter(change)).needRestart).toEqual(needRestart);
  });

  it('names each change that it applies, and none that it does not', async () => {
    const { changed } = await reloadAfter((paths) => {
      writeFileSync(paths.database, 'postgres://gateway:two@db.example.com/recordings');
      writeFileSync(paths.media, 'two');
      config({ projects: [{ appId: OTHER_APP_ID, webhookSecrets: ['new'] }], retentionDays: 7 })(paths);
    });
    expect(changed).toEqual(['DATABASE_URL', 'MEDIA_SECRET', `webhook secrets of ${OTHER_APP_ID}`]);
  });
});
