import { describe, expect, it } from 'vitest';
import { openSandbox } from '../support/sandbox.js';

const PAGE = 'https://app.example.com';

async function open(corsOrigins?: string[]) {
  const sandbox = await openSandbox();
  if (corsOrigins !== undefined) await sandbox.control('PUT', '/storage', { corsOrigins });
  const file = `${sandbox.url}/s3/bucket/acme/a.m3u8`;
  return {
    sandbox,
    file,
    preflight: async (headers: Record<string, string>) => {
      const response = await fetch(file, { method: 'OPTIONS', headers });
      const named = (name: string) => response.headers.get(`access-control-allow-${name}`);
      return {
        status: response.status,
        code: /<Code>(.*)<\/Code>/.exec(await response.text())?.[1] ?? null,
        permits: [named('origin'), named('methods'), named('headers')],
      };
    },
  };
}

const asking = (origin: string, method: string, headers?: string) => ({
  origin,
  'access-control-request-method': method,
  ...(headers === undefined ? {} : { 'access-control-request-headers': headers }),
});

describe('A preflight to the storage', () => {
  it('is permitted for GET and HEAD with Range, for pages of every origin by default', async () => {
    const { preflight } = await open();
    const permitted = { status: 200, code: null, permits: ['*', 'GET, HEAD', 'range'] };
    expect(await preflight(asking(PAGE, 'GET', 'Range'))).toEqual(permitted);
    expect(await preflight(asking(PAGE, 'HEAD', 'range'))).toEqual(permitted);
  });

  it('names the origin where the rule of the bucket lists origins, and no other', async () => {
    const { preflight } = await open([PAGE]);
    expect(await preflight(asking(PAGE, 'GET'))).toEqual({
      status: 200,
      code: null,
      permits: [PAGE, 'GET, HEAD', null],
    });
    const refused = { status: 403, code: 'AccessForbidden', permits: [null, null, null] };
    expect(await preflight(asking('https://other.example.com', 'GET'))).toEqual(refused);
  });

  it.each<[string, string[], Record<string, string>, number]>([
    ['a bucket without a rule', [], asking(PAGE, 'GET'), 403],
    ['a method that the rule does not list', ['*'], asking(PAGE, 'DELETE'), 403],
    ['a header that the rule does not list', ['*'], asking(PAGE, 'GET', 'range, x-other'), 403],
    ['a request without an origin', ['*'], { 'access-control-request-method': 'GET' }, 400],
    ['a request that names no method', ['*'], { origin: PAGE }, 400],
  ])('is refused for %s', async (_what, corsOrigins, headers, status) => {
    const { preflight } = await open(corsOrigins);
    expect(await preflight(headers)).toMatchObject({ status, permits: [null, null, null] });
  });
});

describe('An answer of the storage', () => {
  it('can be read by pages of the origins of the rule only', async () => {
    const { file } = await open([PAGE]);
    const allowed = async (origin: string) =>
      (await fetch(file, { headers: { origin } })).headers.get('access-control-allow-origin');
    expect(await allowed(PAGE)).toBe(PAGE);
    expect(await allowed('https://other.example.com')).toBeNull();
  });

  it('has the default rule again after a reset', async () => {
    const { sandbox, preflight } = await open([]);
    await sandbox.control('DELETE', '');
    expect((await preflight(asking(PAGE, 'GET'))).status).toBe(200);
  });
});
