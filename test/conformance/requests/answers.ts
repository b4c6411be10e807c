import { type Json } from '../request-properties/row.js';
import { REFERENCE } from './example.js';

/**
 * What Agora makes of a request: it accepts it; it refuses it with 400 and code 2, naming the property; it refuses it with
 * another code; or it accepts the call and ends the recording soon after (quick start, asynchronous parameter check).
 */
export type Answer = 'accepted' | 'refused' | 'refused, 400/401' | 'refused, 400/432' | 'refused later';

/** How a property is left out, or given without a value. Numbers and booleans have no empty value. */
export const KINDS = ['omitted', 'empty', 'null'] as const;
export type Kind = (typeof KINDS)[number];

/** The answer may depend on the rest of clientRequest. */
export type Expected = Answer | ((rest: Json) => Answer);

export interface PropertyAnswers extends Record<Kind, Expected> {
  /** Where the document describes the property. */
  place: string;
  /** Where the gateway answers otherwise; each has its reason in a comment of the table. */
  gateway: Partial<Record<Kind, Expected>>;
}

type More = Partial<Record<Kind, Expected>> & { gateway?: PropertyAnswers['gateway'] };

const placeOf = (schema: string) => `${REFERENCE}#${schema.toLowerCase()}`;

/** "Required: false". An empty value and null count as absent. */
const optional = { omitted: 'accepted', empty: 'accepted', null: 'accepted' } as const;

/** "Required: true". */
const required = { omitted: 'refused', empty: 'refused', null: 'refused' } as const;

/** Required, and checked after the reply to start. */
const requiredLater = {
  omitted: 'refused later',
  empty: 'refused later',
  null: 'refused later',
} as const;

/** A text with a fixed set of values or a fixed format: an empty one is none of them. */
const optionalWord = { ...optional, empty: 'refused' } as const;

const all = (expected: Expected) => ({ omitted: expected, empty: expected, null: expected });

type Requirement = Record<Kind, Expected>;

/** The rows of one schema of the reference. */
function rows(
  schema: string,
  table: Record<string, Requirement | (Requirement & More)>,
): Record<string, PropertyAnswers> {
  return Object.fromEntries(
    Object.entries(table).map(([name, answers]) => [
      `${schema}.${name}`,
      { gateway: {}, ...answers, place: placeOf(schema) },
    ]),
  );
}

function within(rest: Json, ...path: string[]): unknown {
  return path.reduce<unknown>((at, name) => (at as Json | undefined)?.[name], rest);
}

const isSet = (value: unknown) => value != null && !(Array.isArray(value) && value.length === 0);

/** Only accepted if something else of the update is left. */
const unlessNothingIsLeft: Expected = (rest) => (Object.values(rest).some(isSet) ? 'accepted' : 'refused');

const unlessOnlyOnhold: Expected = ({ rtmpPublishConfig }) =>
  isSet(rtmpPublishConfig) ? 'accepted' : 'refused';

const WEB_SCENE = 1;
const SALTED_MODES = [7, 8];
const CUSTOM_LAYOUT = 3;

const secretAnswer: Expected = (rest) =>
  ((within(rest, 'recordingConfig', 'decryptionMode') as number | undefined) ?? 0) === 0
    ? 'accepted'
    : 'refused';

const saltAnswer: Expected = (rest) =>
  SALTED_MODES.includes(within(rest, 'recordingConfig', 'decryptionMode') as number) ? 'refused' : 'accepted';

/** Screenshots with an audio list need a video list, too (reference, client-request, snapshotConfig). */
const videoListAnswer: Expected = (rest) =>
  isSet(rest.snapshotConfig) && isSet(within(rest, 'recordingConfig', 'subscribeAudioUids'))
    ? 'refused'
    : 'accepted';

const customLayoutAnswer =
  (layout: (rest: Json) => unknown, refused: Answer): Expected =>
  (rest) =>
    layout(rest) === CUSTOM_LAYOUT ? refused : 'accepted';

const startLayoutAnswer = customLayoutAnswer(
  (rest) => within(rest, 'recordingConfig', 'transcodingConfig', 'mixedVideoLayout'),
  'refused later',
);
const updateLayoutAnswer = customLayoutAnswer((rest) => rest.mixedVideoLayout, 'refused');

/** sse and tag are both required (reference, extensionParams); what is wrong with them shows when the upload begins. */
const partnerAnswer =
  (partner: string): Expected =>
  (rest) =>
    isSet(within(rest, 'storageConfig', 'extensionParams', partner)) ? 'refused later' : 'accepted';

/** A layout, as start checks it after its reply, and as updateLayout checks it at once. */
const layoutRows = (schema: string, refused: Answer, layoutConfig: Expected) =>
  rows(schema, {
    maxResolutionUid: optional,
    mixedVideoLayout: optional,
    // "#" and six hexadecimal digits.
    // The gateway leaves an empty optional text out.
    backgroundColor: { ...optional, empty: refused, gateway: { empty: 'accepted' } },
    backgroundImage: optional,
    defaultUserBackgroundImage: optional,
    layoutConfig: all(layoutConfig),
    backgroundConfig: optional,
  });

const identity = {
  cname: { ...required, empty: 'refused, 400/432' },
  uid: { ...required, empty: 'refused, 400/432' },
} as const;

