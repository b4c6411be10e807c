import { timingSafeEqual, createHash, randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Call, type Calls, requestBodyForList, type SandboxOperation } from './calls.js';
import { type FaultOrder, type Faults } from '../control/faults.js';
import { type Log } from '../log.js';
import { acquire } from './operations/acquire.js';
import { ncsIp } from './operations/ncs-ip.js';
import { query } from './operations/query.js';
import { start } from './operations/start.js';
import { stop } from './operations/stop.js';
import { update } from './operations/update.js';
import { updateLayout } from './operations/update-layout.js';
import { type Project } from '../tasks/project.js';
import { type RateLimit } from './rate-limit.js';
import { type Answer, failures, gatewayAnswers } from './replies.js';
import { type Service, type ServiceCall, type ServiceOperation } from '../service.js';
import { spellAnswer } from './spelling.js';

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

interface Route {
  method: 'GET' | 'POST';
  path: string;
  operation: SandboxOperation;
  run: ServiceOperation;
}

const RECORDING = '/v1/apps/:appid/cloud_recording';
const RUNNING = `${RECORDING}/resourceid/:resourceid/sid/:sid/mode/:mode`;

/** Agora's addresses (rest-api-reference.md, "Endpoints"). */
const ROUTES: readonly Route[] = [
  { method: 'POST', path: `${RECORDING}/acquire`, operation: 'acquire', run: acquire },
  {
    ...{ method: 'POST', operation: 'start', run: start },
    path: `${RECORDING}/resourceid/:resourceid/mode/:mode/start`,
  },
  { method: 'GET', path: `${RUNNING}/query`, operation: 'query', run: query },
  { method: 'POST', path: `${RUNNING}/update`, operation: 'update', run: update },
  { method: 'POST', path: `${RUNNING}/updateLayout`, operation: 'updateLayout', run: updateLayout },
  { method: 'POST', path: `${RUNNING}/stop`, operation: 'stop', run: stop },
  { method: 'GET', path: '/v1/ncs/ip', operation: 'ncsIp', run: ncsIp },
];

/** Agora's X-Request-Id, by which its support finds a call. */
const REQUEST_ID_HEADER = 'X-Request-Id';

/** With 429, where that names a time at all: the window in which calls are counted. */
const RETRY_AFTER_SECONDS = 1;

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function parseJson(raw: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(raw) as unknown };
  } catch {
    return null; // The caller answers that the body is wrong.
  }
}

/** The REST API: what every call passes, in Agora's order, before its operation. */
class AgoraSide {
  readonly #options: AgoraSideOptions;
  readonly #authorization: Buffer;

