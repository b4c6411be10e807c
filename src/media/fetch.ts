import ky, { HTTPError } from 'ky';
import { boundedText } from '../bounded-text.js';

/** Why a file of a storage could not be read. */
export type FetchFault = 'missing' | 'denied' | 'unreachable' | 'timed-out' | 'too-large';

interface FetchBounds {
  /** Time for the whole answer, real milliseconds. */
  timeoutMs: number;
  maxBytes: number;
}

/** What the head of an answer says of a file. */
export interface FileFacts {
  /** Bytes; null if the storage did not say. */
  size: number | null;
  contentType: string | null;
  /** Unix milliseconds. */
  lastModified: number | null;
}

/** How every storage is asked. A redirect is an error: only the host of the configured storage is asked. */
export const STORAGE_REQUEST = { timeout: false, retry: 0, redirect: 'error' } as const;

const options = (timeoutMs: number, signal?: AbortSignal) => ({
  ...STORAGE_REQUEST,
  signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal === undefined ? [] : [signal])]),
});

export function faultOf(error: unknown): FetchFault {
  if (error instanceof DOMException && error.name === 'TimeoutError') return 'timed-out';
  if (!(error instanceof HTTPError)) return 'unreachable';
  const { status } = error.response;
  if (status === 404) return 'missing';
  return status === 401 || status === 403 ? 'denied' : 'unreachable';
}

export async function fetchText(
  url: string,
  { timeoutMs, maxBytes }: FetchBounds,
): Promise<{ text: string } | { fault: FetchFault }> {
  try {
    const response = await ky.get(url, options(timeoutMs));
    const text = await boundedText(response.body, maxBytes);
    return text === null ? { fault: 'too-large' } : { text };
  } catch (error) {
    return { fault: faultOf(error) };
  }
}

/** A header that holds a whole number, or a date, as a number; null if it does not. */
function numberIn(text: string | null, read: (text: string) => number): number | null {
  const number = text === null ? NaN : read(text);
  return Number.isSafeInteger(number) && number >= 0 ? number : null;
}

/** Asks for the head of a file: none of its bytes are sent. `signal` gives it up. */
export async function fetchHead(
  url: string,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<FileFacts | { fault: FetchFault }> {
  try {
    const { headers } = await ky.head(url, options(timeoutMs, signal));
    return {
      size: numberIn(headers.get('content-length'), Number),
      contentType: headers.get('content-type'),
      lastModified: numberIn(headers.get('last-modified'), Date.parse),
    };
  } catch (error) {
    return { fault: faultOf(error) };
  }
}
