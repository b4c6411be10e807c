import {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type onRequestHookHandler,
} from 'fastify';
import { type Scope } from '../auth/caller.js';
import { type CallerLimits } from '../auth/limits/caller-limits.js';
import { reaches } from '../auth/reach.js';
import { type Log } from '../telemetry/log.js';
import { ORIGIN_REFUSED_TO_CONTROL, type OriginCheck } from './access/origin-check.js';
import { type Authentication } from './authentication.js';

/** A request to the control side of the sandbox. */
export interface SandboxCall {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/sandbox`. */
  path: string;
  /** Null where the method has none. */
  body: Readonly<Record<string, unknown>> | null;
}

/** The sandbox that the gateway runs against. */
export interface Sandbox {
  /** Its project. */
  appId: string;
  /** Where it is; it also holds the recorded files. */
  origin: string;
  /** Sends a request to its control side; null if it cannot be reached, or gives no JSON in time. */
  send(call: SandboxCall): Promise<{ status: number; body: unknown } | null>;
}

interface ControlRoute {
  method: SandboxCall['method'];
  path: string;
  scope: Scope;
  /** Properties that its body may have; the sandbox checks their values. */
  properties: readonly string[];
}

const ADMIN = { scope: 'recordings:admin', properties: [] } as const;
const CONTROL = { scope: 'recordings:control', properties: [] } as const;

/** All that pages may do: what holds for every recording needs the scope admin, what holds for a channel the scope control. */
const ROUTES: readonly ControlRoute[] = [
  { ...ADMIN, method: 'GET', path: '/clock' },
  { ...ADMIN, method: 'PUT', path: '/clock', properties: ['speed', 'stepMs'] },
  { ...ADMIN, method: 'GET', path: '/notifications' },
  {
    ...ADMIN,
    method: 'PUT',
    path: '/notifications',
    properties: ['loss', 'repetition', 'redundant', 'delay', 'delayMs', 'disorder', 'disorderMs'],
  },
  { ...ADMIN, method: 'GET', path: '/replies' },
  { ...ADMIN, method: 'GET', path: '/faults' },
  {
    ...ADMIN,
    method: 'POST',
    path: '/faults',
    properties: ['operation', 'cname', 'times', 'skip', 'delayMs', 'drop', 'reply'],
  },
  { ...ADMIN, method: 'DELETE', path: '/faults' },
  { ...CONTROL, method: 'GET', path: '/channels/:channel' },
  { ...CONTROL, method: 'PUT', path: '/channels/:channel', properties: ['publishers'] },
];

const PREFIX = '/console/sandbox';

/** Largest body; a channel has up to 1,000 users. */
const MAX_BODY_BYTES = 64 * 1024;

/** Segments that an address takes as a step in its path, however they are written. */
const STEPS = ['.', '..'];

/** Longest name of a channel. */
const MAX_CHANNEL_LENGTH = 64;

/** Why nothing can be controlled. */
const NOT_CONTROLLED = {
  'console off': 'The console is off. The setting CONSOLE=on serves it.',
  'no sandbox':
    'There is nothing to control: the gateway runs against Agora. In sandbox mode this controls the sandbox.',
} as const;

/** In place of the routes where the console is off, or the gateway runs against Agora. */
export function noSandboxRoute(reason: keyof typeof NOT_CONTROLLED) {
  return (scope: FastifyInstance, _options: object, done: () => void): void => {
    scope.all(`${PREFIX}/*`, async (_request, reply) => {
      return await reply.code(404).send({ error: NOT_CONTROLLED[reason] });
    });
    done();
  };
}

export interface SandboxRouteParts {
  sandbox: Sandbox;
  authentication: Authentication;
  callerLimits: CallerLimits;
  /** Decides about pages; only those of the gateway itself may use these routes. */
  checkOrigin: OriginCheck;
  noteRefusedOrigin: (transport: 'http', origin: string | undefined, host: string | undefined) => void;
  log: Log;
}

/** The body of a request, or what is wrong with it. */
function readBody(
  { body }: FastifyRequest,
  { method, properties }: ControlRoute,
): SandboxCall['body'] | string {
  if (method === 'GET' || method === 'DELETE') return null;
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return 'Send a JSON object.';
  const given = body as Record<string, unknown>;
  const unknown = Object.keys(given).find((name) => !properties.includes(name));
  if (unknown === undefined) return given;
  return `${JSON.stringify(unknown)} cannot be changed here. Known: ${properties.join(', ')}.`;
}

/** Controls of the sandbox for the console, below `/console/sandbox`: a fixed list of routes, for pages of the gateway itself. */
export function sandboxRoute({ sandbox, authentication, callerLimits, log, ...parts }: SandboxRouteParts) {
  const fromOwnPage: onRequestHookHandler = ({ headers: { origin }, addressed }, reply, done) => {
    const verdict = parts.checkOrigin(origin, addressed);
    if (verdict === 'own' || verdict === 'none') return done();
    parts.noteRefusedOrigin('http', origin, addressed.host);
    void reply.code(403).send({ error: ORIGIN_REFUSED_TO_CONTROL });
  };

  async function carryOut(route: ControlRoute, request: FastifyRequest, reply: FastifyReply) {
    const { requester } = request;
    if (requester === undefined) throw new Error(`${route.path} was reached without authentication.`);
    const exceeded = callerLimits.operation(requester);
    if (exceeded !== null) {
      void reply.header('retry-after', String(exceeded.retryAfter));
      return await reply.code(429).send({ error: exceeded.message });
    }
    const { channel } = request.params as { channel?: string };
    if (channel !== undefined) {
      if (channel.length > MAX_CHANNEL_LENGTH || STEPS.includes(channel))
        return await reply.code(400).send({ error: 'This is not the name of a channel.' });
      if (!reaches(requester.caller, { appId: sandbox.appId, channel }))
        return await reply.code(403).send({ error: 'The credential does not reach this channel.' });
    }
    const body = readBody(request, route);
    if (typeof body === 'string') return await reply.code(400).send({ error: body });
    const { method } = route;
    const path = channel === undefined ? route.path : `/channels/${encodeURIComponent(channel)}`;
    const answer = await sandbox.send({ method, path, body });
    if (answer === null)
      return await reply
        .code(502)
        .send({ error: 'The sandbox cannot be reached, or did not answer in time.' });
    if (method !== 'GET') {
      const { caller, requestId } = requester;
      const { status } = answer;
      log.info(
        { method, path: route.path, status, caller: caller.name, requestId },
        'a page controlled the sandbox',
      );
    }
    return await reply.code(answer.status).send(answer.body);
  }

  return (scope: FastifyInstance, _options: object, done: () => void): void => {
    for (const route of ROUTES) {
      scope.route({
        method: route.method,
        url: `${PREFIX}${route.path}`,
        bodyLimit: MAX_BODY_BYTES,
        onRequest: [fromOwnPage, authentication.onRequest(route.scope)],
        handler: (request, reply) => carryOut(route, request, reply),
      });
    }
    const routes = ROUTES.map(({ method, path }) => `${method} ${PREFIX}${path}`);
    scope.all(`${PREFIX}/*`, async (_request, reply) => {
      return await reply
        .code(404)
        .send({ error: 'The console does not control this. See `routes`.', routes });
    });
    done();
  };
}
