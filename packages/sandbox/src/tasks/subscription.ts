/** Users whose streams are wanted: only these, or all but these. */
export interface UidList {
  only?: string[];
  except?: string[];
}

/** Which streams a recording takes in (rest-api-reference.md, recordingConfig and streamSubscribe). */
export interface Subscription {
  /** 0 audio only, 1 video only, 2 both. */
  streamTypes: number;
  audio: UidList | null;
  video: UidList | null;
  /** Most users that are recorded, where it is not Agora's usual number. */
  mostUsers?: number;
}

export const ALL_STREAMS = '#allstream#';

/** Agora records the first 17 users who publish (agora-facts.md, section 4). */
const MOST_RECORDED_USERS = 17;

export interface Publisher {
  uid: string;
  audio: boolean;
  video: boolean;
}

function wants(list: UidList | null, other: UidList | null, uid: string): boolean {
  // A list for one kind alone means that nothing of the other kind is taken in.
  if (list === null) return other === null;
  if (list.only !== undefined) return list.only.includes(ALL_STREAMS) || list.only.includes(uid);
  return !(list.except ?? []).includes(uid);
}

/** What a recorder with this subscription receives, by user. */
export function receivedStreams(
  subscription: Subscription,
  publishers: readonly Publisher[],
): Record<string, { audio: boolean; video: boolean }> {
  const { streamTypes, audio, video, mostUsers = MOST_RECORDED_USERS } = subscription;
  const received: Record<string, { audio: boolean; video: boolean }> = {};
  for (const publisher of publishers) {
    const streams = {
      audio: publisher.audio && streamTypes !== 1 && wants(audio, video, publisher.uid),
      video: publisher.video && streamTypes !== 0 && wants(video, audio, publisher.uid),
    };
    if (streams.audio || streams.video) received[publisher.uid] = streams;
    if (Object.keys(received).length === mostUsers) break;
  }
  return received;
}
