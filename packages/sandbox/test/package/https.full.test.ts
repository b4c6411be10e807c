import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { requestAs } from '../support/https.js';
import { openSandbox, temporaryFile } from '../support/sandbox.js';

const run = promisify(execFile);

const REDIRECT = fileURLToPath(new URL('../../redirect.cjs', import.meta.url));

const DAY_MS = 24 * 3_600_000;

async function openHttps(options: Parameters<typeof openSandbox>[0] = {}) {
  const sandbox = await openSandbox({ httpsPort: 0, ...options });
  const https = (await sandbox.control('GET', '')).body.https as { url: string; caFile: string; ca: string };
  const target = { port: Number(new URL(https.url).port), ca: https.ca };
  const authorization = `Basic ${btoa(`${sandbox.info.customerId}:${sandbox.info.customerSecret}`)}`;
  const get = (host: string, from = target) =>
    requestAs(host, from, { method: 'GET', path: '/v1/ncs/ip', headers: { authorization } });
  return { sandbox, https, target, authorization, get };
}

describe('HTTPS', () => {
  it('serves Agora’s names, this machine and allowed names with a certificate that clients can trust', async () => {
    const { sandbox, get } = await openHttps({ allowedHosts: ['sandbox:4443', 'agora.internal'] });
    const hosts = ['localhost', 'api.agora.io', 'api-us-west-1.agora.io', 'api-cn-east-1.sd-rtn.com'];
    for (const host of [...hosts, 'agora.internal']) {
      expect((await get(host)).status, host).toBe(200);
    }
    expect(sandbox.httpsUrl).toMatch(/^https:\/\/localhost:\d+$/);
    await expect(get('evil.example')).rejects.toThrow(/not in the cert|altnames/);
  });

  it('is trusted only through the certificate authority of the sandbox', async () => {
    const { get, target } = await openHttps();
    const other = await openHttps();
    await expect(get('localhost', { ...target, ca: other.target.ca })).rejects.toThrow(/verify|self.signed/);
  });

  it('keeps its certificate, and writes the authority to a file next to the data', async () => {
    const dataFile = temporaryFile();
    const first = await openHttps({ dataFile });
    expect(first.https.caFile).toMatch(/-ca\.pem$/);
    expect(readFileSync(first.https.caFile, 'utf8')).toBe(first.https.ca);
    await first.sandbox.close();
    const second = await openHttps({ dataFile });
    expect(second.https.ca).toBe(first.https.ca);
    await second.sandbox.close();
    const third = await openHttps({ dataFile, allowedHosts: ['new-name'] });
    expect(third.https.ca).not.toBe(first.https.ca);
    expect((await third.get('new-name')).status).toBe(200);
  });

  it('replaces a certificate that is about to expire', async () => {
    const dataFile = temporaryFile();
    let now = Date.now();
    const first = await openHttps({ dataFile, realNow: () => now });
    const expiresAt = Date.parse(new X509Certificate(first.https.ca).validTo);
    await first.sandbox.close();
    now = expiresAt - 29 * DAY_MS;
    const second = await openHttps({ dataFile, realNow: () => now });
    expect(Date.parse(new X509Certificate(second.https.ca).validTo)).toBeGreaterThan(expiresAt);
  });

  it('is there when HTTP gives its first answer', async () => {
    const reserved = await openSandbox();
    const { port } = new URL(reserved.url);
    await reserved.close();
    const opening = openSandbox({ httpsPort: 0, port: Number(port) });
    const ask = async () => (await fetch(`http://127.0.0.1:${port}/sandbox`)).json();
    const first = await vi.waitUntil(() => ask().catch(() => null), { timeout: 60_000, interval: 1 });
    expect(first).toMatchObject({ https: { url: expect.stringMatching(/^https:/) as string } });
    await opening;
  });

  it('is off by default', async () => {
    const sandbox = await openSandbox();
    expect(sandbox.httpsUrl).toBeNull();
    expect((await sandbox.control('GET', '')).body.https).toBeNull();
  });

  it('is found by a Node process with the redirect, which asks for a name and then connects to it', async () => {
    const { https, authorization } = await openHttps({ dataFile: temporaryFile() });
    const script = `
      const { Resolver } = require('node:dns/promises');
      const https = require('node:https');
      new Resolver().resolve4('api-us-west-1.agora.io').then(() => {
        const headers = { host: 'api-us-west-1.agora.io', authorization: process.env.AUTHORIZATION };
        for (const target of ['https://api-us-west-1.agora.io/v1/ncs/ip', new URL('https://api.sd-rtn.com/v1/ncs/ip')])
          https.get(target, { headers }, (response) => console.log(response.statusCode));
        https.request({ hostname: 'api.agora.io', path: '/v1/ncs/ip', headers }, (response) =>
          console.log(response.statusCode)).end();
      });`;
    const { stdout } = await run(process.execPath, ['--require', REDIRECT, '-e', script], {
      env: {
        ...process.env,
        AUTHORIZATION: authorization,
        SANDBOX_HTTPS_PORT: new URL(https.url).port,
        NODE_EXTRA_CA_CERTS: https.caFile,
      },
    });
    expect(stdout.trim().split('\n')).toEqual(['200', '200', '200']);
  });
});

