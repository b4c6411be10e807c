import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DATABASES, newDatabase } from '../support/databases/databases.js';
import { BEFORE_THE_LOG_IS_REWRITTEN, fillOldStore } from '../support/databases/old-store.js';
import { freePort, temporaryDirectory } from '../support/processes.js';
import { waitFor } from '../support/wait-for.js';
import { buildStages, makeContext } from './build.js';
import { environmentOf, parseDockerfile, type Stage, valuesOf } from './dockerfile.js';

const project = fileURLToPath(new URL('../..', import.meta.url));
const dockerfile = parseDockerfile(readFileSync(join(project, 'Dockerfile'), 'utf8'));

function lastStage(): Stage {
  const last = dockerfile.stages.at(-1);
  if (last === undefined) throw new Error('The Dockerfile has no stage.');
  return last;
}

const final = lastStage();

const IS_ROOT = process.getuid?.() === 0;

/** npm installs the packages twice: for the build, and for what runs. */
const BUILD_TIMEOUT_MS = 15 * 60_000;

const [uid = 0, gid = 0] = (valuesOf(final, 'USER').at(-1) ?? '').split(':').map(Number);

function jsonArray(text: string | undefined): string[] {
  return JSON.parse(text ?? 'null') as string[];
}

describe('The Dockerfile', () => {
  it('takes the base of every stage from one argument', () => {
    const names = dockerfile.stages.map(({ name }) => name);
    for (const { from } of dockerfile.stages) expect([...names, '${NODE_IMAGE}']).toContain(from);
    expect(dockerfile.args.NODE_IMAGE).toMatch(/^node:2\d-slim$/);
  });

  it('runs as a user who is not root, named by number', () => {
    expect(uid).toBeGreaterThan(0);
    expect(gid).toBeGreaterThan(0);
  });

  it('runs node without a shell, so that SIGTERM reaches it', () => {
    expect(jsonArray(valuesOf(final, 'CMD').at(-1))).toEqual(['node', 'dist/main.js']);
  });

  it('does not say who may call: HOST and AUTH are left to the one who runs it', () => {
    expect(Object.keys(environmentOf(final))).toEqual(['NODE_ENV', 'DATABASE_URL', 'SANDBOX_DATA']);
  });

  it('installs nothing in the last stage', () => {
    expect(valuesOf(final, 'RUN').join('\n')).not.toMatch(/npm|apt|curl/);
    expect(valuesOf(final, 'VOLUME')).toEqual(['/data']);
  });
});

