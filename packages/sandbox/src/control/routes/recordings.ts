import { type FastifyRequest } from 'fastify';
import * as z from 'zod';
import { anyEvent } from '../../notifications/events.js';
import { type RecordingMode } from '../../tasks/modes/mode.js';
import { type SandboxState } from '../../tasks/state.js';
import { type Task } from '../../tasks/task.js';
import { MAX_STEP_MS } from '../clock.js';
import { type ControlRoutes } from '../control-side.js';
import { describeTask } from '../describe-task.js';
import { bodyOf, ControlError, paramOf, queryOf } from '../request.js';
import { eventType } from './notifications.js';

const query = z.strictObject({ cname: z.string().optional() });

const upload = z.strictObject({
  uploadMs: z.number().int().min(0).max(MAX_STEP_MS).optional(),
  backup: z.boolean().optional(),
  uploadFails: z.boolean().optional(),
});

const failover = z.strictObject({ durationMs: z.number().int().min(1).max(MAX_STEP_MS).default(10_000) });

const trouble = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('crash') }),
  z.strictObject({ kind: z.literal('capability-limit'), limitType: z.string().default('resolution') }),
  z.strictObject({ kind: z.literal('reload'), reason: z.string().default('audio_silence') }),
]);

const notification = z.strictObject({
  eventType,
  details: z.record(z.string(), z.unknown()).default({}),
  uid: z.string().min(1).max(64).optional(),
  sendts: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
  copies: z.number().int().min(1).max(100).default(1),
});

/** The task in the path, with its mode. */
function taskOf({ service }: SandboxState, request: FastifyRequest): { task: Task; mode: RecordingMode } {
  const task = service.tasks.find(paramOf(request, 'sid'));
  const mode = task === null ? undefined : service.modes.get(task.mode);
  if (task === null || mode === undefined) throw new ControlError(404, 'The sandbox has no such recording.');
  return { task, mode };
}

export const recordingRoutes: ControlRoutes = (state) => {
  const { notifier, outbox, service } = state;
  const { clock, store, tasks } = service;
  return [
    {
      method: 'GET',
      url: '/sandbox/recordings',
      handle: (request) => {
        const { cname } = queryOf(query, request);
        const selected = tasks.all().filter((task) => cname === undefined || task.cname === cname);
        return { recordings: selected.map((task) => describeTask(task, service)), deliveries: outbox.counts };
      },
    },
    {
      method: 'GET',
      url: '/sandbox/recordings/:sid',
      handle: (request) => describeTask(taskOf(state, request).task, service),
    },
    {
      method: 'PUT',
      url: '/sandbox/recordings/:sid',
      handle: (request) => {
        const { task, mode } = taskOf(state, request);
        Object.assign(task, bodyOf(upload, request));
        mode.uploadChanged(task, clock.now());
        tasks.save(task);
        return describeTask(task, service);
      },
    },
    {
      method: 'POST',
      url: '/sandbox/recordings/:sid/failover',
      handle: (request, reply) => {
        const { task, mode } = taskOf(state, request);
        const { durationMs } = bodyOf(failover, request);
        if (task.phase !== 'recording' || task.failoverUntil !== null) {
          throw new ControlError(409, 'Only a running recording can move to another server.');
        }
        mode.failOver(task, durationMs, clock.now());
        tasks.save(task);
        void reply.code(201);
        return describeTask(task, service);
      },
    },
    {
      method: 'POST',
      url: '/sandbox/recordings/:sid/trouble',
      handle: (request, reply) => {
        const { task, mode } = taskOf(state, request);
        const requested = bodyOf(trouble, request);
        const happened = store.transaction(() => {
          const done = task.endingAt === null && mode.trouble(task, requested, clock.now());
          tasks.save(task);
          return done;
        });
        if (!happened) {
          throw new ControlError(
            409,
            `This recording has ended, or cannot have trouble of the kind ${requested.kind}.`,
          );
        }
        void reply.code(201);
        return describeTask(task, service);
      },
    },
    {
      method: 'POST',
      url: '/sandbox/recordings/:sid/notifications',
      handle: (request, reply) => {
        const { task } = taskOf(state, request);
        const requested = bodyOf(notification, request);
        const now = clock.now();
        const sent = store.transaction(() => {
          const result = notifier.sendRequested(
            task,
            {
              event: anyEvent(requested.eventType, requested.details),
              uid: requested.uid ?? task.recorderUid,
              sendts: requested.sendts ?? now,
              copies: requested.copies,
            },
            now,
          );
          tasks.save(task);
          return result;
        });
        void reply.code(201);
        return sent;
      },
    },
  ];
};
