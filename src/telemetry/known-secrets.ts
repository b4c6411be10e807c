import { Secret } from '@agora-recording-gateway/agora/client/secret';

/** Channels whose secrets are remembered at once; of more than that, the longest unused are forgotten. */
const MOST_CHANNELS = 10_000;

/** Configured secrets remembered after they were replaced; the latest ones stay. */
const MAX_REPLACED = 100;

/** Secrets remembered of one kind and channel. */
const MOST_OF_A_KIND = 30;

/** What they came with: fresh ones crowd out only those of their kind. */
export type SecretKind = 'start' | 'storage' | 'push';

/**
 * The secrets that must be cut out of whatever Agora sends: those of the configuration, and those that came with a
 * start or an update, remembered by channel for as long as this process lives.
 */
export interface KnownSecrets {
  configured(): readonly Secret[];
  /** Adds secrets of settings that were read again; those they replace may still appear in what Agora sends. */
  configure(secrets: readonly Secret[]): void;
  /** Remembers what came with a start or an update. What stands in the channel's name is no secret. */
  hold(appId: string, channel: string, texts: readonly string[], kind?: SecretKind): void;
  /** All that may stand in a message about the channel. */
  of(appId: string, channel: string): readonly Secret[];
}

export function createKnownSecrets(initial: readonly Secret[]): KnownSecrets {
  let configured = initial;
  const byChannel = new Map<string, Map<SecretKind, Secret[]>>();
  const keyOf = (appId: string, channel: string) => `${appId} ${channel}`;
  return {
    configured: () => configured,
    configure(secrets) {
      const known = new Set(secrets.map((secret) => secret.reveal()));
      const replaced = configured.filter((secret) => !known.has(secret.reveal()));
      configured = [...secrets, ...replaced.slice(0, MAX_REPLACED)];
    },
    hold(appId, channel, texts, kind = 'start') {
      const secrets = texts.filter((text) => !channel.includes(text));
      if (secrets.length === 0) return;
      const key = keyOf(appId, channel);
      const held = byChannel.get(key) ?? new Map<SecretKind, Secret[]>();
      const others = (held.get(kind) ?? []).filter((secret) => !secrets.includes(secret.reveal()));
      held.set(kind, [...others, ...secrets.map((text) => new Secret(text))].slice(-MOST_OF_A_KIND));
      byChannel.delete(key);
      byChannel.set(key, held);
      const oldest = byChannel.keys().next();
      if (byChannel.size > MOST_CHANNELS && oldest.done !== true) byChannel.delete(oldest.value);
    },
    of(appId, channel) {
      const held = byChannel.get(keyOf(appId, channel));
      return held === undefined ? configured : [...configured, ...[...held.values()].flat()];
    },
  };
}
