import { contentHash } from '@agora-recording-gateway/agora/webhook/content-hash';
import { readNotification } from '@agora-recording-gateway/agora/webhook/notification';
import { type NamedRecording } from '@agora-recording-gateway/agora/client/named-recording';
import { readReply } from '@agora-recording-gateway/agora/client/reply';
import { type Operation } from '@agora-recording-gateway/agora/tables/operations';
import { fold } from '../../src/recordings/fold/fold.js';
import {
  NO_SETTINGS,
  type Deadline,
  type FileCheck,
  type Observation,
  type ObservationContent,
  type ObservationSource,
  type StartFacts,
} from '../../src/recordings/observation.js';
import { type MetadataEntry } from '../../src/recordings/metadata.js';
import { emptyState, type RecordingState } from '../../src/recordings/state.js';

/** Observations written by hand: times in seconds after `T0`, bodies as Agora sends them, read by the gateway's readers. */
export const T0 = Date.UTC(2026, 0, 15, 10);
export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

export const APP_ID = 'app';
export const CHANNEL = 'lesson-7';
export const UID = '527841';
export const SID = '38f8e3cfdc474cd56fc1ceba380d7e1a';
export const RESOURCE_ID = 'resource-1';

export interface About {
  /** Seconds after T0. */
  at?: number;
  /** Seconds after T0; as `at` unless given. */
  receivedAt?: number;
  recordingId?: string | null;
  hash?: string;
}

let made = 0;

function observe(
  source: ObservationSource,
  content: ObservationContent,
  about: About & { raw?: string | null },
): Observation {
  made += 1;
  const at = about.at ?? 0;
  return {
    id: `observation-${made}`,
    appId: APP_ID,
    recordingId: about.recordingId === undefined ? 'recording' : about.recordingId,
    source,
    occurredAt: T0 + at * SECOND,
    receivedAt: T0 + (about.receivedAt ?? at) * SECOND,
    content,
    raw: about.raw ?? null,
    hash: about.hash ?? contentHash(made, content),
  };
}

export function startFacts(facts: Partial<StartFacts> = {}): StartFacts {
  return {
    channel: CHANNEL,
    uid: UID,
    mode: 'mix',
    resourceId: RESOURCE_ID,
    resourceExpiredHour: 24,
    settings: {
      ...NO_SETTINGS,
      channelType: 0,
      streamTypes: 2,
      videoStreamType: 0,
      audioProfile: 1,
      maxIdleTime: 30,
      avFileType: ['hls'],
      decryptionMode: 0,
      subscribeAudioUids: null,
      unsubscribeAudioUids: null,
      subscribeVideoUids: null,
      unsubscribeVideoUids: null,
      transcoding: {
        width: 640,
        height: 360,
        fps: 15,
        bitrate: 500,
        mixedVideoLayout: 0,
        backgroundColor: '#000000',
        backgroundImage: null,
        defaultUserBackgroundImage: null,
        maxResolutionUid: null,
        layoutConfig: [],
        backgroundConfig: [],
      },
    },
    storage: {
      profile: 'main',
      vendor: 1,
      region: 0,
      bucket: 'files',
      fileNamePrefix: [],
      sse: null,
      tag: null,
      endpoint: null,
      expireAt: null,
    },
    ...facts,
  };
}

export function attempt(
  about: About & { facts?: Partial<StartFacts>; startedBy?: string; metadata?: MetadataEntry[] } = {},
): Observation {
  const { facts, startedBy, metadata } = about;
  const given = {
    ...(startedBy === undefined ? {} : { startedBy }),
    ...(metadata === undefined ? {} : { metadata }),
  };
  return observe(
    'COMMAND',
    { kind: 'attempt', operation: 'start', facts: startFacts(facts), ...given },
    about,
  );
}

/** That the metadata was changed, to all of this. */
export function described(metadata: MetadataEntry[], about: About & { by?: string } = {}): Observation {
  return observe('COMMAND', { kind: 'metadata', metadata, by: about.by ?? null }, about);
}

/** That a caller sent a mutation. */
export function mutated(operation: string, about: About = {}): Observation {
  const mutation = { operation, caller: null, requestId: 'request', input: {}, codes: [] };
  return observe('COMMAND', { kind: 'mutation', ...mutation, result: 'OK' }, about);
}

export interface AboutNotification extends About {
  uid?: string;
  sid?: string;
  cname?: string;
  sequence?: number | null;
  noticeId?: string;
}

