import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Secret } from '@agora-recording-gateway/agora/client/secret';

export interface LaunchedSandbox {
  url: string;
  /** Ends the process and waits for it. */
  close(): Promise<void>;
}

export interface LaunchOptions {
  port: number;
  webhookUrl: string;
  webhookSecrets: readonly Secret[];
  clockSpeed: number | null;
  /** Gives up the launch. */
  signal: AbortSignal;
}

const READY_TIMEOUT_MS = 60_000;

/** The address that the sandbox announces once it listens. */
function announcement(child: ChildProcess, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const timeout = AbortSignal.timeout(READY_TIMEOUT_MS);
    const failure = (message: string) => () => reject(new Error(message));
    timeout.addEventListener('abort', failure(`The sandbox did not start within ${READY_TIMEOUT_MS} ms.`));
    signal.addEventListener('abort', failure('The start of the sandbox was given up.'));
    child.once('error', reject);
    child.once('exit', (code) => {
      failure(`The sandbox ended with exit code ${code ?? 'unknown'} while it started.`)();
    });
    child.once('message', (message: { url?: unknown }) => resolve(String(message.url)));
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}

/**
 * Starts the sandbox as a separate process. It ends with this one, however this one ends: the channel between them closes
 * then.
 */
export async function launchSandbox(options: LaunchOptions): Promise<LaunchedSandbox> {
  const child = spawn(
    process.execPath,
    [fileURLToPath(import.meta.resolve('agora-recording-sandbox/main'))],
    {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      // The terminal's Ctrl-C reaches this process only, which then ends the sandbox.
      detached: true,
      env: {
        ...process.env,
        SANDBOX_PORT: String(options.port),
        SANDBOX_WEBHOOK_URL: options.webhookUrl,
        AGORA_WEBHOOK_SECRETS: options.webhookSecrets.map((secret) => secret.reveal()).join(','),
        AGORA_WEBHOOK_SECRETS_FILE: '',
        // The gateway logs its calls itself; the sandbox's view of them is written on request only.
        LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn',
        ...(options.clockSpeed === null ? {} : { CLOCK_SPEED: String(options.clockSpeed) }),
      },
    },
  );
  try {
    const url = await announcement(child, options.signal);
    return { url, close: () => end(child) };
  } catch (error) {
    await end(child);
    throw error;
  }
}
