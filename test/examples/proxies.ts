import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { freePort, temporaryDirectory } from '../support/processes.js';
import { waitFor } from '../support/wait-for.js';
import { PAGE } from './one-origin.js';

/** Where a proxy listens, and the directory with its page and whatever else it writes. */
interface Place {
  port: number;
  path: string;
  page: string;
}

interface Proxy {
  /** Debian's. */
  program: string;
  /** The whole of its settings around a block of the documentation. */
  settings(block: string, place: Place): string;
  parameters: (settingsFile: string) => string[];
}

export const PROXIES = {
  nginx: {
    program: '/usr/sbin/nginx',
    settings(block, { port, path, page }) {
      const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
      return `daemon off;
master_process off;
pid ${path}/pid;
events {}
http {
  access_log off;
  ${temporary.map((name) => `${name}_temp_path ${path}/${name};`).join('\n  ')}
  types { text/html html; text/javascript js; }
  server {
    listen 127.0.0.1:${port};
    root ${page};
    ${block}
  }
}
`;
    },
    parameters: (file) => ['-e', 'stderr', '-c', file],
  },
  caddy: {
    program: '/usr/bin/caddy',
    settings: (block, { port, page }) => `{
  admin off
  auto_https off
}
http://127.0.0.1:${port} {
  root * ${page}
  file_server
  ${block}
}
`,
    parameters: (file) => ['run', '--adapter', 'caddyfile', '--config', file],
  },
} satisfies Record<string, Proxy>;

export type ProxyName = keyof typeof PROXIES;

/** Where it is missing the test is skipped; in CI it runs all the same, and fails. */
export function skipWithout(name: ProxyName): boolean {
  return !existsSync(PROXIES[name].program) && process.env.CI === undefined;
}

function run({ program, parameters }: Proxy, file: string, path: string): ChildProcess {
  // Caddy keeps its state in the home directory.
  const env = { HOME: path, XDG_CONFIG_HOME: path, XDG_DATA_HOME: path };
  return spawn(program, parameters(file), { stdio: ['ignore', 'ignore', 'pipe'], env });
}

/** A proxy with the page of an example, and with a block of settings. */
export async function runProxy(name: ProxyName, script: Uint8Array, block: string) {
  const directory = temporaryDirectory();
  const { path } = directory;
  const port = await freePort();
  const page = join(path, 'page');
  mkdirSync(page);
  writeFileSync(join(page, 'index.html'), PAGE);
  writeFileSync(join(page, 'main.js'), script);
  const settings = join(path, 'settings');
  writeFileSync(settings, PROXIES[name].settings(block, { port, path, page }));
  const child = run(PROXIES[name], settings, path);
  let complaints = '';
  child.stderr?.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = `http://127.0.0.1:${port}`;
  const isUp = async () => {
    if (child.exitCode !== null) throw new Error(complaints);
    return (await fetch(url)).ok;
  };
  await waitFor(isUp, { what: `${name} at ${url}` });
  return {
    url,
    async close() {
      child.kill();
      await exited;
      directory.remove();
    },
  };
}

/**
 * Subscribes through a proxy by WebSocket, as a page of an origin does. Gives the first message of the subscription, or the HTTP
 * status with which the WebSocket was refused.
 */
export async function subscribeFrom(origin: string, url: string, query: string): Promise<unknown> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws', { origin });
  try {
    return await new Promise((resolve, reject) => {
      socket.on('error', reject);
      socket.on('close', (code) => reject(new Error(`The WebSocket was closed with ${code}.`)));
      socket.on('unexpected-response', (_request, { statusCode }) => resolve(statusCode));
      socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init' })));
      socket.on('message', (data: Buffer) => {
        const { type, payload } = JSON.parse(data.toString()) as { type: string; payload?: unknown };
        if (type === 'connection_ack')
          socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }));
        else if (type === 'next' || type === 'error') resolve(payload);
      });
    });
  } finally {
    socket.terminate();
  }
}
