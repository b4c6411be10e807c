import { envelopesIn } from '@agora-recording-gateway/agora/webhook/envelopes';
import { contentHash } from '@agora-recording-gateway/agora/webhook/content-hash';
import {
  NOT_A_RECORDING,
  type NotARecording,
  readNotification,
} from '@agora-recording-gateway/agora/webhook/notification';
import { isTooDeep, MAX_JSON_DEPTH } from '@agora-recording-gateway/agora/tables/json-depth';
import { type Secret } from '@agora-recording-gateway/agora/client/secret';
import {
  SIGNATURE_HEADERS,
  type Signatures,
  verifySignature,
} from '@agora-recording-gateway/agora/webhook/signature';
import { type Clock } from '../recordings/clock.js';
import { type Observation } from '../recordings/observation.js';
import { StoreBusyError, StoreUnavailableError } from '../store/errors.js';
import { OUTCOMES } from '../store/log/record.js';
import { type Store } from '../store/store.js';
import { createContradictionNotes } from '../telemetry/contradictions.js';
import { type KnownSecrets } from '../telemetry/known-secrets.js';
import { type Log } from '../telemetry/log.js';
import { type Metrics } from '../telemetry/metrics.js';
import { createRepeatedLog } from '../telemetry/repeated-log.js';
import { startAtZero } from '../telemetry/start-at-zero.js';
import { traced } from '../telemetry/tracing.js';

/** A notification is a few hundred bytes, with a long file list a few hundred kilobytes. */
export const MAX_BODY_BYTES = 1024 * 1024;

/** Envelopes in one body: Agora sends one; lists are tolerated (docs/agora/notifications.md, Envelope). */
const MAX_ENVELOPES = 100;

/** Why a request was refused; each has its HTTP status and is counted. */
export const REFUSALS = {
  rate: {
    status: 429,
    message:
      'Too many requests of this address were refused. Send valid signatures, or wait as Retry-After says.',
  },
  address: {
    status: 403,
    message:
      'Notifications are not taken from this address. The setting WEBHOOK_ALLOWED_ADDRESSES lists those that may send.',
  },
  'unknown-project': { status: 404, message: 'No such project, or it has no webhook secret.' },
  'media-type': { status: 415, message: 'Send application/json.' },
  'too-large': { status: 413, message: `The body is larger than ${MAX_BODY_BYTES} bytes.` },
  signature: { status: 401, message: 'The signature does not fit the body and the secret of this project.' },
  'malformed-json': { status: 400, message: 'The body is not valid UTF-8 JSON.' },
  'too-deep': {
    status: 400,
    message: `Objects and lists stand more than ${MAX_JSON_DEPTH} deep inside of each other.`,
  },
  'too-many': { status: 400, message: `The body holds more than ${MAX_ENVELOPES} notifications.` },
  busy: { status: 503, message: 'Too much waits to be stored. Send it again.' },
  unavailable: { status: 503, message: 'Nothing can be stored at the moment. Send it again.' },
} as const;

export type Refusal = keyof typeof REFUSALS;

export interface WebhookHead {
  /** From the path; null stands for the only project. */
  appId: string | null;
  headers: Record<string, string | string[] | undefined>;
}

export interface WebhookRequest extends WebhookHead {
  /** Exactly the bytes that were sent: the signature is over them. */
  body: Uint8Array;
}

export interface WebhookReply {
  status: number;
  body: { received: number } | { error: string };
}

export interface ReceivedReply extends WebhookReply {
  /** Whether the request was signed with a secret of the project. */
  isSigned: boolean;
}

export interface Project {
  appId: string;
  /** All of them are accepted, so that a secret can be replaced without a gap. None: no webhook. */
  webhookSecrets: readonly Secret[];
}