  constructor(options: AgoraSideOptions) {
    this.#options = options;
    const { customerId, customerSecret } = options.project;
    this.#authorization = this.#digest(
      `Basic ${Buffer.from(`${customerId}:${customerSecret}`).toString('base64')}`,
    );
  }

  async handle(route: Route, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const raw = typeof request.body === 'string' ? request.body : '';
    const parsed = raw === '' ? { value: undefined } : parseJson(raw);
    const began = performance.now();
    const call = this.call(route.operation, request, parsed?.value);
    call.requestBody = requestBodyForList(raw);
    void reply.header(REQUEST_ID_HEADER, call.requestId);

    const answered =
      route.operation === 'query' && call.sid !== null
        ? this.#options.service.stopDesk.queryArrives(call.sid)
        : () => undefined;
    try {
      const refused = this.#refusal(request);
      const fault = refused === null ? this.#options.faults.strike(route.operation, call.cname) : null;
      const answer = refused ?? (await this.#answer(route, request, parsed, fault));
      if (fault?.delayMs !== undefined) await setTimeout(fault.delayMs, undefined, { ref: false });
      if (fault?.drop !== undefined) {
        reply.hijack();
        request.raw.socket.destroy();
        return;
      }
      call.httpStatus = answer.status;
      this.#learn(call, answer);
      if (answer.status === 429 && !this.#options.service.assumptions().rateLimitedNamesNoWait) {
        void reply.header('Retry-After', RETRY_AFTER_SECONDS);
      }
      await reply.code(answer.status).send(answer.body);
    } finally {
      answered();
      this.#logCall(call, performance.now() - began);
    }
  }

  /** Takes a call down in the list. */
  call(operation: SandboxOperation | null, request: FastifyRequest, body: unknown): Call {
    const { calls, realNow, service } = this.#options;
    const params = (request.params ?? {}) as Record<string, string | undefined>;
    const given = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
    const task = params.sid === undefined ? null : service.tasks.find(params.sid);
    const call: Call = {
      at: realNow(),
      operation,
      httpStatus: null,
      requestId: randomUUID(),
      cname: textOf(given.cname) ?? task?.cname ?? null,
      uid: textOf(given.uid) ?? task?.uid ?? null,
      sid: params.sid ?? null,
      resourceId: params.resourceid ?? null,
      requestBody: null,
    };
    calls.add(call, performance.now());
    return call;
  }

  /** Not the body: it holds the keys of the storage. */
  #logCall({ operation, httpStatus, requestId, cname, uid, sid }: Call, tookMs: number): void {
    const fields = { operation, httpStatus, requestId, cname, uid, sid, tookMs: Math.round(tookMs) };
    this.#options.log('info', 'call', fields);
  }

  #digest(text: string): Buffer {
    return createHash('sha256').update(text).digest();
  }

  #refusal(request: FastifyRequest): Answer | null {
    const { authorization } = request.headers;
    if (authorization === undefined) return gatewayAnswers.unauthorized;
    if (!timingSafeEqual(this.#digest(authorization), this.#authorization)) {
      return gatewayAnswers.credentialsInvalid;
    }
    return this.#options.rateLimit.admit(performance.now()) ? null : gatewayAnswers.rateLimited;
  }

  async #answer(
    route: Route,
    request: FastifyRequest,
    parsed: { value: unknown } | null,
    fault: FaultOrder | null,
  ): Promise<Answer> {
    const ordered =
      fault !== null && (fault.status !== undefined || fault.body !== undefined)
        ? { status: fault.status ?? 200, body: fault.body ?? {} }
        : null;
    const nothingDone = fault?.drop === 'request' || (ordered !== null && fault?.apply !== true);
    if (nothingDone) return ordered ?? { status: 500, body: {} };
    const answer = await this.#carryOut(route, request, parsed);
    return ordered ?? answer;
  }

  async #carryOut(route: Route, request: FastifyRequest, parsed: { value: unknown } | null): Promise<Answer> {
    const { project, service } = this.#options;
    const params = (request.params ?? {}) as Record<string, string | undefined>;
    if (route.operation !== 'ncsIp' && params.appid !== project.appId) return gatewayAnswers.appIdInvalid;
    if (parsed === null) return failures.invalid(`${route.operation}: the body is no JSON`);
    const call: ServiceCall = {
      appId: params.appid ?? '',
      resourceId: params.resourceid ?? '',
      sid: params.sid ?? '',
      mode: params.mode ?? '',
      body: parsed.value,
    };
    const answer = await route.run(service, call);
    return spellAnswer(answer, { operation: route.operation, ...call }, service.assumptions());
  }

  /** What only the answer tells: acquire's resource id and start's sid. */
  #learn(call: Call, answer: Answer): void {
    call.resourceId ??= textOf(answer.body.resourceId);
    call.sid ??= textOf(answer.body.sid);
  }
}

/** Adds Agora's addresses to the server. Any other address gets Agora's 404. */
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
      const call = side.call(null, request, undefined);
      call.httpStatus = status;
      void reply.header(REQUEST_ID_HEADER, call.requestId);
    }
    await reply.code(status).send(body);
  });
}
