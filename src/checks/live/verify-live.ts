import { randomInt, randomUUID } from 'node:crypto';
import { type Credentials } from '@agora-recording-gateway/agora/client/client';
import { mintRtcToken } from '@agora-recording-gateway/agora/client/rtc-token';
import { type Secret } from '@agora-recording-gateway/agora/client/secret';
import { FingerprintKey } from '@agora-recording-gateway/agora/redaction/fingerprint';
import { createRedact } from '@agora-recording-gateway/agora/redaction/redact';
import { fromProfile, type StorageProfile } from '../../commands/start/storage.js';
import { type Answer, Answers } from './answers.js';
import { type Capture, capturesOf } from './captures.js';
import { createCaller } from './exchange.js';
import { observeForms, observePage } from './forms.js';
import { observeLifetime } from './lifetime.js';
import { Recorder } from './recorder.js';
import { SeriesError } from './series.js';

export interface LiveOptions {
  baseUrl: string;
  credentials: Credentials;
  appId: string;
  /** Tokens are made with it; null where the project needs none. */
  certificate: Secret | null;
  profile: StorageProfile;
  /** The channel that is recorded, and whether users publish in it. */
  channel: string;
  hasUsers: boolean;
  /** The page of a web page recording; null for none. */
  pageUrl: string | null;
  /** Waits for real milliseconds. */
  pause: (milliseconds: number) => Promise<void>;
  /** Unix milliseconds. */
  now: () => number;
  /** Ends the series early; what was started is stopped all the same. */
  signal: AbortSignal;
}

export interface LiveReport {
  answers: Answer[];
  /** Why a part of the series could not be made. */
  failures: string[];
  calls: number;
  /** For how long recordings ran in all. Real milliseconds. */
  recordedMs: number;
  captures: Capture[];
}

/** Long enough for the first files. Real milliseconds. */
const RECORD_MS = 15_000;

/** Recorders get uids from here on, where the users of an application rarely have theirs. */
const UIDS = { from: 3_000_000_000, to: 4_000_000_000 };

/**
 * Asks Agora what its documents leave open: a series of about 40 calls that starts recordings of a few seconds, queries them
 * and stops them. What was started is stopped, whatever fails.
 */
export async function verifyLive(options: LiveOptions): Promise<LiveReport> {
  const { appId, baseUrl, certificate, channel, credentials, hasUsers } = options;
  const { now, pageUrl, pause, profile, signal } = options;
  const { config, secrets } = await fromProfile(profile);
  const issuedAt = Math.floor(now() / 1000);
  const token = (uid: string) =>
    certificate === null ? null : mintRtcToken(certificate, { appId, channel, uid, issuedAt });
  const firstUid = randomInt(UIDS.from, UIDS.to);
  const key = new FingerprintKey(randomUUID());
  const redact = createRedact(key, key.fingerprints([credentials.customerSecret.reveal(), ...secrets]));
  const caller = createCaller({ baseUrl, credentials, redact, pause, signal });
  const answers = new Answers();
  const recorder = new Recorder({
    caller,
    answers,
    appId,
    channel,
    firstUid,
    storageConfig: config,
    token,
    now,
  });
  const parts = { recorder, answers, pause, recordMs: hasUsers ? RECORD_MS : 0 };
  const failures: string[] = [];
  const series: [name: string, observe: () => Promise<void>][] = [
    ['The life of a recording', () => observeLifetime(parts)],
    ['Forms of start', () => observeForms(parts)],
  ];
  if (pageUrl !== null)
    series.push(['A web page recording', () => observePage({ ...parts, recordMs: RECORD_MS }, pageUrl)]);
  try {
    for (const [name, observe] of series) {
      try {
        await observe();
      } catch (error) {
        if (!(error instanceof SeriesError)) throw error;
        failures.push(`${name}: ${error.message}`);
      }
    }
  } finally {
    await recorder.stopAll();
  }
  return {
    answers: answers.list(),
    failures,
    calls: caller.exchanges.length,
    recordedMs: recorder.recordedMs,
    captures: await capturesOf(caller.exchanges, { redact, bucket: config.bucket }),
  };
}
