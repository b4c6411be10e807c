import { otherPlace } from '@agora-recording-gateway/agora/client/named-recording';
import { type CallResult } from '@agora-recording-gateway/agora/client/client';
import { isJson } from '@agora-recording-gateway/agora/redaction/json-strings';
import { isTooDeep } from '@agora-recording-gateway/agora/tables/json-depth';
import { contentHash } from '@agora-recording-gateway/agora/webhook/content-hash';
import {
  type CallFacts,
  type Observation,
  type ObservationSource,
  type StartFacts,
  type UpdateFacts,
} from '../../recordings/observation.js';

/** The result of a call as an observation of the recording. It counts from when the call was sent. */
export function observeCall(
  result: CallResult,
  about: {
    id: string;
    appId: string;
    recordingId: string;
    /** What the recording is known by, with which the reply's names are compared. */
    place: { channel: string; uid: string };
    source: ObservationSource;
    askedAt: number;
    receivedAt: number;
    /** Of a call that was made; absent for one that was not. */
    call?: CallFacts;
    /** For start: the resource it was sent with, and whether it repeats an unconfirmed start. */
    start?: { resourceId: string; again: boolean };
    /** For update and updateLayout: the requested change. */
    update?: UpdateFacts;
  },
): Observation {
  const base = {
    id: about.id,
    appId: about.appId,
    recordingId: about.recordingId,
    source: about.source,
    occurredAt: about.askedAt,
    receivedAt: about.receivedAt,
  };
  const { operation } = result;
  if (!result.answered) {
    const { misdirected } = result;
    return {
      ...base,
      content: {
        kind: 'no-reply',
        operation,
        sent: result.failure !== 'unsent',
        message: result.message,
        ...(about.call === undefined ? {} : { call: about.call }),
        ...(about.update === undefined ? {} : { update: about.update }),
        ...(misdirected === undefined ? {} : { named: misdirected.named }),
      },
      raw: misdirected !== undefined && isReadable(misdirected.raw) ? misdirected.raw : null,
      hash: contentHash(operation, result.message, misdirected?.raw),
    };
  }
  const { httpStatus, requestId, raw, reply } = result;
  const named = otherPlace(reply, about.place);
  if (named !== null && reply.sid === null && reply.resourceId === null) {
    const message = 'The reply was about another recording.';
    const misdirected = { named, raw };
    return observeCall({ answered: false, operation, failure: 'misdirected', misdirected, message }, about);
  }
  return {
    ...base,
    content: {
      kind: 'reply',
      operation,
      httpStatus,
      requestId,
      reply,
      ...(about.call === undefined ? {} : { call: about.call }),
      ...(about.start === undefined ? {} : { start: about.start }),
      ...(about.update === undefined ? {} : { update: about.update }),
      ...(named === null ? {} : { named }),
    },
    raw: isReadable(raw) ? raw : null,
    hash: contentHash(operation, httpStatus, raw),
  };
}

/** What of a call is kept with its outcome. */
export function factsOfCall({ reason, requestedAt }: CallFacts): { call: CallFacts } {
  return { call: { reason, requestedAt } };
}

/** The adoption of a recording that was started elsewhere; the store identifies it by its sid. */
export function observeAdoption(
  sid: string,
  facts: StartFacts,
  about: {
    id: string;
    appId: string;
    /** Null if it is not known yet. */
    recordingId: string | null;
    source: ObservationSource;
    askedAt: number;
    receivedAt: number;
  },
): Observation {
  const { askedAt, ...same } = about;
  return {
    ...same,
    occurredAt: askedAt,
    content: { kind: 'adoption', sid, facts },
    raw: null,
    hash: contentHash('adoption', sid, facts.resourceId),
  };
}

/** A proxy's error page is not kept, nor JSON that no client could read; the HTTP status is. */
function isReadable(text: string): boolean {
  return isJson(text) && !isTooDeep(text);
}
