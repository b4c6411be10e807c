import { type SandboxStore } from './store.js';

/** How notifications fare on their way. Shares are probabilities from 0 to 1; times are sandbox milliseconds. */
export interface NotificationSettings {
  /** Share that never arrives. */
  loss: number;
  /** Share delivered twice though the first was answered. */
  repetition: number;
  /** Share of which a redundant copy is sent. */
  redundant: number;
  /** Delay of each. */
  delayMs: number;
  /** Each is delayed by a further random time up to this, so that they overtake one another. */
  disorderMs: number;
  /** Seed of all of these. Setting it starts the sequence of random numbers anew. */
  seed: number;
  webhookUrl: string;
  /** The subscribed event types; null is all. */
  events: number[] | null;
}

const SETTING = 'notifications';

const UNDISTURBED = {
  loss: 0,
  repetition: 0,
  redundant: 0,
  delayMs: 0,
  disorderMs: 0,
  events: null,
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
