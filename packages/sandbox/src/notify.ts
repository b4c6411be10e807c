#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Secret } from '@agora-recording-gateway/agora/client/secret';
import { fillNotification } from './notifications/fill-notification.js';
import { identifiers } from './tasks/identifiers.js';
import { Poster } from './notifications/post.js';
import { DEFAULT_WEBHOOK_URL } from './notifications/default-webhook-url.js';
import { readSecrets, webhookSecrets } from './notifications/webhook-secrets.js';

/** EX_USAGE of sysexits.h: nothing was sent. */
const EXIT_USAGE = 64;
/** It was sent, and not answered with 200. */
const EXIT_REFUSED = 1;

const STANDARD_INPUT = 0;

const USAGE = `Signs a notification as Agora does and posts it to a gateway's webhook.

  npm run -s notify -- [FILE] [options]

  FILE               the notification, JSON; left out or "-": standard input
  --url URL          where it goes; default ${DEFAULT_WEBHOOK_URL}
  --secret-file F    a file that holds the webhook secret; default AGORA_WEBHOOK_SECRETS, or the file that
                     AGORA_WEBHOOK_SECRETS_FILE names; the first of several signs
  --sandbox URL      take the secret of the sandbox that runs there
  --cname, --uid, --sid, --sequence VALUE
                     put this into the payload
  --now              the event happens now: sendts and notifyMs
  --new              another noticeId, so that it is no repetition
  --help             this text

Without options of the last three lines the bytes are sent as they are. Prints the status and the answer.
Exit code: 0 for the status 200, 1 for any other or no answer, 64 where nothing was sent.
`;

class UsageError extends Error {}

function readArguments(args: string[]) {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        url: { type: 'string', default: DEFAULT_WEBHOOK_URL },
        'secret-file': { type: 'string' },
        sandbox: { type: 'string' },
        cname: { type: 'string' },
        uid: { type: 'string' },
        sid: { type: 'string' },
        sequence: { type: 'string' },
        now: { type: 'boolean', default: false },
        new: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (positionals.length > 1) throw new Error('Give one file.');
    if (!URL.canParse(values.url) || !/^https?:$/.test(new URL(values.url).protocol)) {
      throw new Error('--url: give an address that begins with http:// or https://.');
    }
    if (values.sequence !== undefined && !/^\d+$/.test(values.sequence)) {
      throw new Error('--sequence: give a whole number from 0 on.');
    }
    return { ...values, file: positionals[0] ?? '-' };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

type Arguments = ReturnType<typeof readArguments>;

async function secretOfSandbox(url: string): Promise<string> {
  try {
    const response = await fetch(new URL('/sandbox', url), { signal: AbortSignal.timeout(5_000) });
    const { webhookSecret } = (await response.json()) as { webhookSecret?: unknown };
    if (typeof webhookSecret === 'string') return webhookSecret;
  } catch {
    // Told below: no answer, or none of a sandbox.
  }
  throw new UsageError(`--sandbox: no sandbox answers at ${url}.`);
}

async function secretFor({ 'secret-file': file, sandbox }: Arguments): Promise<Secret> {
  if (sandbox !== undefined) return new Secret(await secretOfSandbox(sandbox));
  const read = file === undefined ? webhookSecrets(process.env) : readSecrets(file, '--secret-file');
  if ('problem' in read) throw new UsageError(read.problem);
  const [first] = read.secrets;
  if (first === undefined) {
    throw new UsageError('No secret: give --secret-file or --sandbox, or set AGORA_WEBHOOK_SECRETS.');
  }
  return new Secret(first);
}

function bodyFor({ file, cname, uid, sid, sequence, now, new: renew }: Arguments): Buffer {
  try {
    return fillNotification(readFileSync(file === '-' ? STANDARD_INPUT : file), {
      ...{ cname, uid, sid },
      sequence: sequence === undefined ? undefined : Number(sequence),
      now: now ? Date.now() : undefined,
      noticeId: renew ? identifiers.hex32() : undefined,
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** Gives the exit code. */
async function run(args: string[]): Promise<number> {
  const given = readArguments(args);
  if (given.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const poster = new Poster(await secretFor(given), 1);
  const result = await poster.post(new URL(given.url), bodyFor(given));
  poster.close();
  if ('failure' in result) {
    process.stderr.write(`No answer (${result.failure}): ${result.reason}\n`);
    return EXIT_REFUSED;
  }
  process.stdout.write(`${result.status}\n${result.answer}\n`);
  return result.status === 200 ? 0 : EXIT_REFUSED;
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\nnpm run -s notify -- --help says more.\n`);
  process.exitCode = EXIT_USAGE;
}
