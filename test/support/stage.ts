import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  freePort,
  runGateway,
  type RunningGateway,
  type RunningSandbox,
  runSandbox,
  temporaryDirectory,
} from './processes.js';

export interface Task {
  sid: string;
  cname: string;
  uid: string;
  phase: string;
}

/** A sandbox and a gateway as processes, with their files in one directory. */
export interface Stage {
  sandbox: RunningSandbox;
  gateway: RunningGateway;
  databaseFile: string;
  directory: string;
  /** Starts the gateway, or restarts it after it ended. */
  startGateway(env?: Record<string, string>, nodeOptions?: string[], entry?: string): Promise<RunningGateway>;
  /** The tasks that the sandbox has of a channel: the truth. */
  tasks(channel: string): Promise<Task[]>;
  close(): Promise<void>;
}

export async function openStage(
  options: { speed?: number; env?: Record<string, string>; config?: object } = {},
): Promise<Stage> {
  const directory = temporaryDirectory();
  const configured: Record<string, string> = {};
  if (options.config !== undefined) {
    configured.GATEWAY_CONFIG = join(directory.path, 'gateway.json');
    writeFileSync(configured.GATEWAY_CONFIG, JSON.stringify(options.config));
  }
  const port = await freePort();
  const databaseFile = join(directory.path, 'gateway.db');
  // So the gateway starts sooner than if it made the store. Measurements have no such file.
  const migrated = process.env.TEST_MIGRATED_STORE;
  if (migrated !== undefined) copyFileSync(migrated, databaseFile);
  const sandbox = await runSandbox({
    port: await freePort(),
    gatewayPort: port,
    dataFile: join(directory.path, 'sandbox.db'),
    env: { CLOCK_SPEED: String(options.speed ?? 1) },
  });
  const stage: Stage = {
    sandbox,
    gateway: undefined as never,
    databaseFile,
    directory: directory.path,
    async startGateway(env = {}, nodeOptions = [], entry = undefined) {
      stage.gateway = await runGateway({
        port,
        sandboxUrl: sandbox.url,
        databaseFile,
        env: { ...configured, ...options.env, ...env },
        nodeOptions,
        entry,
      });
      return stage.gateway;
    },
    async tasks(channel) {
      const { recordings } = (await sandbox.control('GET', '/recordings')) as { recordings: Task[] };
      return recordings.filter(({ cname }) => cname === channel);
    },
    async close() {
      await stage.gateway.kill();
      await sandbox.kill();
      directory.remove();
    },
  };
  try {
    await stage.startGateway();
  } catch (error) {
    await sandbox.kill();
    directory.remove();
    throw error;
  }
  return stage;
}
