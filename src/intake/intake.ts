import { contentHash } from '@agora-recording-gateway/agora/webhook/content-hash';
import { contradictedByNotification } from '@agora-recording-gateway/agora/contradictions';
import { readNotification } from '@agora-recording-gateway/agora/webhook/notification';
import { redactText } from '@agora-recording-gateway/agora/redact';
import { type Secret } from '@agora-recording-gateway/agora/client/secret';
import { SIGNATURE_HEADERS, verifySignature } from '@agora-recording-gateway/agora/webhook/signature';
import { type Clock } from '../recordings/clock.js';
import { type Observation } from '../recordings/observation.js';
import { StoreBusyError, StoreUnavailableError } from '../store/errors.js';
import { type Store } from '../store/store.js';
import { createContradictionNotes } from '../telemetry/contradictions.js';
import { type KnownSecrets } from '../telemetry/known-secrets.js';
import { type Log } from '../telemetry/log.js';
import { type Metrics } from '../telemetry/metrics.js';
import { createRepeatedLog } from '../telemetry/repeated-log.js';

/** A notification is a few hundred bytes, with a long file list a few hundred kilobytes. */
export const LARGEST_BODY_BYTES = 1024 * 1024;

/** Envelopes in one body: Agora sends one; an array of them is tolerated (agora-facts.md, section 1). */
const MOST_ENVELOPES = 100;

/** Why a request was refused; each has its HTTP status and is counted. */
export const REFUSALS = {
  'unknown-project': { status: 404, message: 'No such project, or it has no webhook secret.' },
  'media-type': { status: 415, message: 'Send application/json.' },
  'too-large': { status: 413, message: `The body is larger than ${LARGEST_BODY_BYTES} bytes.` },
  signature: { status: 401, message: 'The signature does not fit the body and the secret of this project.' },
  'malformed-json': { status: 400, message: 'The body is no JSON text in UTF-8.' },
  'too-many': { status: 400, message: `The body holds more than ${MOST_ENVELOPES} notifications.` },
  busy: { status: 503, message: 'Too much waits to be stored. Send it again.' },
  unavailable: { status: 503, message: 'Nothing can be stored at the moment. Send it again.' },
} as const;

export type Refusal = keyof typeof REFUSALS;

export interface WebhookRequest {
  /** From the path; null stands for the only project. */
  appId: string | null;
  headers: Record<string, string | string[] | undefined>;
  /** Exactly the bytes that were sent: the signature is over them. */
  body: Uint8Array;
}

export interface WebhookReply {
  status: number;
  body: { received: number } | { error: string };
}

export interface Project {
  appId: string;
  /** All of them are accepted, so that a secret can be replaced without a gap. None: no webhook. */
  webhookSecrets: readonly Secret[];
}

export interface Intake {
  receive(request: WebhookRequest): Promise<WebhookReply>;
  /** For what the HTTP server refuses by itself. */
  refuse(refusal: Refusal): WebhookReply;
}

export interface IntakeParts {
  /** Those of the settings as they are now. */
  projects: () => readonly Project[];
  store: Store;
  clock: Clock;
  mintId: () => string;
  /** What may never be stored, whatever message it appears in. */
  knownSecrets: KnownSecrets;
  log: Log;
  metrics: Metrics;
}

