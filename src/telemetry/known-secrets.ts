import { type Secret } from '@agora-recording-gateway/agora/client/secret';
import { FingerprintKey, type SecretFingerprint } from '@agora-recording-gateway/agora/redaction/fingerprint';
import { createRedact, type Redact } from '@agora-recording-gateway/agora/redaction/redact';
import { type Log } from './log.js';

/** What a secret came with. */
export type SecretKind = 'start' | 'storage' | 'push' | 'page';

/** A secret that goes to Agora. */
export interface SentSecret {
  kind: SecretKind;
  text: string;
}

interface Owner {
  appId: string;
  channel: string;
  /** Null before the recording has an id. */
  recordingId: string | null;
}

/** What a message of Agora is about. */
interface Subject {
  appId: string;
  channel: string;
  sid: string | null;
}

/** What is needed of the store, which all gateways share. */
interface FingerprintPort {
  keep(
    owner: Owner | null,
    fingerprints: readonly { kind: SecretKind | 'account'; fingerprint: SecretFingerprint }[],
    at: number,
  ): Promise<void>;
  of(subject: Subject | null): Promise<SecretFingerprint[]>;
  ofNotification(subject: Subject): Promise<SecretFingerprint[]>;
}

/**
 * The secrets that must be cut out of whatever Agora sends. Only their fingerprints are kept, and they are kept in the
 * store: secrets are recognised after a restart, and by every gateway.
 */
export interface KnownSecrets {
  /** Keeps fingerprints of the account's secrets. Those that were replaced may still be echoed, so they stay. */
  keepAccount(secrets: readonly Secret[]): Promise<void>;
  /**
   * Keeps fingerprints of what is about to be sent. Resolves once they are durable: nothing may be sent before. A text in
   * `publicTexts`, such as the channel's name, does not count as a secret.
   */
  keep(owner: Owner, secrets: readonly SentSecret[], publicTexts?: readonly string[]): Promise<void>;
  /** For a notification that was received. Rejects as the store does. */
  notificationRedactor(subject: Subject): Promise<Redact>;
  /**
   * For the reply to a call that is yet to be sent: looks again once the reply is there, since another gateway may have
   * sent more by then, and takes what was known before if the store cannot be read then.
   */
  replyRedactor(subject: Subject | null): Promise<Redact>;
}

export interface KnownSecretsParts {
  store: {
    fingerprints: FingerprintPort;
    /** The key of the store, the same for all gateways. */
    inputKey: string;
  };
  clock: { now(): number };
  log: Log;
}

export function createKnownSecrets({ store, clock, log }: KnownSecretsParts): KnownSecrets {
  const { fingerprints } = store;
  const fingerprintKey = new FingerprintKey(store.inputKey);

  const redactor = async (subject: Subject | null) =>
    createRedact(fingerprintKey, await fingerprints.of(subject));

  return {
    async keepAccount(secrets) {
      const values = secrets.map((secret) => secret.reveal());
      const kept = fingerprintKey
        .fingerprints(values)
        .map((fingerprint) => ({ kind: 'account' as const, fingerprint }));
      await fingerprints.keep(null, kept, clock.now());
    },
    async keep(owner, secrets, publicTexts = []) {
      const open = [owner.channel, ...publicTexts];
      const kept = secrets
        .filter(({ text }) => !open.some((publicText) => publicText.includes(text)))
        .flatMap(({ kind, text }) =>
          fingerprintKey.fingerprints([text]).map((fingerprint) => ({ kind, fingerprint })),
        );
      await fingerprints.keep(owner, kept, clock.now());
    },
    notificationRedactor: async (subject) =>
      createRedact(fingerprintKey, await fingerprints.ofNotification(subject)),
    async replyRedactor(subject) {
      const before = await redactor(subject);
      return async (text) => {
        const redact = await redactor(subject).catch((error: unknown) => {
          log.warn({ error }, 'could not read fingerprints of secrets; redacting a reply with earlier ones');
          return before;
        });
        return await redact(text);
      };
    },
  };
}
