import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface LaunchedSandbox {
  url: string;
  /** Ends the process and waits for it. */
  close(): Promise<void>;
}

const READY_WITHIN_MS = 15_000;

function ready(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The sandbox did not start in time.')), READY_WITHIN_MS);
    child.once('message', (message: { url?: unknown }) => {
      clearTimeout(timer);
      resolve(String(message.url));
    });
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`The sandbox ended with exit code ${code ?? 'unknown'} while it started.`));
    });
  });
}

/**
 * Starts the sandbox as a process of its own. It ends with this one, however this one ends: the channel between them
 * closes then.
 */
export async function launchSandbox(options: {
  port: number;
  webhookUrl: string;
  webhookSecrets: readonly string[];
  clockSpeed: number | null;
}): Promise<LaunchedSandbox> {
  const child = spawn(
    process.execPath,
    [fileURLToPath(import.meta.resolve('agora-recording-sandbox/main'))],
    {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      // The terminal's Ctrl-C goes to this process alone, which then ends the sandbox in its turn.
      detached: true,
      env: {
        ...process.env,
        SANDBOX_PORT: String(options.port),
        SANDBOX_WEBHOOK_URL: options.webhookUrl,
        AGORA_WEBHOOK_SECRETS: options.webhookSecrets.join(','),
        AGORA_WEBHOOK_SECRETS_FILE: '',
        // What the gateway does is in its own log; the other side of it is for those who ask.
        LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn',
        ...(options.clockSpeed === null ? {} : { CLOCK_SPEED: String(options.clockSpeed) }),
      },
    },
  );
  const url = await ready(child);
  return {
    url,
    async close() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
    },
  };
}
