import { Secret } from '../agora/secret.js';

/** Channels whose secrets are remembered at once; of more than that, the longest unused are forgotten. */
const MOST_CHANNELS = 10_000;

/** Secrets remembered of one channel. */
const MOST_PER_CHANNEL = 30;

/**
 * The secrets that must be cut out of whatever Agora sends: those of the configuration, and those that came with a
 * start, remembered by channel for as long as this process lives.
 */
export interface KnownSecrets {
  configured: readonly Secret[];
  /** Remembers what came with a start. */
  hold(appId: string, channel: string, texts: readonly string[]): void;
  /** All that may stand in a message about the channel. */
  of(appId: string, channel: string): readonly Secret[];
}

export function createKnownSecrets(configured: readonly Secret[]): KnownSecrets {
  const byChannel = new Map<string, Secret[]>();
  const keyOf = (appId: string, channel: string) => `${appId} ${channel}`;
  return {
    configured,
    hold(appId, channel, texts) {
      if (texts.length === 0) return;
      const key = keyOf(appId, channel);
      const held = byChannel.get(key) ?? [];
      const added = texts.filter((text) => !held.some((secret) => secret.reveal() === text));
      byChannel.delete(key);
      byChannel.set(key, [...held, ...added.map((text) => new Secret(text))].slice(-MOST_PER_CHANNEL));
      const oldest = byChannel.keys().next();
      if (byChannel.size > MOST_CHANNELS && oldest.done !== true) byChannel.delete(oldest.value);
    },
    of(appId, channel) {
      const held = byChannel.get(keyOf(appId, channel));
      return held === undefined ? configured : [...configured, ...held];
    },
  };
}
