import { type FastifyInstance } from 'fastify';
import { type Intake, MAX_BODY_BYTES, type Refusal, type WebhookReply } from '../intake/intake.js';

/** What the server refuses by itself before the intake sees it. */
const SERVER_REFUSALS: Record<string, Refusal> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'media-type',
};

function refusalOf(error: unknown): Refusal | undefined {
  return error instanceof Error && 'code' in error ? SERVER_REFUSALS[String(error.code)] : undefined;
}

/** `/webhooks/agora` for one project, `/webhooks/agora/:appId` for several: hands the raw bytes to the intake. */
export function webhookRoute(intake: Intake) {
  return (scope: FastifyInstance, _options: object, done: () => void): void => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      '*',
      { parseAs: 'buffer', bodyLimit: MAX_BODY_BYTES },
      (_request, body, parsed) => {
        parsed(null, body);
      },
    );
    scope.setErrorHandler(async (error, _request, reply) => {
      const refusal = refusalOf(error);
      if (refusal === undefined) throw error;
      const { status, body } = intake.refuse(refusal);
      await reply.code(status).header('connection', 'close').send(body);
    });
    scope.addHook('onRequest', async (request, reply) => {
      const { appId = null } = request.params as { appId?: string };
      const headers = request.headers as Record<string, string | string[] | undefined>;
      const refused = intake.refuseByHead({ appId, headers });
      if (refused === null) return;
      // What is left of a small body is read and thrown away; of a large one it is not.
      if (refused.status === 413) void reply.header('connection', 'close');
      return await reply.code(refused.status).send(refused.body);
    });
    const receive = async (
      appId: string | null,
      request: { headers: object; body: unknown },
    ): Promise<WebhookReply> =>
      await intake.receive({
        appId,
        headers: request.headers as Record<string, string | string[] | undefined>,
        body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
      });
    scope.post('/webhooks/agora', async (request, reply) => {
      const { status, body } = await receive(null, request);
      return await reply.code(status).send(body);
    });
    scope.post<{ Params: { appId: string } }>('/webhooks/agora/:appId', async (request, reply) => {
      const { status, body } = await receive(request.params.appId, request);
      return await reply.code(status).send(body);
    });
    done();
  };
}
