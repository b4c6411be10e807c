import * as z from 'zod';
import { type Assumptions } from '../../control/assumptions.js';
import { ALL_STREAMS, type UidList } from '../../tasks/subscription.js';
import { uid } from './check.js';

/** Uids in a list (REST reference, recordingConfig). */
const MAX_LIST_LENGTH = 32;

const only = z.array(z.union([uid, z.literal(ALL_STREAMS)])).max(MAX_LIST_LENGTH);

const except = z.array(uid).max(MAX_LIST_LENGTH);

/**
 * The lists as clients send them. Agora's reference spells them unsubscribe…, its guides and clients unSubscribe…. It is not
 * known which is honoured, so the sandbox accepts both unless an assumption says otherwise.
 */
export const audioLists = {
  subscribeAudioUids: only.optional(),
  unsubscribeAudioUids: except.optional(),
  unSubscribeAudioUids: except.optional(),
};

export const videoLists = {
  subscribeVideoUids: only.optional(),
  unsubscribeVideoUids: except.optional(),
  unSubscribeVideoUids: except.optional(),
};

/** The assumption under which each spelling is honoured. */
const SPELLINGS = {
  unsubscribeAudioUids: 'unsubscribeIsHonoured',
  unsubscribeVideoUids: 'unsubscribeIsHonoured',
  unSubscribeAudioUids: 'unSubscribeIsHonoured',
  unSubscribeVideoUids: 'unSubscribeIsHonoured',
} as const satisfies Record<string, keyof Assumptions>;

function isHonoured(property: string, assumptions: Assumptions): boolean {
  return !Object.hasOwn(SPELLINGS, property) || assumptions[SPELLINGS[property as keyof typeof SPELLINGS]];
}

/** clientRequest without the lists whose spelling is not honoured: Agora ignores unknown properties. */
export function withHonouredLists(
  clientRequest: Record<string, unknown>,
  assumptions: Assumptions,
): Record<string, unknown> {
  return JSON.parse(
    JSON.stringify(clientRequest, (property, value: unknown) =>
      isHonoured(property, assumptions) ? value : undefined,
    ),
  ) as Record<string, unknown>;
}

interface GivenLists {
  subscribeAudioUids?: string[];
  unsubscribeAudioUids?: string[];
  unSubscribeAudioUids?: string[];
  subscribeVideoUids?: string[];
  unsubscribeVideoUids?: string[];
  unSubscribeVideoUids?: string[];
}

function toList(only: string[] | undefined, except: string[] | undefined): UidList | null {
  if (only !== undefined) return { only };
  return except === undefined ? null : { except };
}

export function audioList(given: GivenLists): UidList | null {
  return toList(given.subscribeAudioUids, given.unsubscribeAudioUids ?? given.unSubscribeAudioUids);
}

export function videoList(given: GivenLists): UidList | null {
  return toList(given.subscribeVideoUids, given.unsubscribeVideoUids ?? given.unSubscribeVideoUids);
}

/**
 * The property that conflicts with others, or null: a subscribe and an unsubscribe list of one kind exclude each other, and
 * so do streamTypes and a list of a kind that is not recorded (guide to subscription lists).
 */
export function listConflict(given: GivenLists, streamTypes: number): string | null {
  const unsubscribeAudio = given.unsubscribeAudioUids ?? given.unSubscribeAudioUids;
  const unsubscribeVideo = given.unsubscribeVideoUids ?? given.unSubscribeVideoUids;
  if (given.subscribeAudioUids !== undefined && unsubscribeAudio !== undefined) return 'unsubscribeAudioUids';
  if (given.subscribeVideoUids !== undefined && unsubscribeVideo !== undefined) return 'unsubscribeVideoUids';
  if (streamTypes === 0 && videoList(given) !== null) return 'subscribeVideoUids';
  if (streamTypes === 1 && audioList(given) !== null) return 'subscribeAudioUids';
  return null;
}
