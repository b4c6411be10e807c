import { gzipSync } from 'node:zlib';
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConsole } from '../../src/pages/console.js';
import { temporaryDirectory } from '../support/processes.js';
import { openStage, type Stage } from '../support/stage.js';

/** The largest size of what the console loads at first, compressed. Bytes. */
const MAX_BYTES = 300_000;

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});

afterAll(async () => {
  await stage.close();
});

/** The paths of the page's files, which are relative to the gateway's root. */
async function files(): Promise<string[]> {
  const html = await (await fetch(`${stage.gateway.url}/console`)).text();
  return [...html.matchAll(/"(console\/assets\/[^"]+)"/g)].map(([, path]) => path ?? '');
}

describe('The page of the console', () => {
  it('comes with a policy that allows only its own files, and no inline styles or scripts', async () => {
    const response = await fetch(`${stage.gateway.url}/console`);
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-cache');
    const policy = response.headers.get('content-security-policy') ?? '';
    const { host } = new URL(stage.gateway.url);
    expect(policy).toContain("default-src 'self'; script-src 'self'; style-src 'self'; ");
    // In sandbox mode the player reads files from the sandbox.
    const { origin } = new URL(stage.sandbox.url);
    expect(policy).toContain(`connect-src 'self' ws://${host} wss://${host} ${origin}; `);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy.replaceAll(origin, '')).not.toMatch(/\*|https?:|unsafe/);
  });

  it('loads less than 300 kB compressed, and lets caches keep it for ever', async () => {
    const paths = await files();
    expect(paths).toHaveLength(2);
    let bytes = 0;
    // A file may import others at once; what it loads on demand is not counted.
    for (let path = paths.shift(); path !== undefined; path = paths.shift()) {
      const response = await fetch(`${stage.gateway.url}/${path}`);
      expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      const content = Buffer.from(await response.arrayBuffer());
      bytes += gzipSync(content, { level: 9 }).length;
      for (const [, name] of content.toString('utf8').matchAll(/(?:from|import)"\.\/([\w-]+\.js)"/g))
        paths.push(`console/assets/${name}`);
    }
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(MAX_BYTES);
  });

  it.each(['/console/assets/', '/console/assets/none.js', '/console/assets/..%2findex.html'])(
    'answers 404 to %s',
    async (path) => {
      expect((await fetch(`${stage.gateway.url}${path}`)).status).toBe(404);
    },
  );

  it('is off with CONSOLE=off, and the answer names the setting', async () => {
    await stage.gateway.kill();
    await stage.startGateway({ CONSOLE: 'off' });
    const response = await fetch(`${stage.gateway.url}/console`);
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('CONSOLE=on');
  });
});

describe('A console that was not built', () => {
  it('is a clear error at the start', () => {
    const directory = temporaryDirectory();
    expect(() => loadConsole(directory.path)).toThrow(/^The console is not built: .* Run npm run build\.$/);
    directory.remove();
  });
});

describe('The source of the console', () => {
  it('imports only its own files, the client and packages for browsers', () => {
    const folder = new URL('../../src/pages/console/', import.meta.url);
    const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.tsx?$/.test(name),
    );
    const imported = sources.flatMap((name) =>
      [...readFileSync(new URL(name, folder), 'utf8').matchAll(/from '([^']+)'/g)].map(([, from]) => ({
        name,
        from: from ?? '',
      })),
    );
    const packages =
      /^(@agora-recording-gateway\/client(\/react)?|react|react-dom\/client|@radix-ui\/[\w-]+|@tanstack\/react-virtual|hls\.js|@graphql-typed-document-node\/core)$/;
    const foreign = imported.filter(({ name, from }) => {
      if (!from.startsWith('.')) return !packages.test(from);
      return !new URL(from, new URL(name, folder)).pathname.startsWith(folder.pathname);
    });
    expect(foreign).toEqual([]);
    expect(imported.length).toBeGreaterThan(30);
  });
});
