import { type SandboxStore } from '../tasks/store.js';

/** How the delivery of notifications is disturbed. Shares are probabilities from 0 to 1; times are sandbox milliseconds. */
export interface NotificationSettings {
  /** Share that is never sent. */
  loss: number;
  /** Share that is sent twice although the first was accepted. */
  repetition: number;
  /** Share with a redundant copy. */
  redundant: number;
  /** Share that is delayed by `delayMs`. */
  delay: number;
  delayMs: number;
  /** Share that is delayed by a further random time up to `disorderMs`, so that notifications arrive out of order. */
  disorder: number;
  disorderMs: number;
  /** Determines, with the subject of a notification, how it is disturbed: the same run is disturbed in the same way. */
  seed: number;
  webhookUrl: string;
  /** The subscribed event types. */
  events: number[] | 'all';
}

/** Event types in the list of subscribed ones. */
export const MAX_SUBSCRIBED_EVENTS = 100;

const SETTING = 'notifications';

const UNDISTURBED = {
  loss: 0,
  repetition: 0,
  redundant: 0,
  delay: 1,
  delayMs: 0,
  disorder: 1,
  disorderMs: 0,
  events: 'all',
} as const;

/** The kept settings, with the address given at this start, which may have changed. */
export function loadNotificationSettings(
  store: SandboxStore,
  given: { webhookUrl: string; seed: number | null },
): NotificationSettings {
  const kept = store.setting<NotificationSettings>(SETTING);
  return {
    ...UNDISTURBED,
    ...kept,
    events: kept?.events ?? 'all',
    seed: given.seed ?? kept?.seed ?? 1,
    webhookUrl: given.webhookUrl,
  };
}

export function saveNotificationSettings(store: SandboxStore, settings: NotificationSettings): void {
  store.saveSetting(SETTING, settings);
}

/** Settings without disturbances. */
export function undisturbed(webhookUrl: string, seed: number | null): NotificationSettings {
  return { ...UNDISTURBED, seed: seed ?? 1, webhookUrl };
}
