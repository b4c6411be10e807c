import { type AssumptionName } from '@agora-recording-gateway/agora/assumptions';
import { type CallResult } from '@agora-recording-gateway/agora/client/client';
import { type StartParameters } from '@agora-recording-gateway/agora/client/requests';
import { type Mode } from '@agora-recording-gateway/agora/tables/operations';
import { IDLE_SECONDS, type StartRequest } from './recorder.js';
import { isStatus, record, resourceIdOf, SCENES, type SeriesParts } from './series.js';
import { describeReply } from './shown-by-reply.js';

const IDLE = { maxIdleTime: IDLE_SECONDS };

/** A form of start on which Agora's documents disagree. */
interface Form {
  name: AssumptionName;
  step: string;
  mode: Mode;
  request: StartRequest;
  /** Whether Agora accepts it, if the assumption holds. */
  isAccepted: boolean;
}

const FORMS: readonly Form[] = [
  {
    name: 'subscribeUidGroupIsOptional',
    step: 'an individual recording without subscribeUidGroup',
    mode: 'individual',
    request: { recordingConfig: { channelType: 0, ...IDLE } },
    isAccepted: true,
  },
  {
    name: 'channelTypeIsOptional',
    step: 'a composite recording without channelType',
    mode: 'mix',
    request: { recordingConfig: IDLE },
    isAccepted: true,
  },
  {
    name: 'otherModesPropertiesAreIgnored',
    step: 'an individual recording with transcodingConfig, which belongs to composite recording',
    mode: 'individual',
    request: {
      recordingConfig: {
        ...{ channelType: 0, subscribeUidGroup: 0, ...IDLE },
        transcodingConfig: { width: 360, height: 640, fps: 15, bitrate: 500 },
      },
    },
    isAccepted: true,
  },
  {
    name: 'individualMakesNoMp4',
    step: 'an individual recording with avFileType ["hls","mp4"]',
    mode: 'individual',
    request: {
      recordingConfig: { channelType: 0, subscribeUidGroup: 0, ...IDLE },
      recordingFileConfig: { avFileType: ['hls', 'mp4'] },
    },
    isAccepted: false,
  },
];

const COMPOSITE: StartRequest = { recordingConfig: { channelType: 0, ...IDLE } };

/** The reply says that a parameter is wrong. Others, such as a lack of resources, say nothing about the form. */
const isRefused = (result: CallResult) =>
  result.answered && result.httpStatus === 400 && result.reply.code === 2;

/** Sends a start with a resource that was acquired for it, and stops what it started. */
async function tryStart(
  parts: SeriesParts,
  { step, mode, uid, resourceId }: { step: string; mode: Mode; uid: string; resourceId: string },
  parameters: StartParameters,
): Promise<{ result: CallResult; isStarted: boolean }> {
  const { recorder } = parts;
  const { result, started } = await recorder.startWith(step, resourceId, { mode, uid }, parameters);
  if (started === null) return { result, isStarted: false };
  if (mode !== 'mix') await record(parts, step, started);
  await recorder.stop(`a stop: ${step}`, started);
  return { result, isStarted: true };
}

async function observeForm(parts: SeriesParts, form: Form): Promise<void> {
  const { recorder, answers } = parts;
  const { name, step, mode, request, isAccepted } = form;
  const uid = recorder.newUid();
  const resourceId = resourceIdOf(await recorder.acquire(`acquire: ${step}`, uid, SCENES.channel));
  const start = { step, mode, uid, resourceId };
  const { result, isStarted } = await tryStart(parts, start, recorder.parameters(uid, request));
  if (isStarted || isRefused(result)) answers.note(name, isStarted === isAccepted, describeReply(result));
}

/** A start whose resource was acquired with startParameter: the same parameters, or others. */
async function observeStartParameter(parts: SeriesParts, isSame: boolean): Promise<void> {
  const { recorder, answers } = parts;
  const uid = recorder.newUid();
  const acquiredFor = recorder.parameters(uid, COMPOSITE);
  const step = isSame ? 'a start that repeats startParameter' : 'a start that differs from startParameter';
  const acquired = await recorder.acquire(`acquire: ${step}`, uid, SCENES.channel, {
    startParameter: acquiredFor,
  });
  const other = { recordingConfig: { channelType: 1, ...IDLE } };
  const parameters = isSame ? acquiredFor : recorder.parameters(uid, other);
  const start = { step, mode: 'mix', uid, resourceId: resourceIdOf(acquired) } as const;
  const { result, isStarted } = await tryStart(parts, start, parameters);
  if (!isStarted && !isRefused(result)) return;
  if (isSame) answers.note('startRepeatsStartParameter', isStarted, describeReply(result));
  else {
    const reason = result.answered ? result.reply.reason : null;
    const isNamed = reason === 'request_hash mismatch!';
    answers.note('mismatchSaysRequestHash', isNamed, describeReply(result));
  }
}

/** Starts in forms that Agora may accept or refuse, each of a separate recording that is stopped at once. */
export async function observeForms(parts: SeriesParts): Promise<void> {
  const { recorder, answers } = parts;
  const contentType = 'text/plain';
  const plain = await recorder.acquire(`acquire as ${contentType}`, recorder.newUid(), SCENES.channel, {
    contentType,
  });
  const isAccepted = isStatus(plain, 200);
  if (isAccepted || isStatus(plain, 400) || isStatus(plain, 415)) {
    answers.note('contentTypeIsRequired', !isAccepted, describeReply(plain));
  }
  for (const form of FORMS) await observeForm(parts, form);
  await observeStartParameter(parts, true);
  await observeStartParameter(parts, false);
}

/** A recording of a web page. */
export async function observePage(parts: SeriesParts, url: string): Promise<void> {
  const { recorder } = parts;
  const uid = recorder.newUid();
  const step = 'a web page recording';
  const resourceId = resourceIdOf(await recorder.acquire(`acquire: ${step}`, uid, SCENES.page));
  const parameters = recorder.parameters(uid, {
    recordingFileConfig: { avFileType: ['hls'] },
    extensionServiceConfig: {
      extensionServices: [
        {
          serviceName: 'web_recorder_service',
          serviceParam: { url, audioProfile: 0, videoWidth: 640, videoHeight: 360, maxRecordingHour: 1 },
        },
      ],
    },
  });
  await tryStart(parts, { step, mode: 'web', uid, resourceId }, parameters);
}