/** The URL of Agora's that each client asks, for which the sandbox is the proxy. */
const URL_OF_AGORA = 'https://api-us-west-1.agora.io/v1/ncs/ip';

const PYTHON = `
import os, urllib.request
call = urllib.request.Request('${URL_OF_AGORA}', headers={'authorization': os.environ['AUTHORIZATION']})
print(urllib.request.urlopen(call).status)`;

/** The status that a CONNECT gets, and the text with it. */
function connectTo(name: string, proxy: string): Promise<[status: number | undefined, text: string]> {
  const { hostname, port } = new URL(proxy);
  return new Promise((resolve, reject) => {
    const call = httpRequest({ hostname, port, method: 'CONNECT', path: name });
    call.on('error', reject);
    call.on('connect', ({ statusCode }, socket, head) => {
      let text = head.toString();
      socket.on('data', (data: Buffer) => (text += data.toString()));
      socket.on('close', () => resolve([statusCode, text]));
      if (statusCode === 200) socket.destroy();
    });
    call.end();
  });
}

describe('The sandbox as the proxy of a client', () => {
  it.each([
    ['curl', 'curl', ['-s', '-o', '/dev/null', '-w', '%{http_code}', URL_OF_AGORA]],
    ['Python', 'python3', ['-c', PYTHON]],
  ])(
    'leads %s to it under Agora’s names, by environment variables alone',
    async (_name, command, options) => {
      const { sandbox, https, authorization } = await openHttps({ dataFile: temporaryFile() });
      const header = command === 'curl' ? ['-H', `authorization: ${authorization}`] : [];
      const { stdout } = await run(command, [...options, ...header], {
        env: {
          PATH: process.env.PATH ?? '',
          ...{ HTTPS_PROXY: sandbox.url, SSL_CERT_FILE: https.caFile, AUTHORIZATION: authorization },
        },
      });
      expect(stdout.trim()).toBe('200');
    },
  );

  it('refuses every other name, and passes nothing on', async () => {
    const { sandbox } = await openHttps();
    expect(await connectTo('docs.example:443', sandbox.url)).toEqual([
      403,
      expect.stringContaining('docs.example:443') as string,
    ]);
  });

  it('refuses all without HTTPS, and says what to set', async () => {
    const { url } = await openSandbox();
    expect(await connectTo('api.agora.io:443', url)).toEqual([
      501,
      expect.stringContaining('SANDBOX_HTTPS_PORT') as string,
    ]);
  });

  it('ends its tunnels when it closes, also before the client has begun TLS', async () => {
    const { sandbox } = await openHttps();
    const { hostname, port } = new URL(sandbox.url);
    const ended = new Promise<void>((resolve, reject) => {
      const call = httpRequest({ hostname, port, method: 'CONNECT', path: 'api.agora.io:443' });
      call.on('error', reject);
      call.on('connect', (_reply, socket) => {
        socket.on('error', () => undefined).on('close', () => resolve());
        socket.resume();
        void sandbox.close();
      });
      call.end();
    });
    await ended;
  });
});
