import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Intake, MAX_BODY_BYTES, type Refusal, type WebhookHead } from '../intake/intake.js';
import { type WebhookSources } from './access/webhook-sources.js';

/** What the server refuses by itself before the intake sees it. */
const SERVER_REFUSALS: Record<string, Refusal> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'media-type',
};

function refusalOf(error: unknown): Refusal | undefined {
  return error instanceof Error && 'code' in error ? SERVER_REFUSALS[String(error.code)] : undefined;
}

/** What is read of a body at most by the length that its head gives; null if it gives none. */
function bodyBytes({ 'content-length': length }: FastifyRequest['headers']): number | null {
  return length === undefined ? null : Math.min(Number(length), MAX_BODY_BYTES);
}

function headOf({ params, headers }: FastifyRequest): WebhookHead {
  const { appId = null } = params as { appId?: string };
  return { appId, headers };
}

/** `/webhooks/agora` for one project, `/webhooks/agora/:appId` for several: hands the raw bytes to the intake. */
export function webhookRoute(intake: Intake, sources: WebhookSources) {
  return (scope: FastifyInstance, _options: object, done: () => void): void => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      '*',
      { parseAs: 'buffer', bodyLimit: MAX_BODY_BYTES },
      (_request, body, parsed) => {
        parsed(null, body);
      },
    );
    scope.setErrorHandler(async (error, request, reply) => {
      const refusal = refusalOf(error);
      if (refusal === undefined) throw error;
      sources.note(request.addressed.address, false);
      const { status, body } = intake.refuse(refusal);
      await reply.code(status).header('connection', 'close').send(body);
    });
    scope.addHook('onRequest', async (request, reply) => {
      const { address } = request.addressed;
      const admission = await sources.admit(address, bodyBytes(request.headers));
      if ('refusal' in admission) {
        const { status, body } = intake.refuse(admission.refusal, address);
        if (admission.retryAfter !== null) void reply.header('retry-after', String(admission.retryAfter));
        return await reply.code(status).header('connection', 'close').send(body);
      }
      request.raw.once('close', () => admission.release());
      const refused = intake.refuseByHead(headOf(request));
      if (refused === null) return;
      sources.note(address, false);
      // What is left of a small body is read and thrown away; of a large one it is not.
      if (refused.status === 413) void reply.header('connection', 'close');
      return await reply.code(refused.status).send(refused.body);
    });
    const receive = async (request: FastifyRequest, reply: FastifyReply) => {
      const { status, body, isSigned } = await intake.receive({
        ...headOf(request),
        body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
      });
      sources.note(request.addressed.address, isSigned);
      return await reply.code(status).send(body);
    };
    scope.post('/webhooks/agora', receive);
    scope.post('/webhooks/agora/:appId', receive);
    done();
  };
}
