import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Log } from '../log.js';
import { type SandboxState } from '../tasks/state.js';
import { ControlError } from './request.js';
import { assumptionRoutes } from './routes/assumptions.js';
import { callRoutes } from './routes/calls.js';
import { channelRoutes } from './routes/channels.js';
import { clockRoutes } from './routes/clock.js';
import { faultRoutes } from './routes/faults.js';
import { notificationRoutes } from './routes/notifications.js';
import { projectRoutes } from './routes/project.js';
import { recordingRoutes } from './routes/recordings.js';
import { situationRoutes } from './routes/situations.js';
import { storageRoutes } from './routes/storage.js';

/** One path of the control side. What it returns is the reply; nothing means `{ "ok": true }`. */
export interface ControlRoute {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  url: string;
  handle: (request: FastifyRequest, reply: FastifyReply) => unknown;
}

/** The routes of one subject. */
export type ControlRoutes = (state: SandboxState) => ControlRoute[];

const SUBJECTS: readonly ControlRoutes[] = [
  projectRoutes,
  faultRoutes,
  notificationRoutes,
  channelRoutes,
  recordingRoutes,
  callRoutes,
  clockRoutes,
  assumptionRoutes,
  situationRoutes,
  storageRoutes,
];

function addRoute(server: FastifyInstance, { method, url, handle }: ControlRoute, log: Log): void {
  server.route({
    method,
    url,
    handler: async (request, reply) => {
      try {
        const answer = (await handle(request, reply)) ?? { ok: true };
        await reply.send(answer);
      } catch (error) {
        if (!(error instanceof ControlError)) throw error;
        const { message, problems } = error;
        await reply.code(error.status).send({ message, ...(problems.length > 0 ? { problems } : {}) });
      }
      if (method !== 'GET') log('info', 'control', { method, path: url, httpStatus: reply.statusCode });
    },
  });
}

/** The control side: what a test, a benchmark or a person does to the sandbox, and what really happens in it. */
export function addControlSide(server: FastifyInstance, state: SandboxState, log: Log): void {
  const routes = SUBJECTS.flatMap((subject) => subject(state));
  for (const route of routes) addRoute(server, route, log);
  const paths = routes.map(({ method, url }) => `${method} ${url}`);
  server.route({
    method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    url: '/sandbox/*',
    handler: async (_request, reply) => {
      await reply.code(404).send({ message: 'The control side has no such path. See `paths`.', paths });
    },
  });
}
