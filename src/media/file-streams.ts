import { once } from 'node:events';
import { pipeline, Readable, Transform } from 'node:stream';
import { type ReadableStream } from 'node:stream/web';
import ky, { HTTPError } from 'ky';
import { inSeconds, STALL_TIMEOUT_MS } from './bounds.js';
import { faultOf, type FetchFault, STORAGE_REQUEST } from './fetch.js';

/** Files that pass through the gateway at once; further requests are refused. */
export const MAX_STREAMS = 200;

/** Time in which the first byte must come from the storage. Real milliseconds. */
const BEGIN_TIMEOUT_MS = 10_000;

/** How often it is checked whether a file that passes may still be read. Real milliseconds. */
const PERMISSION_CHECK_INTERVAL_MS = 1_000;

/** Bytes of a file that wait for its reader. */
const BUFFER_BYTES = 256 * 1024;

/** One range, as players ask for. Others are ignored: all of the file is a correct answer to them. */
const RANGE = /^bytes=(\d+-\d*|-\d+)$/;

/** By the ending of the name: a type from the bucket could make a page of a file, under the gateway's own origin. */
const TYPES: Readonly<Record<string, string>> = {
  aac: 'audio/aac',
  jpg: 'image/jpeg',
  m4s: 'video/iso.segment',
  mp4: 'video/mp4',
  ts: 'video/mp2t',
  webm: 'video/webm',
};

/** Headers of the storage that are passed on; those about lengths only if the bytes are passed on as they came. */
const LENGTHS = ['accept-ranges', 'content-length', 'content-range'];
const OTHERS = ['etag', 'last-modified'];

export interface FileAsked {
  method: 'GET' | 'HEAD';
  /** The header Range of the request. */
  range: string | undefined;
}

/** A file as it is passed on. */
export interface StreamedFile {
  status: number;
  headers: Record<string, string>;
  /** Null for HEAD. */
  body: Readable | null;
}

function typeOf(fileName: string): string {
  const ending = fileName.slice(fileName.lastIndexOf('.') + 1).toLowerCase();
  return TYPES[ending] ?? 'application/octet-stream';
}

/** Passes files from storages on as they come, without holding them. */
export function createFileStreams() {
  let running = 0;

  /**
   * The bytes of an answer; ends it when nothing moves, whether the storage or the reader waits, and when the reader may not have
   * them any more. `onEnd` runs once, however it ends.
   */
  function passOn(body: ReadableStream, isPermitted: () => boolean, onEnd: () => void): Readable {
    const passing = new Transform({
      highWaterMark: BUFFER_BYTES,
      transform(chunk, _encoding, done) {
        stall.refresh();
        done(null, chunk);
      },
    });
    const stall = setTimeout(
      () => passing.destroy(new Error(`No byte of the file has moved for ${inSeconds(STALL_TIMEOUT_MS)}.`)),
      STALL_TIMEOUT_MS,
    );
    const check = setInterval(() => {
      if (!isPermitted()) passing.destroy(new Error('The address of the file was revoked.'));
    }, PERMISSION_CHECK_INTERVAL_MS);
    pipeline(Readable.fromWeb(body), passing, () => {
      clearTimeout(stall);
      clearInterval(check);
      onEnd();
    });
    return passing;
  }

  return {
    /** `isPermitted`: whether the reader may still have the file; asked each second while it passes. */
    async open(
      url: string,
      fileName: string,
      { method, range }: FileAsked,
      isPermitted: () => boolean,
    ): Promise<StreamedFile | { fault: FetchFault | 'busy' | 'unsatisfiable' }> {
      if (running >= MAX_STREAMS) return { fault: 'busy' };
      running += 1;
      let hasEnded = false;
      const end = () => {
        if (!hasEnded) running -= 1;
        hasEnded = true;
      };
      const beginning = new AbortController();
      const timer = setTimeout(
        () => beginning.abort(new DOMException('The storage did not begin to answer.', 'TimeoutError')),
        BEGIN_TIMEOUT_MS,
      );
      try {
        const { status, headers, body } = await ky(url, {
          ...STORAGE_REQUEST,
          method,
          headers: {
            'accept-encoding': 'identity',
            ...(range !== undefined && RANGE.test(range) ? { range } : {}),
          },
          signal: beginning.signal,
        });
        const isDecoded = headers.has('content-encoding');
        const passed = [...(isDecoded ? [] : LENGTHS), ...OTHERS].flatMap((name) => {
          const value = headers.get(name);
          return value === null ? [] : [[name, value]];
        });
        const answer = {
          status,
          headers: {
            ...(Object.fromEntries(passed) as Record<string, string>),
            'content-type': typeOf(fileName),
          },
        };
        if (body === null || method === 'HEAD') {
          end();
          return { ...answer, body: null };
        }
        const passing = passOn(body, isPermitted, end);
        // Until the first byte, or the end of an empty file, a failure can be answered with its cause.
        await once(passing, 'readable');
        return { ...answer, body: passing };
      } catch (error) {
        end();
        const isRange = error instanceof HTTPError && error.response.status === 416;
        return { fault: isRange ? 'unsatisfiable' : faultOf(error) };
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
