import { type FastifyInstance, type FastifyReply } from 'fastify';
import { type Media, MEDIA_FAULTS, type MediaFault } from '../media/media.js';

/** Longest parameter in a path: a token holds the name of a file, which has up to 1,024 bytes in a bucket. */
export const MAX_TOKEN_LENGTH = 4_096;

/** The token in the address is all that is needed, so pages of every origin may read what it permits. */
const HEADERS = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'content-length, content-range, etag',
  'cross-origin-resource-policy': 'cross-origin',
  'referrer-policy': 'no-referrer',
};

/** For files, which come from a bucket: whatever they hold, nothing of it runs under the origin of the gateway. */
const FILE_HEADERS = { ...HEADERS, 'content-security-policy': "default-src 'none'; sandbox" };

const PREFLIGHT = {
  'access-control-allow-methods': 'GET, HEAD',
  'access-control-allow-headers': 'range',
  'access-control-max-age': '7200',
};

async function refuse(reply: FastifyReply, fault: MediaFault) {
  const { status, error } = MEDIA_FAULTS[fault];
  if (status === 503) void reply.header('retry-after', '1');
  return await reply.code(status).send({ error });
}

/** Playlists at `/media/TOKEN/index.m3u8`, and files at `/media/TOKEN/file`. */
export function mediaRoute(media: Media) {
  return (scope: FastifyInstance, _options: object, done: () => void): void => {
    scope.get<{ Params: { token: string } }>('/media/:token/index.m3u8', async (request, reply) => {
      void reply.headers(HEADERS);
      const playlist = await media.playlist(request.params.token);
      if ('fault' in playlist) return await refuse(reply, playlist.fault);
      return await reply.type('application/vnd.apple.mpegurl').send(playlist.text);
    });
    scope.route<{ Params: { token: string } }>({
      method: ['GET', 'HEAD'],
      url: '/media/:token/file',
      // Media is compressed already, and its length is known.
      compress: false,
      handler: async (request, reply) => {
        void reply.headers(FILE_HEADERS);
        const method = request.method === 'HEAD' ? 'HEAD' : 'GET';
        // A range of what another answer began with: all of the file is right whether it has changed or not.
        const range = request.headers['if-range'] === undefined ? request.headers.range : undefined;
        const file = await media.file(request.params.token, { method, range });
        if ('fault' in file) return await refuse(reply, file.fault);
        void reply.code(file.status).headers(file.headers);
        return await (file.body === null ? reply.send() : reply.send(file.body));
      },
    });
    scope.options('/media/:token/file', async (_request, reply) => {
      return await reply
        .code(204)
        .headers({ ...HEADERS, ...PREFLIGHT })
        .send();
    });
    done();
  };
}
