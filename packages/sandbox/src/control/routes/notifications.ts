import * as z from 'zod';
import {
  MAX_SUBSCRIBED_EVENTS,
  type NotificationSettings,
} from '../../notifications/notification-settings.js';
import { MAX_STEP_MS } from '../clock.js';
import { type ControlRoutes } from '../control-side.js';
import { bodyOf, ControlError } from '../request.js';

/** Event types of the control side; new ones may be above those that Agora lists. */
export const eventType = z.number().int().min(0).max(100_000);

const share = z.number().min(0).max(1);
const delay = z.number().int().min(0).max(MAX_STEP_MS);

const settings = z.strictObject({
  loss: share.optional(),
  repetition: share.optional(),
  redundant: share.optional(),
  delay: share.optional(),
  delayMs: delay.optional(),
  disorder: share.optional(),
  disorderMs: delay.optional(),
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 32 - 1)
    .optional(),
  webhookUrl: z
    .url({ protocol: /^https?$/, error: 'must be an address that starts with http:// or https://' })
    .optional(),
  events: z
    .union([z.array(eventType).max(MAX_SUBSCRIBED_EVENTS), z.literal('all')], {
      error: `must be "all", or a list of at most ${MAX_SUBSCRIBED_EVENTS} event types`,
    })
    .optional(),
});

/** A share of notifications with no delay has no effect: it is refused, not ignored. */
function shareProblems(change: Partial<NotificationSettings>, current: NotificationSettings): string[] {
  const { delayMs, disorderMs } = { ...current, ...change };
  const ineffective = [
    ...(change.delay !== undefined && change.delay > 0 && delayMs === 0 ? ['delay'] : []),
    ...(change.disorder !== undefined && change.disorder > 0 && disorderMs === 0 ? ['disorder'] : []),
  ];
  return ineffective.map((name) => `${name}: give ${name}Ms, too; without it nothing is delayed`);
}

export const notificationRoutes: ControlRoutes = (state) => [
  { method: 'GET', url: '/sandbox/notifications', handle: () => state.notificationSettings },
  {
    method: 'PUT',
    url: '/sandbox/notifications',
    handle: (request) => {
      const change = bodyOf(settings, request);
      const problems = shareProblems(change, state.notificationSettings);
      if (problems.length > 0) throw new ControlError(400, problems.join('\n'), problems);
      return state.changeNotificationSettings(change);
    },
  },
  {
    method: 'POST',
    url: '/sandbox/notifications/check',
    handle: async (request) => {
      bodyOf(z.strictObject({}), request);
      const report = await state.consoleCheck.run();
      if (report === null) throw new ControlError(409, 'A check is already running: wait for its answer.');
      return report;
    },
  },
];
