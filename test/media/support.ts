import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo } from 'node:net';
import { Secret } from '@agora-recording-gateway/agora/client/secret';
import { fastify } from 'fastify';
import { createAuthenticator } from '../../src/auth/authenticator.js';
import { type AuthSettings } from '../../src/auth/settings.js';
import { MAX_TOKEN_LENGTH, mediaRoute } from '../../src/http/media-route.js';
import { createMedia, type Media, type MediaParts } from '../../src/media/media.js';
import { createLog } from '../../src/telemetry/log.js';
import { type CleanUps } from '../support/clean-ups.js';

/** Where the files of these tests are. */
export const STORAGE = { profile: 'main', vendor: 1, region: 0, bucket: 'files', endpoint: null };

/** The recording of these tests. */
export const PLACE = { appId: '0123456789abcdef0123456789abcdef', channel: 'lesson' };

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

/** What decides about credentials in a gateway with these settings, until the end of the test. `now`: real time, Unix milliseconds. */
export function authenticatorOf(cleanUps: CleanUps, settings: AuthSettings, now = () => Date.now()) {
  const authenticator = createAuthenticator({ settings, log: createLog('silent'), now });
  cleanUps.push(() => Promise.resolve(authenticator.close()));
  return authenticator;
}

/** Media that read from a storage at an address, until the end of the test. */
export function mediaOver(
  cleanUps: CleanUps,
  address: string,
  given: Pick<MediaParts, 'proxy'> & Partial<MediaParts>,
) {
  const { profile: name, ...place } = STORAGE;
  const media = createMedia({
    store: { recordings: () => Promise.resolve([{ ...PLACE, storage: STORAGE }]), inputKey: 'key' },
    credentials: authenticatorOf(cleanUps, { kind: 'off' }),
    secret: () => null,
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

/** Serves media by HTTP until the end of the test, and gives the address. */
export async function serveMedia(cleanUps: CleanUps, media: Media): Promise<string> {
  const app = fastify({ routerOptions: { maxParamLength: MAX_TOKEN_LENGTH } });
  void app.register(mediaRoute(media));
  const base = await app.listen({ port: 0, host: '127.0.0.1' });
  cleanUps.push(async () => {
    app.server.closeAllConnections();
    await app.close();
  });
  return base;
}
