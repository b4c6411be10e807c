import { type NamedRecording } from '@agora-recording-gateway/agora/client/named-recording';

/** What a reply or notification names, in words. */
export function nameOf({ sid, channel, uid }: NamedRecording): string {
  const parts = [
    sid === null ? null : `sid ${sid}`,
    channel === null ? null : `channel ${channel}`,
    uid === null ? null : `uid ${uid}`,
  ];
  return parts.filter((part) => part !== null).join(', ');
}
