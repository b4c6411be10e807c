import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { anyEvent } from '../notifications/events.js';
import { type Log } from '../log.js';
import { type NotificationSettings } from '../notifications/notification-settings.js';
import { NAMED_REPLIES } from '../api/named-replies.js';
import { type SandboxState } from '../tasks/state.js';
import { type Task } from '../tasks/task.js';
import { bodyOf, paramOf, queryOf, Refused } from './request.js';
import { controlSchemas as schemas } from './schemas.js';
import { truthAbout } from './truth.js';

/** A share of what takes no time changes nothing: it is refused, not ignored. */
function shareProblems(change: Partial<NotificationSettings>, current: NotificationSettings): string[] {
  const { delayMs, disorderMs } = { ...current, ...change };
  const idle = [
    ...(change.delay !== undefined && change.delay > 0 && delayMs === 0 ? ['delay'] : []),
    ...(change.disorder !== undefined && change.disorder > 0 && disorderMs === 0 ? ['disorder'] : []),
  ];
  return idle.map((share) => `${share}: give ${share}Ms too, or nothing is late`);
}

/** The control side: what a test, a benchmark or a person does to the sandbox, and the truth about it. */
export function addControlSide(server: FastifyInstance, state: SandboxState, log: Log): void {
  const { service, faults, calls, notifier, outbox, consoleCheck } = state;
  const { clock, tasks, channels, store } = service;

  const paths: string[] = [];
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
  ) => {
    paths.push(`${method} ${url}`);
    server.route({
      method,
      url,
      handler: async (request, reply) => {
        try {
          const answer = (await handle(request, reply)) ?? { ok: true };
          await reply.send(answer);
        } catch (error) {
          if (!(error instanceof Refused)) throw error;
          const { message, problems: list } = error;
          await reply.code(error.status).send({ message, ...(list.length > 0 ? { problems: list } : {}) });
        }
        if (method !== 'GET') log('info', 'control', { method, path: url, httpStatus: reply.statusCode });
      },
    });
  };

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
  add('PUT', '/sandbox/notifications', (request) => {
    const change = bodyOf(schemas.notifications, request);
    const problems = shareProblems(change, state.notificationSettings);
    if (problems.length > 0) throw new Refused(400, problems.join('\n'), problems);
    return state.changeNotificationSettings(change);
  });
  add('POST', '/sandbox/notifications/check', async (request) => {
    bodyOf(schemas.nothing, request);
    const report = await consoleCheck.run();
    if (report === null) throw new Refused(409, 'A check is under way: wait for its answer.');
    return report;
  });

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

  add('GET', '/sandbox/recordings', (request) => {
    const { cname } = queryOf(schemas.recordingsQuery, request);
    const wanted = tasks.all().filter((task) => cname === undefined || task.cname === cname);
    return { recordings: wanted.map((task) => truthAbout(task, service)), deliveries: outbox.counts };
  });
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
    const { limit, ...filter } = queryOf(schemas.callsQuery, request);
    return { total: calls.total, peakPerSecond: calls.peakPerSecond, calls: calls.latest(limit, filter) };
  });

  add('GET', '/sandbox/clock', clockNow);
  add('PUT', '/sandbox/clock', async (request) => {
    await state.changeClock(bodyOf(schemas.clock, request));
    return clockNow();
  });

  add('GET', '/sandbox/assumptions', () => state.assumptions);
  add('PUT', '/sandbox/assumptions', (request) =>
    state.changeAssumptions(bodyOf(schemas.assumptions, request)),
  );

  server.route({
    method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    url: '/sandbox/*',
    handler: async (_request, reply) => {
      await reply.code(404).send({ message: 'The control side has no such path. See `paths`.', paths });
    },
  });
}
