import * as z from 'zod';
import { carryOut, type Prevented, sendPosts } from '../../situations/carry-out.js';
import { SITUATIONS } from '../../situations/situations.js';
import { type ControlRoutes } from '../control-side.js';
import { bodyOf, ControlError, paramOf } from '../request.js';

/** Characters of the name of a channel; Agora takes 64. */
const MAX_CHANNEL_LENGTH = 64;

const request = z.strictObject({ cname: z.string().min(1).max(MAX_CHANNEL_LENGTH) });

const REASONS: Readonly<Record<Prevented, string>> = {
  'no-recording': 'No recording runs in this channel: start one first.',
  'too-many-faults': 'Too many faults: DELETE /sandbox/faults first.',
  'too-many-channels': 'Too many channels: DELETE /sandbox first.',
  'not-in-this-mode': 'This recording is ending, or its mode does not have this situation.',
};

export const situationRoutes: ControlRoutes = (state) => [
  {
    method: 'GET',
    url: '/sandbox/situations',
    handle: () => ({
      situations: [...SITUATIONS].map(([name, { on, description }]) => ({ name, on, description })),
    }),
  },
  {
    method: 'POST',
    url: '/sandbox/situations/:name',
    handle: async (received, reply) => {
      const name = paramOf(received, 'name');
      const { cname } = bodyOf(request, received);
      const situation = SITUATIONS.get(name);
      if (situation === undefined) {
        throw new ControlError(404, `No such situation. Known: ${[...SITUATIONS.keys()].join(', ')}.`);
      }
      const prevented = state.service.store.transaction(() => carryOut(state, situation, cname));
      if (prevented !== null) throw new ControlError(409, REASONS[prevented]);
      const replies = await sendPosts(state, situation, cname);
      void reply.code(201);
      return {
        ...{ name, cname, description: situation.description },
        ...(situation.posts === undefined ? {} : { replies }),
      };
    },
  },
];
