import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const HOST =
  process.env.BENCH_ROOT === undefined
    ? fileURLToPath(new URL('./postgres-host.mjs', import.meta.url))
    : join(process.env.BENCH_ROOT, 'test/support/databases/postgres-host.mjs');

export interface PostgresServer {
  /** Of its first database, as one who may do everything. */
  url: string;
  /** Ends it as an operator does; connections are cut. */
  stop(): Promise<void>;
  /** Ends it as a crash does. */
  crash(): Promise<void>;
  start(): Promise<void>;
  /** Ends it for good and removes its files. */
  close(): Promise<void>;
}

/** Starts a separate PostgreSQL server, which a test may change freely. It ends with this process at the latest. */
export async function startPostgresServer(): Promise<PostgresServer> {
  const host = spawn(process.execPath, [HOST], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = new Promise<number | null>((resolve) => host.once('exit', resolve));
  const lines = createInterface(host.stdout)[Symbol.asyncIterator]();
  const nextLine = async (): Promise<string> => {
    const line: IteratorResult<string, undefined> = await lines.next();
    if (line.value === undefined)
      throw new Error(`The host of PostgreSQL ended with ${String(await exited)}.`);
    return line.value;
  };
  const order = async (line: string) => {
    host.stdin.write(`${line}\n`);
    await nextLine();
  };
  return {
    url: await nextLine(),
    stop: () => order('stop'),
    crash: () => order('crash'),
    start: () => order('start'),
    async close() {
      host.stdin.end();
      await exited;
    },
  };
}