export function notification(
  eventType: number,
  details: Record<string, unknown> = {},
  about: AboutNotification = {},
): Observation {
  const envelope = {
    noticeId: about.noticeId ?? `notice-${made + 1}`,
    productId: 3,
    eventType,
    notifyMs: T0 + (about.receivedAt ?? about.at ?? 0) * SECOND,
    payload: {
      cname: about.cname ?? CHANNEL,
      uid: about.uid ?? UID,
      sid: about.sid ?? SID,
      ...(about.sequence == null ? {} : { sequence: about.sequence }),
      sendts: T0 + (about.at ?? 0) * SECOND,
      serviceType: 0,
      details,
    },
  };
  const reading = readNotification(envelope);
  if (reading.about === 'nothing') throw new Error(`The notification is unreadable: ${reading.reason}`);
  return observe(
    'NOTIFICATION',
    { kind: 'notification', notification: reading.notification },
    { ...about, raw: JSON.stringify(envelope) },
  );
}

export interface AboutReply extends About {
  source?: ObservationSource;
  /** With start: what it was sent with. */
  start?: { resourceId: string; again: boolean };
}

export function reply(
  operation: Operation,
  httpStatus: number,
  body: Record<string, unknown>,
  about: AboutReply = {},
): Observation {
  const text = JSON.stringify(body);
  return observe(
    about.source ?? (operation === 'query' ? 'POLL' : 'COMMAND'),
    {
      kind: 'reply',
      operation,
      httpStatus,
      requestId: null,
      reply: readReply(text).reply,
      ...(about.start === undefined ? {} : { start: about.start }),
    },
    { ...about, raw: text },
  );
}

const ids = { resourceId: RESOURCE_ID, sid: SID, cname: CHANNEL, uid: UID };

export function started(about: AboutReply = {}): Observation {
  return reply('start', 200, ids, about);
}

export function queried(status: number, about: AboutReply & { response?: object } = {}): Observation {
  return reply('query', 200, { ...ids, serverResponse: { status, ...about.response } }, about);
}

export function notFound(about: AboutReply = {}): Observation {
  return reply('query', 404, { code: 404, reason: 'failed to find worker' }, about);
}

export function stopped(response: object = {}, about: AboutReply = {}): Observation {
  return reply('stop', 200, { ...ids, serverResponse: response }, about);
}

/** A call without a usable reply; `named` if the reply was about another recording. */
export function noReply(
  operation: Operation,
  { named, ...about }: About & { named?: NamedRecording } = {},
): Observation {
  const message =
    named === undefined ? 'Agora did not answer in time.' : 'The reply was about another recording.';
  return observe(
    'COMMAND',
    { kind: 'no-reply', operation, sent: true, message, ...(named === undefined ? {} : { named }) },
    about,
  );
}

export function deadline(name: Deadline, about: About = {}): Observation {
  return observe('CLOCK', { kind: 'deadline', deadline: name }, about);
}

/** That notifications of the recorder have been missing for some seconds. */
export function gapReported(
  from: number,
  to: number,
  { uid = UID, asksForQuery, ...about }: About & { uid?: string; asksForQuery?: boolean } = {},
): Observation {
  const gap = { recorderUid: uid, from, to };
  return observe(
    'CLOCK',
    { kind: 'gap', gap, ...(asksForQuery === undefined ? {} : { asksForQuery }) },
    about,
  );
}

/** That the storage was asked about two files, and has them, except those that are given. */
export function filesChecked(check: Partial<FileCheck> = {}, about: About = {}): Observation {
  const found = { files: 2, missing: [], denied: [], absent: 0, notMade: null, ...check };
  return observe('CLOCK', { kind: 'file-check', check: found }, about);
}

/** That no gateway ran from one time to another, seconds after T0. */
export function outage(from: number, to: number, about: About = {}): Observation {
  const content = { kind: 'outage', from: T0 + from * SECOND, to: T0 + to * SECOND } as const;
  return observe('CLOCK', content, { at: to, ...about });
}

/** A recording of which nothing has been seen yet. */
export function blank(id = 'recording'): RecordingState {
  return emptyState({ id, appId: APP_ID, channel: CHANNEL, uid: UID, firstSeenAt: T0 + 1_000 * HOUR });
}

export function foldAll(
  observations: readonly Observation[],
  from: RecordingState = blank(),
): RecordingState {
  return observations.reduce(fold, from);
}

/** A recording that was started at T0 and taken at once. */
export function begun(...more: Observation[]): RecordingState {
  return foldAll([attempt(), started(), ...more]);
}
