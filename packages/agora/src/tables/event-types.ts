/**
 * Agora's notifications for Cloud Recording. `name` is Agora's msgName in capitals.
 * Source: docs/agora/notifications.md, Event types. The names of 13, 34, 46 and 47 are ours: Agora does not publish them.
 */
export const EVENT_TYPES = [
  { code: 1, name: 'CLOUD_RECORDING_ERROR', description: 'An error occurred during the recording.' },
  { code: 2, name: 'CLOUD_RECORDING_WARNING', description: 'A warning occurred during the recording.' },
  {
    code: 3,
    name: 'CLOUD_RECORDING_STATUS_UPDATE',
    description: 'The status of the cloud recording service changed, or a call did not match it.',
  },
  {
    code: 4,
    name: 'CLOUD_RECORDING_FILE_INFOS',
    description: 'The M3U8 playlist was generated and uploaded.',
  },
  { code: 11, name: 'SESSION_EXIT', description: 'The cloud recording service ended its tasks and exited.' },
  {
    code: 12,
    name: 'SESSION_FAILOVER',
    description: 'The recording moved to another server and continues there.',
  },
  {
    code: 13,
    name: 'HA_REGISTER_SUCCESS',
    description: 'The recording is registered for high availability.',
  },
  { code: 30, name: 'UPLOADER_STARTED', description: 'The upload service started.' },
  { code: 31, name: 'UPLOADED', description: 'All recorded files are in the third-party cloud storage.' },
  {
    code: 32,
    name: 'BACKUPED',
    description:
      "All recorded files are uploaded, at least one of them to Agora's backup cloud, which forwards it.",
  },
  { code: 33, name: 'UPLOADING_PROGRESS', description: 'Progress of the upload, about once a minute.' },
  { code: 34, name: 'STS_EXPIRED', description: 'The temporary credentials of the storage expired.' },
  { code: 40, name: 'RECORDER_STARTED', description: 'The recorder started.' },
  { code: 41, name: 'RECORDER_LEAVE', description: 'The recorder left the channel.' },
  { code: 42, name: 'RECORDER_SLICE_START', description: 'A slice of the recording began.' },
  {
    code: 43,
    name: 'RECORDER_AUDIO_STREAM_STATE_CHANGED',
    description: "A user's audio began or ceased to be received.",
  },
  {
    code: 44,
    name: 'RECORDER_VIDEO_STREAM_STATE_CHANGED',
    description: "A user's video began or ceased to be received.",
  },
  { code: 45, name: 'RECORDER_SNAPSHOT_FILE', description: 'A screenshot was uploaded.' },
  {
    code: 46,
    name: 'RECORDER_AUDIO_INFO_CHANGED',
    description: "What is known of a user's audio changed (uncertain: no document describes it).",
  },
  {
    code: 47,
    name: 'RECORDER_VIDEO_INFO_CHANGED',
    description: "What is known of a user's video changed (uncertain: no document describes it).",
  },
  { code: 60, name: 'VOD_STARTED', description: 'Uploading to ApsaraVideo for VoD started.' },
  { code: 61, name: 'VOD_TRIGGERED', description: 'All files are uploaded to ApsaraVideo for VoD.' },
  { code: 70, name: 'WEB_RECORDER_STARTED', description: 'Web page recording started.' },
  { code: 71, name: 'WEB_RECORDER_STOPPED', description: 'Web page recording stopped.' },
  {
    code: 72,
    name: 'WEB_RECORDER_CAPABILITY_LIMIT',
    description: 'The page uses more than can be recorded.',
  },
  { code: 73, name: 'WEB_RECORDER_RELOAD', description: 'The recorded page was reloaded.' },
  { code: 80, name: 'TRANSCODER_STARTED', description: 'Postponed transcoding started.' },
  { code: 81, name: 'TRANSCODER_COMPLETED', description: 'Postponed transcoding ended.' },
  {
    code: 90,
    name: 'DOWNLOAD_FAILED',
    description: 'Recorded files could not be downloaded for transcoding.',
  },
  { code: 100, name: 'RTMP_PUBLISH_STATUS', description: 'The state of a push to a CDN changed.' },
  {
    code: 1001,
    name: 'POSTPONE_TRANSCODE_FINAL_RESULT',
    description: 'The final result of postponed transcoding.',
  },
] as const;

export type NotificationTypeName = (typeof EVENT_TYPES)[number]['name'] | 'UNKNOWN';

const NAME_BY_CODE: ReadonlyMap<number, NotificationTypeName> = new Map(
  EVENT_TYPES.map((type) => [type.code, type.name]),
);

export function eventTypeName(code: number): NotificationTypeName {
  return NAME_BY_CODE.get(code) ?? 'UNKNOWN';
}
