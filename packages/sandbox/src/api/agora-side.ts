import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Fault, type Faults } from '../control/faults.js';
import { type Log } from '../log.js';
import { looseForm } from '../loose-form.js';
import { type Project } from '../tasks/project.js';
import { createAuthentication } from './authentication.js';
import { type Call, type Calls, requestBodyForList, type SandboxOperation } from './calls.js';
import { isJsonMediaType } from './media-type.js';
import { type RateLimit } from './rate-limit.js';
import { type Answer, failures, gatewayAnswers } from './replies.js';
import { type Route, ROUTES } from './routes.js';
import { type Service, type ServiceCall } from './service.js';
import { formatAnswer } from './format-answer.js';

export interface AgoraSideOptions {
  project: Project;
  service: Service;
  faults: Faults;
  calls: Calls;
  rateLimit: RateLimit;
  /** Real Unix milliseconds. */
  realNow: () => number;
  log: Log;
}

/** Agora's X-Request-Id, which its support uses to find a call. */
const REQUEST_ID_HEADER = 'X-Request-Id';

/** Sent with 429 if an assumption says so: the window in which calls are counted. */
const RETRY_AFTER_SECONDS = 1;

/** The JSON value of a body (undefined without a body); null if it is not JSON. */
type ParsedBody = { value: unknown } | null;

function parseBody(raw: string): ParsedBody {
  if (raw === '') return { value: undefined };
  try {
    return { value: JSON.parse(raw) as unknown };
  } catch {
    return null; // The caller refuses the call.
  }
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function parametersOf(request: FastifyRequest): Record<string, string | undefined> {
  return (request.params ?? {}) as Record<string, string | undefined>;
}

/** The REST API: what happens to every call, in Agora's order, around its operation. */
class AgoraSide {
  readonly #options: AgoraSideOptions;
  readonly #authenticate: (header: string | undefined) => Answer | null;

  constructor(options: AgoraSideOptions) {
    this.#options = options;
    this.#authenticate = createAuthentication(options.project);
  }

  async handle(route: Route, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { faults, service } = this.#options;
    const raw = typeof request.body === 'string' ? request.body : '';
    const body = parseBody(raw);
    const startedAt = performance.now();
    const call = this.addCall(route.operation, request, body?.value);
    call.requestBody = requestBodyForList(raw);
    void reply.header(REQUEST_ID_HEADER, call.requestId);

    const queryEnds =
      route.operation === 'query' && call.sid !== null
        ? service.pendingStops.queryBegins(call.sid)
        : () => undefined;
    try {
      const refusal = this.#refusal(request);
      const fault = refusal === null ? faults.take(route.operation, call.cname) : null;
      const answer = refusal ?? (await this.#answer(route, request, body, fault));
      if (fault?.delayMs !== undefined) await setTimeout(fault.delayMs, undefined, { ref: false });
      if (fault?.drop !== undefined) {
        reply.hijack();
        request.raw.socket.destroy();
        return;
      }
      call.httpStatus = answer.status;
      // Known only from the answer: the resource id of acquire and the sid of start.
      call.resourceId ??= textOrNull(answer.body.resourceId);
      call.sid ??= textOrNull(answer.body.sid);
      if (answer.status === 429 && !service.assumptions().rateLimitedNamesNoWait) {
        void reply.header('Retry-After', RETRY_AFTER_SECONDS);
      }
      await reply.code(answer.status).send(looseForm(answer.body, service.assumptions()));
    } finally {
      queryEnds();
      this.#logCall(call, performance.now() - startedAt);
    }
  }

  /** Adds a call to the list of calls. */
  addCall(operation: SandboxOperation | null, request: FastifyRequest, body: unknown): Call {
    const { calls, realNow, service } = this.#options;
    const { sid, resourceid } = parametersOf(request);
    const given = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
    const task = sid === undefined ? null : service.tasks.find(sid);
    const call: Call = {
      at: realNow(),
      operation,
      httpStatus: null,
      requestId: randomUUID(),
      cname: textOrNull(given.cname) ?? task?.cname ?? null,
      uid: textOrNull(given.uid) ?? task?.uid ?? null,
      sid: sid ?? null,
      resourceId: resourceid ?? null,
      requestBody: null,
    };
    calls.add(call, performance.now());
    return call;
  }

  /** Never logs the body, which holds the keys of the storage. */
  #logCall({ operation, httpStatus, requestId, cname, uid, sid }: Call, tookMs: number): void {
    const fields = { operation, httpStatus, requestId, cname, uid, sid, tookMs: Math.round(tookMs) };
    this.#options.log('info', 'call', fields);
  }

  #refusal(request: FastifyRequest): Answer | null {
    const refusal = this.#authenticate(request.headers.authorization);
    if (refusal !== null) return refusal;
    return this.#options.rateLimit.admit(performance.now()) ? null : gatewayAnswers.rateLimited;
  }

  async #answer(
    route: Route,
    request: FastifyRequest,
    body: ParsedBody,
    fault: Fault | null,
  ): Promise<Answer> {
    const replacement =
      fault !== null && (fault.status !== undefined || fault.body !== undefined)
        ? { status: fault.status ?? 200, body: fault.body ?? {} }
        : null;
    const skipped = fault?.drop === 'request' || (replacement !== null && fault?.apply !== true);
    if (skipped) return replacement ?? { status: 500, body: {} };
    const answer = await this.#carryOut(route, request, body);
    if (fault?.merge === true) {
      return { status: fault.status ?? answer.status, body: { ...answer.body, ...fault.body } };
    }
    return replacement ?? answer;
  }

  async #carryOut(route: Route, request: FastifyRequest, body: ParsedBody): Promise<Answer> {
    const { project, service } = this.#options;
    const { appid, resourceid, sid, mode } = parametersOf(request);
    const assumptions = service.assumptions();
    if (route.operation !== 'ncsIp' && appid !== project.appId) return gatewayAnswers.appIdInvalid;
    if (route.method === 'POST') {
      const isJson = isJsonMediaType(request.contentType);
      if (!isJson && assumptions.contentTypeIsRequired) return failures.wrongMediaType();
    }
    if (body === null) return failures.notJson();
    const call: ServiceCall = {
      appId: appid ?? '',
      resourceId: resourceid ?? '',
      sid: sid ?? '',
      mode: mode ?? '',
      body: body.value,
    };
    const answer = await route.run(service, call);
    return formatAnswer(answer, { operation: route.operation, ...call }, assumptions);
  }
}

/** Adds Agora's paths to the server. Any other path gets Agora's 404. */
export function addAgoraSide(server: FastifyInstance, options: AgoraSideOptions): void {
  const side = new AgoraSide(options);
  for (const route of ROUTES) {
    server.route({
      method: route.method,
      url: route.path,
      exposeHeadRoute: false,
      handler: (request, reply) => side.handle(route, request, reply),
    });
  }
  server.setNotFoundHandler(async (request, reply) => {
    const { status, body } = gatewayAnswers.noRoute;
    if (request.url.startsWith('/v1/')) {
      const call = side.addCall(null, request, undefined);
      call.httpStatus = status;
      void reply.header(REQUEST_ID_HEADER, call.requestId);
    }
    await reply.code(status).send(body);
  });
}