/** Every documented property of a request, by the schema of the reference that has it. */
export const ANSWERS: Readonly<Record<string, PropertyAnswers>> = {
  ...rows('acquire-request', {
    // The name of a page recording is not that of a channel.
    cname: { ...required, empty: ({ scene }) => (scene === WEB_SCENE ? 'refused' : 'refused, 400/401') },
    uid: required,
    clientRequest: optional,
    scene: optional,
    resourceExpiredHour: optional,
    startParameter: optional,
    excludeResourceIds: optional,
    region: optionalWord,
  }),
  ...rows('start-request', { ...identity, clientRequest: required }),
  ...rows('client-request', {
    token: optional,
    // The gateway has a default profile.
    storageConfig: { ...required, gateway: { omitted: 'accepted', null: 'accepted' } },
    // "false", and the Python client sends none in individual recording.
    recordingConfig: optional,
    recordingFileConfig: optional,
    // fileType is required, but the gateway always sends it.
    snapshotConfig: { ...optional, empty: 'refused', gateway: { empty: 'accepted' } },
    // "false", but web page recording cannot do without it.
    extensionServiceConfig: required,
  }),
  ...rows('storageConfig', {
    vendor: required,
    region: required,
    bucket: required,
    accessKey: required,
    secretKey: required,
    stsToken: optional,
    stsExpiration: optional,
    fileNamePrefix: optional,
    extensionParams: optional,
  }),
  ...rows('extensionParams', {
    sse: all(partnerAnswer('tag')),
    tag: all(partnerAnswer('sse')),
  }),
  ...rows('recordingConfig', {
    // "true", and "(Default)" all the same.
    channelType: optional,
    decryptionMode: optional,
    secret: all(secretAnswer),
    salt: all(saltAnswer),
    maxIdleTime: optional,
    streamTypes: optional,
    videoStreamType: optional,
    subscribeAudioUids: optional,
    unsubscribeAudioUids: optional,
    subscribeVideoUids: all(videoListAnswer),
    unsubscribeVideoUids: optional,
    // The spelling of the guide to subscription lists, and of the clients.
    unSubscribeAudioUids: optional,
    unSubscribeVideoUids: optional,
    // "false", and "required in this mode".
    subscribeUidGroup: optional,
    streamMode: optionalWord,
    audioProfile: optional,
    transcodingConfig: optional,
  }),
  ...rows('transcodingConfig', { width: optional, height: optional, fps: optional, bitrate: optional }),
  ...layoutRows('transcodingConfig', 'refused later', startLayoutAnswer),
  ...rows('layoutConfig', {
    uid: optional,
    x_axis: requiredLater,
    y_axis: requiredLater,
    width: requiredLater,
    height: requiredLater,
    alpha: optional,
    render_mode: optional,
  }),
  ...rows('backgroundConfig', { uid: requiredLater, image_url: requiredLater, render_mode: optional }),
  ...rows('recordingFileConfig', { avFileType: optional }),
  ...rows('snapshotConfig', { captureInterval: optional, fileType: required }),
  ...rows('extensionServiceConfig', {
    errorHandlePolicy: optionalWord,
    extensionServices: required,
    serviceName: required,
    serviceParam: required,
  }),
  ...rows('serviceParam', {
    url: required,
    audioProfile: required,
    videoWidth: required,
    videoHeight: required,
    maxRecordingHour: required,
    videoBitrate: optional,
    videoFps: optional,
    mobile: optional,
    maxVideoDuration: optional,
    onhold: optional,
    readyTimeout: optional,
    // Without outputs, the gateway does not ask for the push service.
    outputs: { ...required, gateway: optional },
    rtmpUrl: required,
  }),
  ...rows('update-request', { ...identity, clientRequest: required }),
  ...rows('clientRequest', {
    // Without any list, all streams are subscribed to; the gateway refuses an update that names nothing to change.
    streamSubscribe: { ...all(unlessNothingIsLeft), empty: 'accepted', gateway: { empty: 'refused' } },
    webRecordingConfig: { ...all(unlessNothingIsLeft), empty: 'accepted' },
    rtmpPublishConfig: { ...all(unlessNothingIsLeft), empty: 'accepted' },
    // "true", but the examples of update send none.
    storageConfig: { ...all(unlessNothingIsLeft), empty: 'refused' },
  }),
  ...rows('streamSubscribe', { audioUidList: optional, videoUidList: optional }),
  ...rows('audioUidList', {
    ...{ subscribeAudioUids: optional, unsubscribeAudioUids: optional, unSubscribeAudioUids: optional },
  }),
  ...rows('videoUidList', {
    ...{ subscribeVideoUids: optional, unsubscribeVideoUids: optional, unSubscribeVideoUids: optional },
  }),
  // Without onhold, the recording continues; the gateway refuses an update that names nothing to change.
  ...rows('webRecordingConfig', {
    onhold: { ...optional, gateway: { omitted: unlessOnlyOnhold, null: unlessOnlyOnhold } },
  }),
  ...rows('rtmpPublishConfig', {
    // An empty list ends the push.
    outputs: optional,
    // "false", but an output without an address is none.
    rtmpUrl: required,
  }),
  ...rows('updateLayout-request', { ...identity, clientRequest: { ...required, empty: 'accepted' } }),
  ...layoutRows('clientRequest-updateLayout', 'refused', updateLayoutAnswer),
  ...rows('stop-request', {
    ...{ ...identity, clientRequest: { ...required, empty: 'accepted' } },
    async_stop: optional,
  }),
};
