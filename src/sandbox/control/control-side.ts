import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type z } from 'zod';
import { anyEvent } from '../events.js';
import { NAMED_REPLIES } from '../named-replies.js';
import { type SandboxState } from '../state.js';
import { type Task } from '../task.js';
import { isJsonRequest } from './guard.js';
import { controlSchemas as schemas, problems } from './schemas.js';
import { truthAbout } from './truth.js';

/** A control request that cannot be carried out. */
class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly problems: string[] = [],
  ) {
    super(message);
  }
}

function checked<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const list = problems(parsed.error);
  throw new Refused(400, list.join('\n'), list);
}

function bodyOf<T>(schema: z.ZodType<T>, request: FastifyRequest): T {
  if (!isJsonRequest(request)) throw new Refused(415, 'Send application/json.');
  const raw = typeof request.body === 'string' && request.body !== '' ? request.body : '{}';
  let value: unknown;
  try {
    value = JSON.parse(raw);
  } catch {
    throw new Refused(400, 'The body is no JSON.');
  }
  return checked(schema, value);
}

function paramOf(request: FastifyRequest, name: string): string {
  return (request.params as Record<string, string | undefined>)[name] ?? '';
}

/** The control side: what a test, a benchmark or a person does to the sandbox, and the truth about it. */
export function addControlSide(server: FastifyInstance, state: SandboxState): void {
  const { service, faults, calls, notifier, outbox } = state;
  const { clock, tasks, channels, store } = service;

  const taskOf = (request: FastifyRequest): Task => {
    const task = tasks.find(paramOf(request, 'sid'));
    if (task === null) throw new Refused(404, 'The sandbox has no such recording.');
    return task;
  };
  const modeOf = (task: Task) => {
    const mode = service.modes.get(task.mode);
    if (mode === undefined) throw new Refused(409, `The sandbox has no mode ${task.mode}.`);
    return mode;
  };
  const clockNow = () => {
    const nowMs = clock.now();
    return { now: new Date(nowMs).toISOString(), nowMs, speed: clock.speed };
  };

  const add = (
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    url: string,
    handle: (request: FastifyRequest, reply: FastifyReply) => unknown,
  ) =>
    server.route({
      method,
      url,
      handler: async (request, reply) => {
        try {
          await reply.send(handle(request, reply) ?? { ok: true });
        } catch (error) {
          if (!(error instanceof Refused)) throw error;
          const { message, problems: list } = error;
          await reply.code(error.status).send({ message, ...(list.length > 0 ? { problems: list } : {}) });
        }
      },
    });

  add('GET', '/sandbox', () => {
    const { appId, customerId, customerSecret, webhookSecret, storage } = state.project;
    const { webhookUrl } = state.notificationSettings;
    return { appId, customerId, customerSecret, webhookSecret, webhookUrl, clock: clockNow(), storage };
  });
  add('DELETE', '/sandbox', () => state.startAfresh());

  add('POST', '/sandbox/faults', (request, reply) => {
    const id = faults.add(bodyOf(schemas.fault, request));
    if (id === null) throw new Refused(409, 'Too many faults are on order: DELETE /sandbox/faults first.');
    void reply.code(201);
    return { id };
  });
  add('GET', '/sandbox/faults', () => ({ faults: faults.list() }));
  add('GET', '/sandbox/replies', () => ({ replies: NAMED_REPLIES }));
  add('DELETE', '/sandbox/faults', () => faults.clear());

  add('GET', '/sandbox/notifications', () => state.notificationSettings);
  add('PUT', '/sandbox/notifications', (request) =>
    state.changeNotificationSettings(bodyOf(schemas.notifications, request)),
  );

  add('GET', '/sandbox/channels/:cname', (request) => ({
    publishers: channels.publishers(paramOf(request, 'cname')),
  }));
  add('PUT', '/sandbox/channels/:cname', (request) => {
    const cname = paramOf(request, 'cname');
    const { publishers } = bodyOf(schemas.channel, request);
    store.transaction(() => {
      if (!channels.set(cname, publishers))
        throw new Refused(409, 'Too many channels: DELETE /sandbox first.');
      for (const task of tasks.runningIn(cname)) {
        modeOf(task).publishersChanged(task, clock.now());
        tasks.save(task);
      }
    });
    return { publishers };
  });

  add('GET', '/sandbox/recordings', () => ({
    recordings: tasks.all().map((task) => truthAbout(task, service)),
    deliveries: outbox.counts,
  }));
  add('GET', '/sandbox/recordings/:sid', (request) => truthAbout(taskOf(request), service));
  add('PUT', '/sandbox/recordings/:sid', (request) => {
    const task = taskOf(request);
    Object.assign(task, bodyOf(schemas.recording, request));
    modeOf(task).uploadChanged(task, clock.now());
    tasks.save(task);
    return truthAbout(task, service);
  });
  add('POST', '/sandbox/recordings/:sid/failover', (request, reply) => {
    const task = taskOf(request);
    const { durationMs } = bodyOf(schemas.failover, request);
    if (task.phase !== 'recording' || task.failoverUntil !== null) {
      throw new Refused(409, 'Only a recording that runs can move to another server.');
    }
    modeOf(task).failOver(task, durationMs, clock.now());
    tasks.save(task);
    void reply.code(201);
    return truthAbout(task, service);
  });
  add('POST', '/sandbox/recordings/:sid/trouble', (request, reply) => {
    const task = taskOf(request);
    const trouble = bodyOf(schemas.trouble, request);
    const happened = store.transaction(() => {
      const done = task.endingAt === null && modeOf(task).trouble(task, trouble, clock.now());
      tasks.save(task);
      return done;
    });
    if (!happened) {
      throw new Refused(409, `This recording has ended, or knows no trouble of the kind ${trouble.kind}.`);
    }
    void reply.code(201);
    return truthAbout(task, service);
  });
  add('POST', '/sandbox/recordings/:sid/notifications', (request, reply) => {
    const task = taskOf(request);
    const { eventType, details, uid, sendts, copies } = bodyOf(schemas.notification, request);
    const now = clock.now();
    const order = {
      event: anyEvent(eventType, details),
      uid: uid ?? task.recorderUid,
      sendts: sendts ?? now,
      copies,
    };
    const sent = store.transaction(() => {
      const result = notifier.order(task, order, now);
      tasks.save(task);
      return result;
    });
    void reply.code(201);
    return sent;
  });

  add('GET', '/sandbox/calls', (request) => {
    const { limit } = checked(schemas.callsQuery, request.query);
    return { total: calls.total, peakPerSecond: calls.peakPerSecond, calls: calls.latest(limit) };
  });

  add('GET', '/sandbox/clock', clockNow);
  add('PUT', '/sandbox/clock', (request) => {
    state.changeClock(bodyOf(schemas.clock, request));
    return clockNow();
  });

  add('GET', '/sandbox/assumptions', () => state.assumptions);
  add('PUT', '/sandbox/assumptions', (request) =>
    state.changeAssumptions(bodyOf(schemas.assumptions, request)),
  );
}
