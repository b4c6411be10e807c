import * as z from 'zod';
import { Secret } from '@agora-recording-gateway/agora/client/secret';
import { type ProjectSettings } from './gateway-config.js';
import { type StorageProfileSettings } from './storage-profile.js';

const ClockReading = z.object({ nowMs: z.number(), speed: z.number().positive() });

const Answer = z.object({
  appId: z.string(),
  customerId: z.string(),
  customerSecret: z.string(),
  webhookSecret: z.string(),
  clock: ClockReading,
  storage: z.object({
    vendor: z.number(),
    region: z.number(),
    bucket: z.string(),
    accessKey: z.string(),
    secretKey: z.string(),
    readAccessKey: z.string(),
    readSecretKey: z.string(),
    fileNamePrefix: z.array(z.string()).default([]),
  }),
});

export type ClockReading = z.infer<typeof ClockReading>;

/** What a gateway in sandbox mode learns from `GET /sandbox`. */
export interface SandboxAnswer {
  customerId: string;
  customerSecret: Secret;
  project: Omit<ProjectSettings, 'appCertificate'>;
  storageProfile: StorageProfileSettings;
  clock: ClockReading;
}

/** The address at which a sandbox stands in for the storages of all vendors. */
export function sandboxStorageAt(url: string): string {
  return `${url}/s3`;
}

const REPLY_TIMEOUT_MS = 5_000;

function timeout(signal: AbortSignal | undefined): AbortSignal {
  const limit = AbortSignal.timeout(REPLY_TIMEOUT_MS);
  return signal === undefined ? limit : AbortSignal.any([limit, signal]);
}

/** fetch says only that it failed; its cause says why. */
async function fetchFromSandbox(address: string, options: RequestInit): Promise<Response> {
  try {
    return await fetch(address, options);
  } catch (error) {
    const { cause, message } = error as Error;
    const reason = cause instanceof Error ? cause.message : message;
    throw new Error(`${address} cannot be reached (${reason}). Start the sandbox, or check SANDBOX_URL.`, {
      cause: error,
    });
  }
}

async function readAnswer(response: Response, url: string): Promise<z.infer<typeof Answer>> {
  try {
    return Answer.parse(await response.json());
  } catch (error) {
    throw new Error(`${url}/sandbox does not answer as a sandbox of this release does. Check SANDBOX_URL.`, {
      cause: error,
    });
  }
}

/** Asks a sandbox for everything that a client of it needs. */
export async function askSandbox(url: string, signal?: AbortSignal): Promise<SandboxAnswer> {
  const response = await fetchFromSandbox(`${url}/sandbox`, { signal: timeout(signal) });
  if (!response.ok) throw new Error(`${url}/sandbox returned ${response.status}. Check SANDBOX_URL.`);
  const answer = await readAnswer(response, url);
  const { accessKey, secretKey, readAccessKey, readSecretKey, ...storage } = answer.storage;
  const lasting = (access: string, secret: string) => () =>
    Promise.resolve({
      accessKey: new Secret(access),
      secretKey: new Secret(secret),
      stsToken: null,
      stsExpiration: null,
    });
  return {
    customerId: answer.customerId,
    customerSecret: new Secret(answer.customerSecret),
    project: { appId: answer.appId, webhookSecrets: [new Secret(answer.webhookSecret)] },
    storageProfile: {
      name: 'sandbox',
      isDefault: true,
      ...storage,
      sse: null,
      tag: null,
      endpoint: null,
      credentials: lasting(accessKey, secretKey),
      readCredentials: lasting(readAccessKey, readSecretKey),
      checkFiles: false,
    },
    clock: answer.clock,
  };
}

export async function setSandboxSpeed(url: string, speed: number, signal?: AbortSignal): Promise<void> {
  const response = await fetchFromSandbox(`${url}/sandbox/clock`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ speed }),
    signal: timeout(signal),
  });
  if (!response.ok) throw new Error(`${url}/sandbox/clock returned ${response.status}.`);
}
