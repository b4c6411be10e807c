import { setTimeout as delay } from 'node:timers/promises';
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type SandboxState } from '../tasks/state.js';
import { answerPreflight, corsHeaders } from './cors-rule.js';
import { findObject } from './objects.js';
import { checkSignature, type StorageFault } from './signature.js';

const RANGE = /^bytes=(\d*)-(\d*)$/;

/** The bytes that a Range header asks for; null for all of them. */
function rangeOf(
  header: string | undefined,
  length: number,
): { from: number; to: number } | 'unsatisfiable' | null {
  const found = header === undefined ? null : RANGE.exec(header);
  if (found === null) return null;
  const [, first = '', last = ''] = found;
  if (first === '' && last === '') return null;
  const from = first === '' ? Math.max(0, length - Number(last)) : Number(first);
  const to = first === '' || last === '' ? length - 1 : Math.min(Number(last), length - 1);
  return from > to ? 'unsatisfiable' : { from, to };
}

async function refuse(reply: FastifyReply, { status, code, message }: StorageFault) {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  return await reply.code(status).type('application/xml').send(body);
}

/**
 * The read side of the storage that recordings are uploaded to, as S3 with the bucket at the front of the path: presigned
 * GET and HEAD. Every bucket holds the files of all tasks.
 */
export function addStorageSide(server: FastifyInstance, state: SandboxState): void {
  const { service, storageFaults } = state;
  const { readAccessKey: accessKey, readSecretKey: secretKey } = state.project.storage;

  async function handle(request: FastifyRequest, reply: FastifyReply) {
    const now = service.clock.now();
    const { method, url } = request.raw as { method: string; url: string };
    const { origin } = request.headers;
    void reply.headers(corsHeaders({ origin, method }, storageFaults.settings.corsOrigins) ?? {});
    const name = (request.params as { '*': string })['*'];
    const refused = checkSignature(
      { method, url, host: request.headers.host ?? '' },
      { accessKey, secretKey },
      now,
    );
    if (refused !== null) return await refuse(reply, refused);
    const { missing, forbidden, delayMs } = storageFaults.of(name);
    if (delayMs > 0) await delay(delayMs);
    if (forbidden)
      return await refuse(reply, { status: 403, code: 'AccessDenied', message: 'Access Denied' });
    const object = missing ? null : findObject(service, name, now);
    if (object === null) {
      return await refuse(reply, {
        status: 404,
        code: 'NoSuchKey',
        message: 'The specified key does not exist.',
      });
    }
    const { body, contentType, lastModified } = object;
    const range = rangeOf(request.headers.range, body.length);
    if (range === 'unsatisfiable') {
      void reply.header('content-range', `bytes */${body.length}`);
      return await refuse(reply, {
        status: 416,
        code: 'InvalidRange',
        message: 'The range lies outside the file.',
      });
    }
    void reply.headers({ 'accept-ranges': 'bytes', 'last-modified': new Date(lastModified).toUTCString() });
    void reply.type(contentType);
    if (range === null) return await reply.send(body);
    void reply.code(206).header('content-range', `bytes ${range.from}-${range.to}/${body.length}`);
    return await reply.send(body.subarray(range.from, range.to + 1));
  }

  server.route({ method: 'GET', url: '/s3/:bucket/*', handler: handle });
  server.options('/s3/:bucket/*', async (request, reply) => {
    const { origin, ...headers } = request.headers;
    const asked = {
      origin,
      method: headers['access-control-request-method'],
      headers: headers['access-control-request-headers'],
    };
    const answer = answerPreflight(asked, storageFaults.settings.corsOrigins);
    if ('fault' in answer) return await refuse(reply, answer.fault);
    return await reply.code(200).headers(answer.headers).send();
  });
}
