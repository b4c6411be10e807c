import * as z from 'zod';
import { MAX_PUBLISHERS } from '../../tasks/channels.js';
import { type ControlRoutes } from '../control-side.js';
import { bodyOf, ControlError, paramOf } from '../request.js';

const channel = z.strictObject({
  publishers: z
    .array(
      z.strictObject({
        uid: z.string().regex(/^[0-9]{1,10}$/, 'must be a string of 1 to 10 digits'),
        audio: z.boolean(),
        video: z.boolean(),
      }),
    )
    .max(MAX_PUBLISHERS)
    .refine(
      (users) => new Set(users.map((user) => user.uid)).size === users.length,
      'has a uid twice: give each user once',
    ),
});

export const channelRoutes: ControlRoutes = ({ service }) => {
  const { channels, clock, modes, store, tasks } = service;
  return [
    {
      method: 'GET',
      url: '/sandbox/channels/:cname',
      handle: (request) => ({ publishers: channels.publishers(paramOf(request, 'cname')) }),
    },
    {
      method: 'PUT',
      url: '/sandbox/channels/:cname',
      handle: (request) => {
        const cname = paramOf(request, 'cname');
        const { publishers } = bodyOf(channel, request);
        store.transaction(() => {
          if (!channels.set(cname, publishers)) {
            throw new ControlError(409, 'Too many channels: DELETE /sandbox first.');
          }
          for (const task of tasks.runningIn(cname)) {
            modes.get(task.mode)?.publishersChanged(task, clock.now());
            tasks.save(task);
          }
        });
        return { publishers };
      },
    },
  ];
};
