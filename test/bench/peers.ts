import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const PEERS = join(process.env.BENCH_ROOT ?? '.', 'test/bench/peers');

/** Installs what the servers need that the gateway is compared with, when a measurement first needs them. */
export function installPeers(): void {
  if (existsSync(join(PEERS, 'node_modules'))) return;
  const command = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
  execFileSync('npm', command, { cwd: PEERS, stdio: 'inherit' });
}

export interface Peer {
  pid: number;
  port: number;
}

/** Starts a server: `program` is a file of test/bench/peers, `file` what it reads. It ends with this process. */
export function startPeer(program: string, kind: string, file: string): Promise<Peer> {
  const child = spawn(process.execPath, [join(PEERS, program), kind, file], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  process.on('exit', () => child.kill());
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The server ${kind} ended with code ${code}.`)));
    child.stdout.once('data', (data: Buffer) =>
      resolve({ pid: child.pid ?? 0, port: Number(data.toString()) }),
    );
  });
}
