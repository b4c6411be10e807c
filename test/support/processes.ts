import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { waitFor } from './wait-for.js';

/** The project's folder. A measurement runs bundled, from elsewhere, and gets it from the environment. */
const root = process.env.BENCH_ROOT ?? fileURLToPath(new URL('../..', import.meta.url));

export function temporaryDirectory(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'gateway-test-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/**
 * Ports for processes that are given theirs, or that start again on the same one. Systems take the ports of connections from
 * 32768 up, so that none takes one of these meanwhile; and each worker of the tests has its own thousand.
 */
const FIRST_PORT = 20_000;
const PORTS_OF_A_WORKER = 1_000;
const WORKERS = 12;

const worker = Number(process.env.VITEST_POOL_ID ?? 0) % WORKERS;
let nextPort = Math.floor(Math.random() * PORTS_OF_A_WORKER);

async function isFree(port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** A port that is free, and that no other test takes. */
export async function freePort(): Promise<number> {
  for (let tried = 0; tried < PORTS_OF_A_WORKER; tried += 1) {
    nextPort += 1;
    const port = FIRST_PORT + worker * PORTS_OF_A_WORKER + (nextPort % PORTS_OF_A_WORKER);
    if (await isFree(port)) return port;
  }
  throw new Error(`No port of worker ${worker} is free.`);
}

export interface RunningProcess {
  child: ChildProcess;
  output(): string;
  /** Resolves with the exit code, or the signal's name. */
  exited: Promise<number | NodeJS.Signals>;
  /** Ends it, and waits for that. */
  kill(signal?: NodeJS.Signals): Promise<number | NodeJS.Signals>;
}

/** Follows what a process that was just started prints, and how it ends. */
export function follow(child: ChildProcess): RunningProcess {
  let text = '';
  child.stdout?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const exited = new Promise<number | NodeJS.Signals>((resolve) => {
    child.once('exit', (code, signal) => resolve(code ?? signal ?? 'SIGKILL'));
  });
  return {
    child,
    output: () => text,
    exited,
    async kill(signal = 'SIGTERM') {
      child.kill(signal);
      return await exited;
    },
  };
}

/** Node looks at every folder of every module for links otherwise, which takes a third of a start. */
const KEEP_LINKS = ['--preserve-symlinks', '--preserve-symlinks-main'];

/** The gateway and its commands before they are bundled, for faults that change one of their modules (`node --import`). */
export const UNBUNDLED = { gateway: 'build/main.js', commands: 'build/cli.js' };

/** Runs a built entry file with only the given environment: none of the machine's settings gets in. */
export function run(
  entry: string,
  env: Record<string, string>,
  cwd: string = root,
  nodeOptions: readonly string[] = [],
  options: readonly string[] = [],
): RunningProcess {
  const child = spawn(process.execPath, [...KEEP_LINKS, ...nodeOptions, join(root, entry), ...options], {
    cwd,
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return follow(child);
}

async function untilListening(running: RunningProcess, url: string): Promise<void> {
  await Promise.race([
    waitFor(async () => (await fetch(url)).ok, {
      what: `${url} of a process that printed:\n${running.output()}`,
    }),
    running.exited.then((code) => {
      throw new Error(`The process ended with ${code}:\n${running.output()}`);
    }),
  ]).catch(async (error: unknown) => {
    // The caller gets no handle to end the process by.
    await running.kill('SIGKILL');
    throw error;
  });
}

/** Keeps which assumptions the running test file depends on, if TEST_USED_ASSUMPTIONS names a folder for that. */
function keepUsedAssumptions({ child }: RunningProcess): void {
  const folder = process.env.TEST_USED_ASSUMPTIONS;
  if (folder === undefined || child.stderr === null) return;
  const file = join(folder, encodeURIComponent(process.env.TEST_CURRENT_FILE ?? ''));
  createInterface({ input: child.stderr }).on('line', (line) => {
    if (line.includes('"assumption.used"')) appendFileSync(file, `${line}\n`);
  });
}

export interface RunningSandbox extends RunningProcess {
  url: string;
  /** Calls the control side. */
  control(method: string, path: string, body?: unknown): Promise<unknown>;
}

export async function runSandbox(options: {
  port: number;
  gatewayPort: number;
  dataFile: string;
  env?: Record<string, string>;
}): Promise<RunningSandbox> {
  const url = `http://127.0.0.1:${options.port}`;
  const running = run('packages/sandbox/dist/main.js', {
    SANDBOX_PORT: String(options.port),
    SANDBOX_DATA: options.dataFile,
    SANDBOX_WEBHOOK_URL: `http://127.0.0.1:${options.gatewayPort}/webhooks/agora`,
    // The whole suite can be run against another reading of Agora's documents.
    SANDBOX_FALSE_ASSUMPTIONS: process.env.TEST_FALSE_ASSUMPTIONS ?? '',
    ...options.env,
  });
  keepUsedAssumptions(running);
  await untilListening(running, `${url}/sandbox`);
  return {
    ...running,
    url,
    async control(method, path, body) {
      const response = await fetch(`${url}/sandbox${path}`, {
        method,
        ...(body === undefined
          ? {}
          : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`${method} /sandbox${path} answered ${response.status}: ${text}`);
      return text === '' ? null : (JSON.parse(text) as unknown);
    },
  };
}

export interface RunningGateway extends RunningProcess {
  url: string;
}

export async function runGateway(options: {
  port: number;
  sandboxUrl: string;
  databaseFile: string;
  env?: Record<string, string>;
  nodeOptions?: readonly string[];
  entry?: string;
}): Promise<RunningGateway> {
  const url = `http://127.0.0.1:${options.port}`;
  const env = {
    PORT: String(options.port),
    SANDBOX_URL: options.sandboxUrl,
    DATABASE_URL: `file:${options.databaseFile}`,
    LOG_LEVEL: 'warn',
    // Tests send more than one person does; those of the limits set theirs.
    LIMIT_OPERATIONS: 'off',
    LIMIT_COST: 'off',
    ...options.env,
  };
  const running = run(options.entry ?? 'dist/main.js', env, root, options.nodeOptions);
  await untilListening(running, `${url}/readyz`);
  return { ...running, url };
}