// Without an engine each stage is built in a separate directory. Only root can give files to another user and become it.
describe.skipIf(!IS_ROOT)('The image, built stage by stage without an engine (needs root)', () => {
  const directory = temporaryDirectory();
  let root: string;
  let running: ChildProcess | undefined;

  beforeAll(async () => {
    chmodSync(directory.path, 0o755);
    const context = join(directory.path, 'context');
    makeContext(project, context);
    const roots = await buildStages(dockerfile, context, directory.path);
    root = roots.get(final.name) ?? '';
  }, BUILD_TIMEOUT_MS);

  afterAll(() => {
    running?.kill('SIGKILL');
    directory.remove();
  }, BUILD_TIMEOUT_MS);

  /** As the image's user and with its environment, whose paths are moved like those of RUN. */
  function environment(settings: Record<string, string>): Record<string, string> {
    const inImage: Record<string, string> = {};
    for (const [name, value] of Object.entries(environmentOf(final))) {
      inImage[name] = value.replace('/data/', `${root}/data/`);
    }
    return { PATH: process.env.PATH ?? '', ...inImage, ...settings };
  }

  function start(settings: Record<string, string>): {
    exited: Promise<number | null>;
    output: () => string;
  } {
    const [, ...args] = jsonArray(valuesOf(final, 'CMD').at(-1));
    const child = spawn(process.execPath, args, {
      ...{ uid, gid, cwd: join(root, 'app'), env: environment(settings) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running = child;
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
    return {
      exited: new Promise((resolve) => child.once('exit', (code) => resolve(code))),
      output: () => text,
    };
  }

  /** The exit code of HEALTHCHECK's command. */
  function healthCheck(port: number): number | null {
    const command = jsonArray(/CMD (\[.*\])$/.exec(valuesOf(final, 'HEALTHCHECK')[0] ?? '')?.[1]);
    expect(command[0]).toBe('node');
    const env = environment({ PORT: String(port) });
    return spawnSync(process.execPath, command.slice(1), { uid, gid, env }).status;
  }

  it('holds no dependency that only development needs', () => {
    const { packages } = JSON.parse(readFileSync(join(project, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { dev?: boolean; devOptional?: boolean }>;
    };
    // React is an optional peer of the client package, too: npm notes it as devOptional.
    const isForDevelopment = (path: string) => packages[path]?.dev ?? packages[path]?.devOptional ?? false;
    const forDevelopment = Object.keys(packages).filter(isForDevelopment);
    expect(forDevelopment).toEqual(
      expect.arrayContaining(
        ['typescript', 'vitest', 'esbuild', 'graphiql', 'react', 'playwright-core'].map(
          (name) => `node_modules/${name}`,
        ),
      ),
    );
    expect(forDevelopment.filter((path) => existsSync(join(root, 'app', path)))).toEqual([]);
  });

  it('holds what runs and nothing else', () => {
    expect(readdirSync(join(root, 'app')).sort()).toEqual([
      'LICENSE',
      'dist',
      'node_modules',
      'package.json',
      'packages',
    ]);
    expect(statSync(join(root, 'data')).uid).toBe(uid);
  });

  it('has the commands of operators in PATH', () => {
    const command = join(root, 'usr/local/bin/agora-recording-gateway');
    const { status, stdout } = spawnSync(command, ['check'], {
      uid,
      gid,
      env: environment({ SANDBOX: 'on' }),
    });
    expect(String(stdout)).toContain('runs against a sandbox');
    expect(status).toBe(0);
  });

  describe('has every command of operators, without npm, a compiler or a client of the database', () => {
    /** The path of the image, which has node and nothing that a build or a database brings. */
    const path = join(directory.path, 'bin');
    const work = join(directory.path, 'work');

    beforeAll(() => {
      mkdirSync(path);
      symlinkSync(process.execPath, join(path, 'node'));
      mkdirSync(work);
      chownSync(work, uid, gid);
    });

    function run(databaseUrl: string, ...args: string[]): { status: number | null; output: string } {
      // As the kernel does with the first line of the file, and with nothing else in PATH.
      const { status, stdout, stderr } = spawnSync(
        join(path, 'node'),
        [join(root, 'usr/local/bin/agora-recording-gateway'), ...args],
        {
          ...{ uid, gid, cwd: join(root, 'app') },
          env: environment({ PATH: path, SANDBOX: 'on', DATABASE_URL: databaseUrl }),
        },
      );
      return { status, output: `${String(stdout)}${String(stderr)}` };
    }

    it.each(DATABASES)('on %s', async (kind) => {
      const database =
        kind === 'SQLite'
          ? { url: `file:${join(work, 'gateway.db')}`, remove: () => Promise.resolve() }
          : await newDatabase(kind);
      try {
        // A store of an earlier version.
        await fillOldStore(database.url, BEFORE_THE_LOG_IS_REWRITTEN, 3);
        for (const name of readdirSync(work)) chownSync(join(work, name), uid, gid);
        const backup = join(work, `${kind}.backup`);
        expect(run(database.url, 'migrate')).toMatchObject({
          status: 0,
          output: expect.stringContaining('The store was migrated: 0003') as string,
        });
        expect(run(database.url, 'backup', backup)).toMatchObject({
          status: 0,
          output: expect.stringMatching(/^Wrote .*: \d+ recordings, 3 observations, \d+ bytes\.$/m) as string,
        });
        expect(run(database.url, 'restore', backup)).toMatchObject({
          status: 0,
          output: expect.stringMatching(/^Restored .* 3 observations\.$/m) as string,
        });
        expect(run(database.url, 'rebuild', '--dry-run')).toMatchObject({
          status: 0,
          output: expect.stringMatching(/recordings would change\.$/m) as string,
        });
        expect(run(database.url, 'new-epoch')).toMatchObject({
          status: 0,
          output: expect.stringContaining('has begun a new epoch') as string,
        });
        expect(run(database.url, 'check')).toMatchObject({
          status: 0,
          output: expect.stringMatching(/database .* ok .* It has version/) as string,
        });
      } finally {
        await database.remove();
      }
    });
  });

  it('refuses to start without Agora until SANDBOX=on asks for the sandbox', async () => {
    const { exited, output } = start({ PORT: '0' });
    expect(await exited).toBe(78);
    expect(output()).toContain('SANDBOX=on');
  });

  it('refuses to listen for other machines without a setting for authentication', async () => {
    const { exited, output } = start({ SANDBOX: 'on', HOST: '0.0.0.0', PORT: '0', SANDBOX_PORT: '0' });
    expect(await exited).toBe(78);
    expect(output()).toContain('AUTH');
  });

  it.each<{ settings: Record<string, string> }>([
    { settings: {} },
    { settings: { HOST: '0.0.0.0', AUTH: 'off' } },
  ])(
    'runs as its user with SANDBOX=on and $settings, is healthy, shows the playground, keeps its data in the volume and drains on SIGTERM',
    async ({ settings }) => {
      const port = await freePort();
      const { exited, output } = start({
        SANDBOX: 'on',
        ...settings,
        ...{ PORT: String(port), SANDBOX_PORT: String(await freePort()) },
      });
      const url = `http://127.0.0.1:${port}`;
      await waitFor(async () => (await fetch(`${url}/readyz`)).ok, { what: `readiness: ${output()}` });
      expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ status: 'ok' });
      expect(healthCheck(port)).toBe(0);
      expect(await (await fetch(`${url}/`)).text()).toContain('<div id="playground">');
      expect(readdirSync(join(root, 'data'))).toEqual(
        expect.arrayContaining(['gateway.db', 'sandbox-agora.db']),
      );
      running?.kill('SIGTERM');
      expect(await exited).toBe(0);
      expect(healthCheck(port)).toBe(1);
    },
  );
});
