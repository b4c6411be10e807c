import * as z from 'zod';

/** Users whose streams are recorded: only these, or all except these. */
const uidList = z.object({
  only: z.optional(z.array(z.string())),
  except: z.optional(z.array(z.string())),
});

/** The streams that a recording subscribes to (REST reference, recordingConfig and streamSubscribe). */
export const subscription = z.object({
  /** 0 audio only, 1 video only, 2 both. */
  streamTypes: z.number(),
  audio: z.nullable(uidList),
  video: z.nullable(uidList),
  /** Recorded users, if it is not Agora's usual number. */
  maxUsers: z.optional(z.number()),
});

export type UidList = z.infer<typeof uidList>;
export type Subscription = z.infer<typeof subscription>;

export const ALL_STREAMS = '#allstream#';

/** Agora records the first 17 users who publish (guide to subscription lists). */
const MAX_RECORDED_USERS = 17;

/** A user who publishes in a channel. */
export const publisher = z.object({ uid: z.string(), audio: z.boolean(), video: z.boolean() });

export type Publisher = z.infer<typeof publisher>;

function wants(list: UidList | null, other: UidList | null, uid: string): boolean {
  // A list for one kind only means that no stream of the other kind is recorded.
  if (list === null) return other === null;
  if (list.only !== undefined) return list.only.includes(ALL_STREAMS) || list.only.includes(uid);
  return !(list.except ?? []).includes(uid);
}

/** The streams that a recorder with this subscription receives, by user. */
export function receivedStreams(
  subscription: Subscription,
  publishers: readonly Publisher[],
): Record<string, { audio: boolean; video: boolean }> {
  const { streamTypes, audio, video, maxUsers = MAX_RECORDED_USERS } = subscription;
  const received: Record<string, { audio: boolean; video: boolean }> = {};
  for (const publisher of publishers) {
    const streams = {
      audio: publisher.audio && streamTypes !== 1 && wants(audio, video, publisher.uid),
      video: publisher.video && streamTypes !== 0 && wants(video, audio, publisher.uid),
    };
    if (streams.audio || streams.video) received[publisher.uid] = streams;
    if (Object.keys(received).length === maxUsers) break;
  }
  return received;
}
