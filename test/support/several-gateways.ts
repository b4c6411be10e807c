import { join } from 'node:path';
import { postgresDatabase, type TestDatabase } from './databases/databases.js';
import {
  freePort,
  runGateway,
  type RunningGateway,
  type RunningSandbox,
  runSandbox,
  temporaryDirectory,
} from './processes.js';
import { type ProxiedCall, recordingProxy } from './agora/recording-proxy.js';
import { notificationPoster } from './agora/send-notification.js';

/** One of several gateways, with what it sent to Agora if it is spied on. */
export interface Gateway extends RunningGateway {
  sent: ProxiedCall[];
}

export interface SandboxCall {
  at: number;
  operation: string;
  httpStatus: number | null;
  cname: string | null;
  sid: string | null;
}

/** Several gateways on one PostgreSQL before one sandbox. */
export interface SeveralGateways {
  sandbox: RunningSandbox;
  database: TestDatabase;
  /** Starts one more. What one sends that is spied on takes a detour, and a little longer. */
  add(options?: { spied?: boolean; env?: Record<string, string> }): Promise<Gateway>;
  /** What the sandbox was asked: the latest calls, oldest first, and the most in any sliding second. */
  calls(): Promise<{ calls: SandboxCall[]; peakPerSecond: number }>;
  /** Posts a notification to a gateway as Agora does, and gives the status. */
  notify(url: string, body: object): Promise<number>;
  close(): Promise<void>;
}

export async function openSeveralGateways(options: { speed?: number } = {}): Promise<SeveralGateways> {
  const directory = temporaryDirectory();
  const database = await postgresDatabase();
  const firstPort = await freePort();
  const sandbox = await runSandbox({
    port: await freePort(),
    gatewayPort: firstPort,
    dataFile: join(directory.path, 'sandbox.db'),
    env: { CLOCK_SPEED: String(options.speed ?? 1) },
  });
  const notify = await notificationPoster(sandbox);
  const running: Gateway[] = [];
  const proxies: { close(): Promise<void> }[] = [];
  return {
    sandbox,
    database,
    async add({ spied = false, env = {} } = {}) {
      const proxy = spied ? await recordingProxy(() => sandbox.url) : null;
      if (proxy !== null) proxies.push(proxy);
      const gateway = await runGateway({
        port: running.length === 0 ? firstPort : await freePort(),
        sandboxUrl: proxy?.url ?? sandbox.url,
        databaseFile: '',
        env: { DATABASE_URL: database.url, ...env },
      });
      const sent = { ...gateway, sent: proxy?.calls ?? [] };
      running.push(sent);
      return sent;
    },
    async calls() {
      return (await sandbox.control('GET', '/calls?limit=10000')) as Awaited<
        ReturnType<SeveralGateways['calls']>
      >;
    },
    notify,
    async close() {
      await Promise.all(
        running.map(async (gateway) => {
          gateway.child.kill('SIGCONT');
          await gateway.kill('SIGKILL');
        }),
      );
      await Promise.all(proxies.map((proxy) => proxy.close()));
      await sandbox.kill();
      await database.remove();
      directory.remove();
    },
  };
}