export interface Intake {
  receive(request: WebhookRequest): Promise<ReceivedReply>;
  /** What is wrong already by the head of a request, so that its body need not be read; null if nothing is. */
  refuseByHead(head: WebhookHead): WebhookReply | null;
  /** For what the HTTP server refuses by itself. `address`: the client's, for the log, if it is refused for it. */
  refuse(refusal: Refusal, address?: string): WebhookReply;
  /** Logs the sums of what was refused and not logged yet. */
  close(): void;
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

function header(request: WebhookHead, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function isJsonMediaType(value: string | undefined): boolean {
  return value?.split(';')[0]?.trim().toLowerCase() === 'application/json';
}

/** UTF-8, strictly: a replaced byte would change what is stored from what was signed. */
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * From webhook request to observation: verify the raw bytes, store, answer 200. The sender does not wait for anything
 * after that.
 */
export function createIntake(parts: IntakeParts): Intake {
  const { store, clock, mintId, knownSecrets, log, metrics } = parts;
  const noteContradictions = createContradictionNotes(log, metrics);
  startAtZero(metrics.webhookRefused, { reason: Object.keys(REFUSALS) });
  startAtZero(metrics.webhookIgnored, { reason: NOT_A_RECORDING });
  startAtZero(metrics.notifications, { outcome: OUTCOMES });
  const refusals = createRepeatedLog((fields) => log.warn(fields, 'refused a webhook request'));
  const setAside = createRepeatedLog((fields) =>
    log.warn(fields, 'set a notification aside: too many unknown recordings in this hour'),
  );
  const ignored = createRepeatedLog((fields) => log.info(fields, 'a webhook message is about no recording'));

  /** `appId` of a project that is configured. `address` for the log, where the address is why. */
  function refuse(refusal: Refusal, appId?: string, address?: string): WebhookReply {
    const { status, message } = REFUSALS[refusal];
    metrics.webhookRefused.inc({ reason: refusal });
    refusals.note(`${refusal} ${appId}`, { reason: refusal, status, appId, address });
    return { status, body: { error: message } };
  }

  function ignore(reason: NotARecording, appId: string): NotARecording {
    metrics.webhookIgnored.inc({ reason });
    ignored.note(`${reason} ${appId}`, { reason, appId });
    return reason;
  }

  /** Whether the sid is of a recording, or may be of one that was started here. */
  async function isKnown(appId: string, channel: string, sid: string): Promise<boolean> {
    return (await store.recordingIdBySid(sid)) !== null || (await store.hasStartIn(appId, channel));
  }

  /** The check of Agora's console, and what may be one, succeeds only while notifications can be stored. */
  async function checkStore(): Promise<void> {
    if (!store.isAvailable()) throw new StoreUnavailableError(new Error('The store is unavailable.'));
    await store.checkWritable();
  }

  async function observe(
    appId: string,
    received: unknown,
    text: string,
    receivedAt: number,
  ): Promise<Observation | NotARecording> {
    const asReceived = readNotification(received, receivedAt);
    if (asReceived.about === 'nothing') {
      const { reason } = asReceived;
      if (reason === 'console-check' || reason === 'no-recording') await checkStore();
      return ignore(reason, appId);
    }
    const { cname: channel, sid } = asReceived.notification;
    if (asReceived.mayBeCheck) {
      await checkStore();
      if (!(await isKnown(appId, channel, sid))) return ignore('console-check', appId);
    }
    const redact = await knownSecrets.notificationRedactor({ appId, channel, sid });
    const raw = await redact(text);
    const envelope: unknown = raw === text ? received : JSON.parse(raw);
    const reading = raw === text ? asReceived : readNotification(envelope, receivedAt);
    if (reading.about === 'nothing') return ignore(reading.reason, appId);
    const { notification, contradicted } = reading;
    noteContradictions(contradicted, { sid });
    // notifyMs is rewritten on each resend, so it does not count as content of the notification.
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

  /** Each envelope with its own text. */
  async function storeAndReply(
    appId: string,
    envelopes: readonly (readonly [received: unknown, text: string])[],
    receivedAt: number,
  ): Promise<WebhookReply> {
    try {
      const observed = await Promise.all(
        envelopes.map(([received, text]) => observe(appId, received, text, receivedAt)),
      );
      const observations = observed.filter((each) => typeof each !== 'string');
      const all = await Promise.all(observations.map((observation) => store.record(observation)));
      for (const { outcome } of all) {
        metrics.notifications.inc({ outcome });
        if (outcome === 'set-aside') setAside.note(appId, { appId });
      }
      for (const { occurredAt } of observations) {
        const seconds = Math.max(0, clock.now() - occurredAt) / 1_000;
        metrics.webhookLag.note(seconds);
        metrics.webhookLagSeconds.observe(seconds);
      }
      return { status: 200, body: { received: all.length } };
    } catch (error) {
      if (error instanceof StoreBusyError) return refuse('busy', appId);
      if (error instanceof StoreUnavailableError) return refuse('unavailable', appId);
      throw error;
    }
  }

  /** The project of a request; null if the path names none that is configured for notifications. */
  function projectOf({ appId }: WebhookHead): Project | null {
    const projects = parts.projects();
    const found =
      appId === null && projects.length === 1
        ? projects[0]
        : projects.find((project) => project.appId === appId?.toLowerCase());
    return found === undefined || found.webhookSecrets.length === 0 ? null : found;
  }

  function refuseByHead(head: WebhookHead): WebhookReply | null {
    const project = projectOf(head);
    if (project === null) return refuse('unknown-project');
    const { appId } = project;
    if (!isJsonMediaType(header(head, 'content-type'))) return refuse('media-type', appId);
    if (Number(header(head, 'content-length') ?? 0) > MAX_BODY_BYTES) return refuse('too-large', appId);
    const { sha1, sha256 } = signaturesOf(head);
    return sha1 === undefined && sha256 === undefined ? refuse('signature', appId) : null;
  }

  /** What a signed body says is stored, or refused for another reason. */
  async function receiveSigned(appId: string, bytes: Uint8Array, receivedAt: number): Promise<WebhookReply> {
    let text: string;
    let body: unknown;
    try {
      text = decoder.decode(bytes);
      body = JSON.parse(text);
    } catch {
      return refuse('malformed-json', appId);
    }
    if (isTooDeep(text)) return refuse('too-deep', appId);
    const envelopes = envelopesIn(body);
    if (envelopes.length > MAX_ENVELOPES) return refuse('too-many', appId);
    const [only] = envelopes;
    if (envelopes.length === 1 && only === body) {
      return await storeAndReply(appId, [[only, text]], receivedAt);
    }
    noteContradictions(['factsHaveDocumentedPlaces']);
    const each = envelopes.map((envelope) => [envelope, JSON.stringify(envelope)] as const);
    return await storeAndReply(appId, each, receivedAt);
  }

  async function receive(request: WebhookRequest): Promise<ReceivedReply> {
    const receivedAt = clock.now();
    const project = projectOf(request);
    if (project === null) return unsigned(refuse('unknown-project'));
    const { appId, webhookSecrets } = project;
    const refused = refuseByHead(request);
    if (refused !== null) return unsigned(refused);
    if (request.body.byteLength > MAX_BODY_BYTES) return unsigned(refuse('too-large', appId));
    if (!verifySignature(request.body, signaturesOf(request), webhookSecrets)) {
      return unsigned(refuse('signature', appId));
    }
    return { ...(await receiveSigned(appId, request.body, receivedAt)), isSigned: true };
  }

  return {
    refuse: (refusal, address) => refuse(refusal, undefined, address),
    refuseByHead,
    receive: (request) =>
      traced('webhook', { kind: 'server' }, async (span) => {
        const reply = await receive(request);
        span.set({ 'http.response.status_code': reply.status });
        if (reply.status >= 400) span.fail(String(reply.status));
        return reply;
      }),
    close() {
      refusals.close();
      setAside.close();
      ignored.close();
    },
  };
}

function unsigned(reply: WebhookReply): ReceivedReply {
  return { ...reply, isSigned: false };
}

function signaturesOf(head: WebhookHead): Signatures {
  return { sha1: header(head, SIGNATURE_HEADERS.sha1), sha256: header(head, SIGNATURE_HEADERS.sha256) };
}

function payloadOf(envelope: unknown): unknown {
  return typeof envelope === 'object' && envelope !== null && 'payload' in envelope ? envelope.payload : null;
}
