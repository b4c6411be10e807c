import { StartRecordingDocument, type StartRecordingInput } from '@agora-recording-gateway/client';
import { run } from '../documents.js';
import { type Stage } from '../stage.js';

/** What the sandbox says about a situation that was met. */
export interface Meeting {
  replies?: { status?: number; answer: string }[];
}

/** Lets a channel meet a situation of the sandbox. */
export async function meet({ sandbox }: Stage, situation: string, cname: string): Promise<Meeting> {
  return (await sandbox.control('POST', `/situations/${situation}`, { cname })) as Meeting;
}

export const CONFIGS = {
  composite: { composite: {} },
  individual: {
    individual: { subscribeUidGroup: 'UIDS_3_TO_7' as const, snapshotConfig: { captureInterval: 3_600 } },
  },
  web: {
    web: {
      ...{ url: 'https://example.com/page', audioProfile: 'MUSIC_STANDARD' as const },
      ...{ videoWidth: 1280, videoHeight: 720, maxRecordingHour: 1 },
    },
  },
};

/** Starts a recording in the channel, as a front end does. */
export async function startIn(
  { gateway }: Stage,
  channel: string,
  config: StartRecordingInput['config'] = CONFIGS.composite,
  uid = '901001',
  more: Partial<StartRecordingInput> = {},
) {
  const { startRecording } = await run(gateway.url, StartRecordingDocument, {
    input: { channel, uid, config, ...more },
  });
  return startRecording;
}
