import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
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
