import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo } from 'node:net';
import { Secret } from '@agora-recording-gateway/agora/client/secret';
import { createMedia, type MediaParts } from '../../src/media/media.js';
import { createLog } from '../../src/telemetry/log.js';
import { type CleanUps } from '../support/clean-ups.js';

/** Where the files of these tests are. */
export const STORAGE = { profile: 'main', vendor: 1, region: 0, bucket: 'files', endpoint: null };

export const NOW = Date.UTC(2026, 0, 15, 10);

const readCredentials = () =>
  Promise.resolve({
    accessKey: new Secret('reader'),
    secretKey: new Secret('canary'),
    stsToken: null,
    stsExpiration: null,
  });

/** A server in place of a storage, until the end of the test; gives its address. */
export async function serveStorage(cleanUps: CleanUps, answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  cleanUps.push(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Media that read from a storage at an address, until the end of the test. */
export function mediaOver(
  cleanUps: CleanUps,
  address: string,
  given: Pick<MediaParts, 'proxy'> & Partial<MediaParts>,
) {
  const { profile: name, ...place } = STORAGE;
  const media = createMedia({
    store: { recordings: () => Promise.resolve([{ storage: STORAGE }]), inputKey: 'key' },
    profiles: () => [{ name, ...place, readCredentials }],
    sandboxStorage: `${address}/s3`,
    clock: { now: () => NOW },
    log: createLog('silent'),
    onPlaylist: () => undefined,
    ...given,
  });
  cleanUps.push(() => Promise.resolve(media.close()));
  return media;
}
