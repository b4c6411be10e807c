import { type onRequestAsyncHookHandler } from 'fastify';
import { type Authenticator } from '../auth/authenticator.js';
import { type Caller, hasScope, type Scope } from '../auth/caller.js';
import { type Requester, type Transport } from '../auth/requester.js';
import { CredentialError, REFUSALS } from '../auth/credential-error.js';
import { forbidden, unauthenticated } from '../graphql/errors.js';
import { type Execution } from '../graphql/execution.js';
import { type Log } from '../telemetry/log.js';
import { type Metrics } from '../telemetry/metrics.js';
import { createRepeatedLog } from '../telemetry/repeated-log.js';
import { startAtZero } from '../telemetry/start-at-zero.js';
import { idsOf } from './client-ids.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set on routes that authenticate. */
    requester?: Requester;
  }
}

/** How credentials come. */
const CREDENTIAL_TRANSPORTS = ['http', 'websocket'] as const satisfies readonly Transport[];

type CredentialTransport = (typeof CREDENTIAL_TRANSPORTS)[number];

export interface Authentication {
  /** The caller of a credential, or why there is none; the latter is counted and logged. */
  callerOf(authorization: unknown, transport: CredentialTransport): Promise<Caller | CredentialError>;
  /** For a route: sets the requester of a request, or answers 401, before the body is read. `scope`: what the caller needs. */
  onRequest(scope?: Scope): onRequestAsyncHookHandler;
  authenticator: Authenticator;
  close(): void;
}

export interface AuthenticationParts {
  authenticator: Authenticator;
  execution: Pick<Execution, 'formatError'>;
  metrics: Metrics;
  log: Log;
}

export function createAuthentication(parts: AuthenticationParts): Authentication {
  const { authenticator, execution, metrics, log } = parts;
  const refused = createRepeatedLog((fields) => log.warn(fields, 'refused a credential'));

  startAtZero(metrics.credentialsRefused, {
    transport: CREDENTIAL_TRANSPORTS,
    reason: Object.keys(REFUSALS),
  });

  async function callerOf(
    authorization: unknown,
    transport: CredentialTransport,
  ): Promise<Caller | CredentialError> {
    try {
      return await authenticator.authenticate(authorization);
    } catch (error) {
      if (!(error instanceof CredentialError)) throw error;
      const { reason, detail } = error;
      metrics.credentialsRefused.inc({ transport, reason });
      refused.note(`${transport} ${reason} ${detail}`, { transport, reason, detail });
      return error;
    }
  }

  return {
    authenticator,
    callerOf,
    onRequest: (scope) => async (request, reply) => {
      const caller = await callerOf(request.headers.authorization, 'http');
      if (caller instanceof CredentialError) {
        const isUnavailable = caller.reason === 'unavailable';
        if (isUnavailable) void reply.header('retry-after', '1');
        else void reply.header('www-authenticate', 'Bearer');
        const errors = [execution.formatError(unauthenticated(caller))];
        return await reply.code(isUnavailable ? 503 : 401).send({ errors });
      }
      if (scope !== undefined && !hasScope(caller, scope)) {
        const error = forbidden(`The credential lacks the scope ${scope}.`);
        return await reply.code(403).send({ errors: [execution.formatError(error)] });
      }
      request.requester = {
        caller,
        address: request.addressed.address,
        transport: 'http',
        requestId: request.id,
        trace: idsOf(request.headers).trace,
      };
    },
    close: () => refused.close(),
  };
}
