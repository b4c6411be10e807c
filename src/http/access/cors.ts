import { type FastifyReply, type onRequestHookHandler } from 'fastify';
import { type Execution } from '../../graphql/execution.js';
import { badRequest } from '../../graphql/errors.js';
import { type Log } from '../../telemetry/log.js';
import { type Metrics } from '../../telemetry/metrics.js';
import { createRepeatedLog } from '../../telemetry/repeated-log.js';
import { startAtZero } from '../../telemetry/start-at-zero.js';
import { type Forwarding } from './forwarded.js';
import { ORIGIN_REFUSED, type OriginCheck } from './origin-check.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who called the gateway, and under which name. Set on every request before the hooks of routes run. */
    addressed: Forwarding;
  }
}

/** Seconds that browsers may keep the answer to a preflight; none keeps it longer. */
const PREFLIGHT_MAX_AGE = 7_200;

/** Request headers that pages may send. */
const REQUEST_HEADERS =
  'content-type, authorization, apollo-require-preflight, x-apollo-operation-name, x-request-id, traceparent';

/** Response headers that pages may read. */
const RESPONSE_HEADERS = 'retry-after, x-request-id';

export interface Cors {
  /** For a route: refuses pages of origins that are not allowed, and lets the others read the reply. */
  onRequest: onRequestHookHandler;
  /** Answers OPTIONS on a route, a preflight above all. */
  preflight(reply: FastifyReply, methods: string): Promise<FastifyReply>;
  /** Counts and logs a refusal. */
  noteRefusal: (
    transport: 'http' | 'websocket',
    origin: string | undefined,
    host: string | undefined,
  ) => void;
  close(): void;
}

export interface CorsParts {
  check: OriginCheck;
  execution: Pick<Execution, 'formatError'>;
  metrics: Metrics;
  log: Log;
}

/** Pages of other origins, by the Fetch standard's CORS protocol. No cookies are used, so none are allowed. */
export function createCors({ check, execution, metrics, log }: CorsParts): Cors {
  const refused = createRepeatedLog((fields) => log.warn(fields, 'refused a page of another origin'));
  startAtZero(metrics.originsRefused, { transport: ['http', 'websocket'] });
  const noteRefusal: Cors['noteRefusal'] = (transport, origin, host) => {
    metrics.originsRefused.inc({ transport });
    refused.note(`${transport} ${origin}`, { transport, origin, host });
  };
  return {
    noteRefusal,
    onRequest: (request, reply, done) => {
      const { origin } = request.headers;
      const { addressed } = request;
      void reply.header('vary', 'origin');
      const verdict = check(origin, addressed);
      if (verdict === 'foreign') {
        noteRefusal('http', origin, addressed.host);
        void reply.code(403).send({ errors: [execution.formatError(badRequest(ORIGIN_REFUSED))] });
        return;
      }
      if (verdict === 'allowed') {
        void reply.headers({
          'access-control-allow-origin': origin,
          'access-control-expose-headers': RESPONSE_HEADERS,
        });
      }
      done();
    },
    preflight: async (reply, methods) =>
      await reply
        .code(204)
        .headers({
          allow: methods,
          'access-control-allow-methods': methods,
          'access-control-allow-headers': REQUEST_HEADERS,
          'access-control-max-age': String(PREFLIGHT_MAX_AGE),
        })
        .send(),
    close: () => refused.close(),
  };
}
