import * as z from 'zod';
import { type SandboxStore, type Setting } from '../tasks/store.js';

/** How the delivery of notifications is disturbed. Shares are probabilities from 0 to 1; times are sandbox milliseconds. */
const notificationSettings = z.object({
  /** Share that is never sent. */
  loss: z.number().default(0),
  /** Share that is sent twice although the first was accepted. */
  repetition: z.number().default(0),
  /** Share with a redundant copy. */
  redundant: z.number().default(0),
  /** Share that is delayed by `delayMs`. */
  delay: z.number().default(1),
  delayMs: z.number().default(0),
  /** Share that is delayed by a further random time up to `disorderMs`, so that notifications arrive out of order. */
  disorder: z.number().default(1),
  disorderMs: z.number().default(0),
  /** Determines, with the subject of a notification, how it is disturbed: the same run is disturbed in the same way. */
  seed: z.number().default(1),
  webhookUrl: z.string(),
  /** The subscribed event types. */
  events: z.union([z.array(z.number()), z.literal('all')]).default('all'),
});

export type NotificationSettings = z.infer<typeof notificationSettings>;

/** Event types in the list of subscribed ones. */
export const MAX_SUBSCRIBED_EVENTS = 100;

const SETTING: Setting<NotificationSettings> = { name: 'notifications', schema: notificationSettings };

/** The kept settings, with the address given at this start, which may have changed. */
export function loadNotificationSettings(
  store: SandboxStore,
  given: { webhookUrl: string; seed: number | null },
): NotificationSettings {
  const { webhookUrl, seed } = given;
  const kept = store.setting(SETTING) ?? undisturbed(webhookUrl, seed);
  return { ...kept, seed: seed ?? kept.seed, webhookUrl };
}

export function saveNotificationSettings(store: SandboxStore, settings: NotificationSettings): void {
  store.saveSetting(SETTING, settings);
}

/** Settings without disturbances. */
export function undisturbed(webhookUrl: string, seed: number | null): NotificationSettings {
  return notificationSettings.parse({ webhookUrl, seed: seed ?? undefined });
}
