import { type FastifyInstance } from 'fastify';
import { type Media, PLAYLIST_FAULTS } from '../media/media.js';

/** The token in the address is all that is needed, so pages of every origin may read what it permits. */
const HEADERS = {
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
  'referrer-policy': 'no-referrer',
};

/** Playlists at `/media/TOKEN/index.m3u8`. */
export function mediaRoute(media: Media) {
  return (scope: FastifyInstance, _options: object, done: () => void): void => {
    scope.get<{ Params: { token: string } }>('/media/:token/index.m3u8', async (request, reply) => {
      void reply.headers(HEADERS);
      const playlist = await media.playlist(request.params.token);
      if ('text' in playlist) return await reply.type('application/vnd.apple.mpegurl').send(playlist.text);
      const { status, error } = PLAYLIST_FAULTS[playlist.fault];
      if (status === 503) void reply.header('retry-after', '1');
      return await reply.code(status).send({ error });
    });
    done();
  };
}
