import pLimit from 'p-limit';
import { type StorageProfile } from '../commands/start/storage.js';
import { FACTS_TIMEOUT_MS, inSeconds } from '../media/bounds.js';
import { type ProbeAnswer, probeCors, type ProbeFault, probeReading } from '../media/bucket-probe.js';
import {
  type BucketReader,
  createBucketReader,
  FETCH_EXPIRES_SECONDS,
  readablePlace,
} from '../media/reader.js';
import { explained } from '../media/unavailable.js';
import { type CheckResult } from './check-result.js';

/** Requests to storages at once. */
const MAX_SENT = 8;

/** Origins that each bucket is asked about. */
export const MAX_ORIGINS = 20;

/** Origins that a result names. */
const MAX_NAMED = 3;

/** A name that Agora gives to none of its files. */
const PROBED_FILE = 'agora-recording-gateway-check';

const METHODS = ['GET', 'HEAD'] as const;

/** Codes with which storages say that the bucket is not there: S3 and those alike, and Azure. */
const NO_BUCKET = ['NoSuchBucket', 'ContainerNotFound'];

export interface CheckReadingParts {
  /** Base address of the sandbox's storage, which stands in for all vendors; null outside sandbox mode. */
  sandboxStorage: string | null;
  /** Origins of pages that play recordings back from the bucket. */
  origins: readonly string[];
  clock: { now(): number };
  signal?: AbortSignal;
}

type Outcome = Pick<CheckResult, 'outcome' | 'detail'>;

/** The origins whose pages must be able to read buckets: none where files pass through the gateway. */
export function pageOrigins(settings: {
  allowedOrigins: readonly string[] | 'this-machine';
  mediaProxy: boolean;
}): readonly string[] {
  const { allowedOrigins, mediaProxy } = settings;
  return mediaProxy || allowedOrigins === 'this-machine' ? [] : allowedOrigins;
}

function unanswered({ fault }: ProbeFault): Outcome {
  const detail =
    fault === 'timed-out'
      ? `The storage did not answer in ${inSeconds(FACTS_TIMEOUT_MS)}.`
      : 'The storage cannot be reached. Check region and endpoint of the profile.';
  return { outcome: 'unknown', detail };
}

function readingOutcome(answer: ProbeAnswer | ProbeFault): Outcome {
  if ('fault' in answer) return unanswered(answer);
  const { status, code } = answer;
  const said = `${status}${code === null ? '' : ` ${code}`}`;
  if (status >= 500) return { outcome: 'unknown', detail: `The storage answered ${said}.` };
  if (status >= 300 && status < 400) {
    const detail = `The bucket is elsewhere (${said}). Check region and endpoint of the profile.`;
    return { outcome: 'failed', detail };
  }
  if (code !== null && NO_BUCKET.includes(code)) {
    const detail = `The storage has no such bucket (${said}). Check bucket, region and endpoint of the profile.`;
    return { outcome: 'failed', detail };
  }
  if (status < 300 || status === 404) return { outcome: 'ok', detail: 'The storage lets it read.' };
  if (code === 'AccessDenied') {
    const detail =
      'The storage knows it. Whether it may read files shows only if it may list the bucket, too (at Amazon S3: s3:ListBucket).';
    return { outcome: 'ok', detail };
  }
  const detail =
    `The storage refuses it (${said}). Check the key in readCredentialsFile, and bucket, region and endpoint of ` +
    'the profile.';
  return { outcome: 'failed', detail };
}

/** Whether pages may read the bucket: each origin is asked about as a browser asks. */
async function corsOutcome(
  reader: BucketReader,
  fileName: string,
  { origins, signal }: CheckReadingParts,
  limit: ReturnType<typeof pLimit>,
): Promise<Outcome> {
  const asked = origins
    .slice(0, MAX_ORIGINS)
    .flatMap((origin) => METHODS.map((method) => ({ origin, method })));
  const answers = await Promise.all(
    asked.map(({ origin, method }) =>
      limit(async () => {
        const { url } = await reader.sign(fileName, FETCH_EXPIRES_SECONDS, method);
        return { origin, method, answer: await probeCors(url, { origin, method }, signal) };
      }),
    ),
  );
  const refused: string[] = [];
  let fault: ProbeFault | null = null;
  for (const { origin, method, answer } of answers) {
    if ('fault' in answer) fault = answer;
    else if (!answer.permitted) refused.push(`${origin} (${method}: ${answer.status})`);
  }
  if (refused.length > 0) {
    const more = refused.length > MAX_NAMED ? ` and ${refused.length - MAX_NAMED} more` : '';
    const detail =
      `Its CORS rule does not permit ${refused.slice(0, MAX_NAMED).join(', ')}${more}. Permit the origin, the methods GET ` +
      'and HEAD, and the header Range, as docs/playback.md shows, or set MEDIA_PROXY=true.';
    return { outcome: 'failed', detail };
  }
  if (fault !== null) return unanswered(fault);
  return { outcome: 'ok', detail: 'Pages of ALLOWED_ORIGINS may read the bucket.' };
}

async function checkProfile(
  profile: StorageProfile,
  parts: CheckReadingParts,
  limit: ReturnType<typeof pLimit>,
): Promise<CheckResult[]> {
  const { name, readCredentials, fileNamePrefix } = profile;
  const row = (kind: 'read key' | 'CORS rule', outcome: Outcome): CheckResult => ({ kind, name, ...outcome });
  if (readCredentials === null) return [];
  const place = readablePlace(profile, parts.sandboxStorage);
  if (place === null) {
    const detail = explained('VENDOR_NOT_SUPPORTED').message;
    return [row('read key', { outcome: 'failed', detail })];
  }
  const credentials = await readCredentials().catch(() => null);
  const now = parts.clock.now();
  // Both are the concern of the check of the profile itself.
  if (credentials === null) return [];
  if (credentials.stsExpiration !== null && credentials.stsExpiration * 1000 <= now) return [];
  const reader = createBucketReader(place, credentials, parts.clock);
  const fileName = [...fileNamePrefix, PROBED_FILE].join('/');
  const { url } = await reader.sign(fileName, FETCH_EXPIRES_SECONDS);
  const answer = await limit(() => probeReading(url, parts.signal));
  const reading = row('read key', readingOutcome(answer));
  if ('fault' in answer || parts.origins.length === 0) return [reading];
  return [reading, row('CORS rule', await corsOutcome(reader, fileName, parts, limit))];
}

/**
 * Whether the storage of each profile takes the key of its readCredentialsFile, and whether the bucket's CORS rule lets pages
 * play recordings back. A file that is not there is asked for.
 */
export async function checkReading(
  profiles: readonly StorageProfile[],
  parts: CheckReadingParts,
): Promise<CheckResult[]> {
  const limit = pLimit(MAX_SENT);
  return (await Promise.all(profiles.map((profile) => checkProfile(profile, parts, limit)))).flat();
}