function header(request: WebhookRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function isJsonMediaType(value: string | undefined): boolean {
  return value?.split(';')[0]?.trim().toLowerCase() === 'application/json';
}

/** UTF-8, strictly: a replaced byte would change what is stored from what was signed. */
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * From webhook request to observation: verify the raw bytes, store, answer 200. Whatever comes after that, nobody waits
 * for.
 */
export function createIntake(parts: IntakeParts): Intake {
  const { store, clock, mintId, knownSecrets, log, metrics } = parts;
  const noteContradictions = createContradictionNotes(log, metrics);
  const refusals = createRepeatedLog((fields) => log.warn(fields, 'refused a webhook request'));

  /** `appId` of a project that is configured. */
  function refuse(refusal: Refusal, appId?: string): WebhookReply {
    const { status, message } = REFUSALS[refusal];
    metrics.webhookRefused.inc({ reason: refusal });
    refusals.note(`${refusal} ${appId}`, { reason: refusal, status, appId });
    return { status, body: { error: message } };
  }

  function observe(appId: string, received: unknown, text: string, receivedAt: number): Observation | null {
    const raw = redactText(text, knownSecrets.of(appId, channelOf(received)));
    const envelope: unknown = raw === text ? received : JSON.parse(raw);
    const reading = readNotification(envelope);
    if (reading.about === 'nothing') {
      metrics.webhookIgnored.inc({ reason: reading.reason });
      log.info({ reason: reading.reason, appId }, 'a webhook message is about no recording');
      return null;
    }
    const { notification } = reading;
    const { eventType, sid } = notification;
    noteContradictions(contradictedByNotification(eventType, detailsOf(envelope)), { sid });
    // notifyMs is rewritten on each resend, so it is no part of what the notification says.
    const { noticeId: _id, ...says } = notification;
    return {
      id: mintId(),
      appId,
      recordingId: null,
      source: 'NOTIFICATION',
      occurredAt: notification.sendts,
      receivedAt,
      content: { kind: 'notification', notification },
      raw,
      hash: contentHash(says, payloadOf(envelope)),
    };
  }

  async function storeAndReply(appId: string, observations: readonly Observation[]): Promise<WebhookReply> {
    try {
      const all = await Promise.all(observations.map((observation) => store.record(observation)));
      for (const { outcome } of all) metrics.notifications.inc({ outcome });
      return { status: 200, body: { received: all.length } };
    } catch (error) {
      if (error instanceof StoreBusyError) return refuse('busy', appId);
      if (error instanceof StoreUnavailableError) return refuse('unavailable', appId);
      throw error;
    }
  }

  return {
    refuse,
    async receive(request) {
      const receivedAt = clock.now();
      const projects = parts.projects();
      const project =
        request.appId === null && projects.length === 1
          ? projects[0]
          : projects.find(({ appId }) => appId === request.appId?.toLowerCase());
      if (project === undefined || project.webhookSecrets.length === 0) {
        return refuse('unknown-project', project?.appId);
      }
      if (!isJsonMediaType(header(request, 'content-type'))) return refuse('media-type', project.appId);
      if (request.body.byteLength > LARGEST_BODY_BYTES) return refuse('too-large', project.appId);
      const signatures = {
        sha1: header(request, SIGNATURE_HEADERS.sha1),
        sha256: header(request, SIGNATURE_HEADERS.sha256),
      };
      if (!verifySignature(request.body, signatures, project.webhookSecrets))
        return refuse('signature', project.appId);
      let text: string;
      let body: unknown;
      try {
        text = decoder.decode(request.body);
        body = JSON.parse(text);
      } catch {
        return refuse('malformed-json', project.appId);
      }
      const envelopes: readonly unknown[] = Array.isArray(body) ? body : [body];
      if (envelopes.length > MOST_ENVELOPES) return refuse('too-many', project.appId);
      const observations = envelopes
        .map((envelope) =>
          observe(project.appId, envelope, Array.isArray(body) ? JSON.stringify(envelope) : text, receivedAt),
        )
        .filter((observation) => observation !== null);
      return await storeAndReply(project.appId, observations);
    },
  };
}

function channelOf(envelope: unknown): string {
  const payload = payloadOf(envelope);
  const cname = typeof payload === 'object' && payload !== null && 'cname' in payload ? payload.cname : null;
  return typeof cname === 'string' ? cname : '';
}

function payloadOf(envelope: unknown): unknown {
  return typeof envelope === 'object' && envelope !== null && 'payload' in envelope ? envelope.payload : null;
}

function detailsOf(envelope: unknown): Record<string, unknown> {
  const payload = payloadOf(envelope);
  const details =
    typeof payload === 'object' && payload !== null && 'details' in payload ? payload.details : null;
  return typeof details === 'object' && details !== null ? { ...details } : {};
}
