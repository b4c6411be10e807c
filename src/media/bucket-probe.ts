import ky from 'ky';
import { FACTS_TIMEOUT_MS } from './bounds.js';
import { faultOf, STORAGE_REQUEST } from './fetch.js';

/** Of an error's body only so many bytes are read. */
const MAX_BODY_BYTES = 16 * 1024;

/** The code of an error, as S3 and Azure write it. */
const CODE = /<Code>([A-Za-z0-9.]{1,80})<\/Code>/;

export type ProbeFault = { fault: 'unreachable' | 'timed-out' };

/** What a storage answers: its status, and the code of its error. */
export interface ProbeAnswer {
  status: number;
  code: string | null;
}

async function codeIn(body: AsyncIterable<Uint8Array> | null): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    chunks.push(chunk);
    bytes += chunk.byteLength;
    if (bytes >= MAX_BODY_BYTES) break;
  }
  return CODE.exec(Buffer.concat(chunks).toString('utf8'))?.[1] ?? null;
}

async function ask(
  url: string,
  request: { method: string; headers?: Record<string, string> },
  signal: AbortSignal | undefined,
): Promise<(ProbeAnswer & { headers: Headers }) | ProbeFault> {
  const timeout = AbortSignal.timeout(FACTS_TIMEOUT_MS);
  try {
    const response = await ky(url, {
      ...STORAGE_REQUEST,
      ...request,
      // Not followed: its status says that the bucket is elsewhere.
      redirect: 'manual',
      throwHttpErrors: false,
      signal: signal === undefined ? timeout : AbortSignal.any([timeout, signal]),
    });
    const { status, headers } = response;
    return { status, headers, code: await codeIn(response.body) };
  } catch (error) {
    signal?.throwIfAborted();
    return { fault: faultOf(error) === 'timed-out' ? 'timed-out' : 'unreachable' };
  }
}

/** Asks for a file. The answer shows whether the storage takes the key, also where it has no such file. */
export async function probeReading(url: string, signal?: AbortSignal): Promise<ProbeAnswer | ProbeFault> {
  const answer = await ask(url, { method: 'GET' }, signal);
  return 'fault' in answer ? answer : { status: answer.status, code: answer.code };
}

function lists(headers: Headers, name: string, value: string): boolean {
  const values = (headers.get(`access-control-allow-${name}`) ?? '').toLowerCase().split(',');
  return values.some((each) => ['*', value.toLowerCase()].includes(each.trim()));
}

/**
 * Asks as the browser of a page does before it reads a range of a file: whether the bucket's CORS rule permits the page's
 * origin, the method and the header Range.
 */
export async function probeCors(
  url: string,
  { origin, method }: { origin: string; method: 'GET' | 'HEAD' },
  signal?: AbortSignal,
): Promise<(ProbeAnswer & { permitted: boolean }) | ProbeFault> {
  const headers = {
    origin,
    'access-control-request-method': method,
    'access-control-request-headers': 'range',
  };
  const answer = await ask(url, { method: 'OPTIONS', headers }, signal);
  if ('fault' in answer) return answer;
  const { status, code } = answer;
  const permitted =
    status >= 200 &&
    status < 300 &&
    lists(answer.headers, 'origin', origin) &&
    lists(answer.headers, 'methods', method) &&
    lists(answer.headers, 'headers', 'range');
  return { status, code, permitted };
}
