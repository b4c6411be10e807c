import { type Mode } from '@agora-recording-gateway/agora/tables/operations';
import { type Assumptions } from '../../control/assumptions.js';
import { ordersVod } from './vod.js';
import { withHonouredLists } from './subscription-lists.js';

type Json = Record<string, unknown>;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function without(object: Json, names: readonly string[]): Json {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}

/** Properties of clientRequest, and of its recordingConfig, that a mode does not have. */
const OTHER_MODES: Readonly<Record<Mode, { request: string[]; recording: string[] }>> = {
  mix: { request: ['snapshotConfig', 'extensionServiceConfig'], recording: [] },
  individual: { request: ['extensionServiceConfig'], recording: ['audioProfile', 'transcodingConfig'] },
  web: { request: ['token', 'recordingConfig', 'snapshotConfig'], recording: [] },
};

function withoutOtherModes(request: Json, mode: Mode): Json {
  const { request: names, recording } = OTHER_MODES[mode];
  const kept = without(
    request,
    // A channel can also be uploaded to ApsaraVideo VoD.
    ordersVod(request) ? names.filter((name) => name !== 'extensionServiceConfig') : names,
  );
  return isObject(kept.recordingConfig)
    ? { ...kept, recordingConfig: without(kept.recordingConfig, recording) }
    : kept;
}

/** recordingConfig with the defaults of its required properties, as far as the assumptions make them optional. */
function withRecordingDefaults(request: Json, mode: Mode, assumptions: Assumptions): Json {
  const given = request.recordingConfig;
  if (mode === 'web' || (given !== undefined && !isObject(given))) return request;
  if (given === undefined && mode === 'mix') return request;
  const isChannelTypeOptional = given === undefined || assumptions.channelTypeIsOptional;
  return {
    ...request,
    recordingConfig: {
      ...(isChannelTypeOptional ? { channelType: 0 } : {}),
      ...(mode === 'individual' && assumptions.subscribeUidGroupIsOptional ? { subscribeUidGroup: 0 } : {}),
      ...given,
    },
  };
}

/** clientRequest of start in the one form that the checks know. Expects a request without empty values. */
export function normalizeStart(request: Json, mode: Mode, assumptions: Assumptions): Json {
  const honoured = withHonouredLists(request, assumptions);
  const own = assumptions.otherModesPropertiesAreIgnored ? withoutOtherModes(honoured, mode) : honoured;
  return withRecordingDefaults(own, mode, assumptions);
}
