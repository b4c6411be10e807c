import { type SandboxStore } from '../tasks/store.js';

/** How notifications fare on their way. Shares are probabilities from 0 to 1; times are sandbox milliseconds. */
export interface NotificationSettings {
  /** Share that never arrives. */
  loss: number;
  /** Share delivered twice though the first was answered. */
  repetition: number;
  /** Share of which a redundant copy is sent. */
  redundant: number;
  /** Share that comes late by `delayMs`. */
  delay: number;
  delayMs: number;
  /** Share that comes late by a further random time up to `disorderMs`, so that notifications overtake one another. */
  disorder: number;
  disorderMs: number;
  /** Decides, together with what a notification is about, how it fares: the same run fares the same. */
  seed: number;
  webhookUrl: string;
  /** The subscribed event types. */
  events: number[] | 'all';
}

/** Most event types that can be subscribed to one by one. */
export const MOST_SUBSCRIBED_EVENTS = 100;

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

/** The kept settings. The address is the one given at this start, since it may have moved. */
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

/** The settings of a sandbox that was never disturbed. */
export function undisturbed(webhookUrl: string, seed: number | null): NotificationSettings {
  return { ...UNDISTURBED, seed: seed ?? 1, webhookUrl };
}
