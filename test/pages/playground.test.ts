import { buildSchema, parse, validate } from 'graphql';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadPlayground } from '../../src/pages/playground.js';
import { TABS } from '../../src/pages/playground/tabs.js';
import { temporaryDirectory } from '../support/processes.js';
import { openStage, type Stage } from '../support/stage.js';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});

afterAll(async () => {
  await stage.close();
});

describe('The tabs of the playground', () => {
  const schema = buildSchema(readFileSync('schema/schema.graphql', 'utf8'));

  it.each(TABS.map((tab) => [/(\w+)\(/.exec(tab.query)?.[1], tab] as const))(
    'offer %s as the schema has it, in lines that fit',
    (_name, { query, variables }) => {
      expect(validate(schema, parse(query))).toEqual([]);
      expect(() => void JSON.parse(variables)).not.toThrow();
      expect(query.split('\n').filter((line) => line.length > 50)).toEqual([]);
    },
  );
});

describe('The door to the playground', () => {
  async function asset(): Promise<string> {
    const html = await (await fetch(stage.gateway.url)).text();
    return `${stage.gateway.url}/${/assets\/main-\w+\.js/.exec(html)?.[0]}`;
  }

  it('has the page asked for each time, and answers 304 when it is the same', async () => {
    const first = await fetch(`${stage.gateway.url}/`);
    expect(first.status).toBe(200);
    expect(first.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(first.headers.get('cache-control')).toBe('no-cache');
    const again = await fetch(`${stage.gateway.url}/`, {
      headers: { 'if-none-match': first.headers.get('etag') ?? '' },
    });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
  });

  it('lets caches keep the files for ever, since their names change with their content', async () => {
    const response = await fetch(await asset());
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(response.headers.get('content-encoding')).toBe('gzip');
    const plain = await fetch(await asset(), { headers: { 'accept-encoding': 'gzip;q=0, identity' } });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(await plain.text()).toBe(await response.text());
  });

  it('allows nothing from elsewhere', async () => {
    const policy = (await fetch(`${stage.gateway.url}/`)).headers.get('content-security-policy') ?? '';
    const { host } = new URL(stage.gateway.url);
    expect(policy).toContain("default-src 'self'; script-src 'self'; ");
    expect(policy).toContain(`connect-src 'self' ws://${host} wss://${host}; `);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/\*|https:|unsafe-eval/);
  });

  it.each(['/assets/', '/assets/none.js', '/assets/..%2findex.html', '/assets/__proto__'])(
    'answers 404 to %s',
    async (path) => {
      expect((await fetch(`${stage.gateway.url}${path}`)).status).toBe(404);
    },
  );
});

describe('A playground that was not built', () => {
  it('is a clear error at the start', () => {
    const directory = temporaryDirectory();
    expect(() => loadPlayground(directory.path)).toThrow(
      /^The playground is not built: .* Run npm run build\.$/,
    );
    directory.remove();
  });
});
