import { type FastifyInstance } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    /** The Content-Type header as it was sent. */
    contentType: string | undefined;
  }
}

/** Whether a Content-Type header means JSON; parameters such as charset do not matter. */
export function isJsonMediaType(contentType: string | undefined): boolean {
  return contentType?.split(';')[0]?.trim().toLowerCase() === 'application/json';
}

/**
 * Bodies are read as text, whatever their media type: each side has its own reply to what it cannot use. Fastify answers a
 * Content-Type that has not the form of one by itself, so the header is taken from the request before Fastify looks at it.
 */
export function readBodiesAsText(server: FastifyInstance): void {
  server.decorateRequest('contentType', undefined);
  server.addHook('onRequest', (request, _reply, done) => {
    request.contentType = request.headers['content-type'];
    delete request.headers['content-type'];
    done();
  });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, parsed) => parsed(null, body));
}
