import { type CallResult } from '@agora-recording-gateway/agora/client/client';
import { contentHash } from '@agora-recording-gateway/agora/webhook/content-hash';
import {
  type Observation,
  type ObservationSource,
  type StartFacts,
  type UpdateFacts,
} from '../recordings/observation.js';

/** What a call taught about a recording, as an observation. It counts from the moment we asked. */
export function observeCall(
  result: CallResult,
  about: {
    id: string;
    appId: string;
    recordingId: string;
    source: ObservationSource;
    askedAt: number;
    receivedAt: number;
    /** With start: the resource it was sent with, and whether it settles a start in doubt. */
    start?: { resourceId: string; again: boolean };
    /** With update and updateLayout: what it asked for. */
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
        ...(about.update === undefined ? {} : { update: about.update }),
        ...(misdirected === undefined ? {} : { named: misdirected.named }),
      },
      raw: misdirected !== undefined && isJson(misdirected.raw) ? misdirected.raw : null,
      hash: contentHash(operation, result.message, misdirected?.raw),
    };
  }
  const { httpStatus, requestId, raw, reply } = result;
  return {
    ...base,
    content: {
      kind: 'reply',
      operation,
      httpStatus,
      requestId,
      reply,
      ...(about.start === undefined ? {} : { start: about.start }),
      ...(about.update === undefined ? {} : { update: about.update }),
    },
    raw: isJson(raw) ? raw : null,
    hash: contentHash(operation, httpStatus, raw),
  };
}

/** That a recording which was started elsewhere is to be controlled from here; the store finds out which one it is. */
export function observeAdoption(
  sid: string,
  facts: StartFacts,
  about: {
    id: string;
    appId: string;
    /** Null where it is not known yet. */
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

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false; // A proxy's page: the HTTP status, which is kept, says what there is to say.
  }
}
