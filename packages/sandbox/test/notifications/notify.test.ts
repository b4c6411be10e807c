import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openSandbox, openWithReceiver, startReceiver, temporaryFile } from '../support/sandbox.js';

/** As built before the tests. */
const NOTIFY = fileURLToPath(new URL('../../dist/notify.js', import.meta.url));
const SAMPLE = fileURLToPath(
  new URL('../../../../test/samples/notify-40-recorder-started.json', import.meta.url),
);

interface Vector {
  secret: string;
  rawBody: string;
  headers: Record<string, string>;
}
const vector = JSON.parse(
  readFileSync(new URL('../../../../test/samples/signature-vector.json', import.meta.url), 'utf8'),
) as Vector;

interface Run {
  code: number | null;
  output: string;
  errors: string;
}

function notify(args: string[], environment: Record<string, string> = {}, input = ''): Promise<Run> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [NOTIFY, ...args], {
      env: { PATH: process.env.PATH, ...environment },
    });
    let [output, errors] = ['', ''];
    child.stdout.on('data', (data: Buffer) => (output += data.toString()));
    child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
    child.on('close', (code) => resolve({ code, output, errors }));
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

function secretFile(secret: string): string {
  const file = temporaryFile();
  writeFileSync(file, `${secret}\n`);
  return file;
}

describe('The notify command', () => {
  it('signs known bytes from standard input with known signatures', async () => {
    const receiver = await startReceiver();
    const args = ['--url', receiver.url, '--secret-file', secretFile(vector.secret)];
    expect(await notify(args, {}, vector.rawBody)).toEqual({ code: 0, output: '200\n{}\n', errors: '' });
    const [arrival] = receiver.arrivals;
    expect(arrival?.raw.toString()).toBe(vector.rawBody);
    expect(arrival?.headers['agora-signature']).toBe(vector.headers['Agora-Signature']);
    expect(arrival?.headers['agora-signature-v2']).toBe(vector.headers['Agora-Signature-V2']);
    expect(arrival?.headers['content-type']).toBe('application/json');
  });

  it('reads the secret from the environment, from a file, or from a sandbox', async () => {
    const { sandbox, receiver } = await openWithReceiver({ webhookSecret: 'first' });
    const send = (args: string[], environment?: Record<string, string>) =>
      notify([SAMPLE, '--url', receiver.url, ...args], environment);
    expect((await send([], { AGORA_WEBHOOK_SECRETS: 'first,second' })).code).toBe(0);
    expect((await send([], { AGORA_WEBHOOK_SECRETS_FILE: secretFile('first') })).code).toBe(0);
    expect((await send(['--sandbox', sandbox.url])).code).toBe(0);
    expect(receiver.arrivals).toHaveLength(3);
    expect(receiver.arrivals.every(sandbox.isSigned)).toBe(true);
    expect(receiver.arrivals.every(({ raw }) => raw.equals(readFileSync(SAMPLE)))).toBe(true);
  });

  it('replaces only what its options name', async () => {
    const receiver = await startReceiver();
    const filling = ['--cname', 'red', '--uid', '5', '--sid', 'f00', '--sequence', '7', '--now', '--new'];
    const before = Date.now();
    const environment = { AGORA_WEBHOOK_SECRETS: 'secret' };
    expect((await notify([SAMPLE, '--url', receiver.url, ...filling], environment)).code).toBe(0);
    const { noticeId, notifyMs, payload } = receiver.arrivals[0]!.notice;
    expect(payload).toEqual({
      ...{ cname: 'red', uid: '5', sid: 'f00', sequence: 7, sendts: notifyMs, serviceType: 1 },
      details: { msgName: 'recorder_started', status: 0 },
    });
    expect(notifyMs).toBeGreaterThanOrEqual(before);
    expect(noticeId).toMatch(/^[0-9a-f]{32}$/);
    expect(readFileSync(SAMPLE, 'utf8')).not.toContain(noticeId);
  });

  it('exits with 1 if the answer is not 200 or missing', async () => {
    const receiver = await startReceiver(() => 401);
    const environment = { AGORA_WEBHOOK_SECRETS: 'wrong' };
    const refused = await notify([SAMPLE, '--url', receiver.url], environment);
    expect(refused).toEqual({ code: 1, output: '401\n{}\n', errors: '' });
    const silent = await notify([SAMPLE, '--url', 'http://127.0.0.1:9/'], environment);
    expect(silent).toMatchObject({ code: 1, output: '' });
    expect(silent.errors).toContain('ECONNREFUSED');
  });

  it('exits with 64 and an explanation if nothing can be sent', async () => {
    const { url } = await openSandbox();
    const environment = { AGORA_WEBHOOK_SECRETS: 'canary-secret' };
    const wrong: [string[], Record<string, string>, string][] = [
      [[SAMPLE], {}, 'No webhook secret'],
      [[SAMPLE, '--secret-file', '/nowhere'], {}, '--secret-file cannot be read'],
      [[SAMPLE], { ...environment, AGORA_WEBHOOK_SECRETS_FILE: '/x' }, 'are both set'],
      [[SAMPLE, '--sandbox', `${url}0`], {}, 'no sandbox answers'],
      [['/nowhere.json'], environment, 'nowhere.json'],
      [[SAMPLE, SAMPLE], environment, 'Give one file'],
      [[SAMPLE, '--url', 'ftp://x'], environment, '--url'],
      [[SAMPLE, '--sequence', 'x'], environment, '--sequence'],
      [[SAMPLE, '--unheard-of'], environment, '--unheard-of'],
      [['-', '--uid', '5'], environment, 'JSON'],
    ];
    for (const [args, given, said] of wrong) {
      const { code, output, errors } = await notify(args, given);
      expect([code, output], said).toEqual([64, '']);
      expect(errors).toContain(said);
      expect(errors).not.toContain('canary');
    }
    expect((await notify(['--help'])).output).toContain('--secret-file');
  });
});
