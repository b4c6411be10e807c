import { type CompositeConfigInput, type StartInput } from './start-input.js';
import { userError, type UserError } from './user-errors.js';

/** One rule that the types cannot state. */
interface Rule<T> {
  /** Path into the input. */
  field: string[];
  /** Where Agora states it. */
  source: string;
  message: string;
  broken: (input: T) => boolean;
}

const LARGEST_UID = 2 ** 32 - 1;
const CHANNEL_CHARACTERS = /^[a-zA-Z0-9 !#$%&()+\-:;<=.>?@[\]^_{}|~,]+$/;
const ALL_STREAMS = '#allstream#';
const MOST_SUBSCRIBED = 32;
const MOST_REGIONS = 17;
const MOST_PIXELS = 1920 * 1080;
const CUSTOM_LAYOUT = 3;
const VERTICAL_LAYOUT = 2;
const AUDIO_ONLY = 0;
const VIDEO_ONLY = 1;

/** Whether the text is a uid as Agora takes it: an integer from 1 to 2^32 - 1. */
export function isUid(text: string): boolean {
  return /^[1-9]\d{0,9}$/.test(text) && Number(text) <= LARGEST_UID;
}

function outside(value: number | null | undefined, least: number, most: number): boolean {
  return value != null && (!Number.isInteger(value) || value < least || value > most);
}

const START_RULES: readonly Rule<StartInput>[] = [
  {
    field: ['channel'],
    source: 'agora-facts.md, section 3, code 1013; section 5, row 24',
    message:
      'channel must be 1 to 63 bytes of letters, digits, spaces and ! # $ % & ( ) + - : ; < = . > ? @ [ ] ^ _ { } | ~ ,',
    broken: ({ channel }) => !CHANNEL_CHARACTERS.test(channel) || Buffer.byteLength(channel) > 63,
  },
  {
    field: ['uid'],
    source: 'rest-api-reference.md, acquire-request, uid',
    message:
      "uid must be an integer from 1 to 4294967295, written as text: the recording's own, used by nobody else.",
    broken: ({ uid }) => !isUid(uid),
  },
  {
    field: ['resourceExpiredHours'],
    source: 'rest-api-reference.md, acquire-request, resourceExpiredHour',
    message: 'resourceExpiredHours must be from 1 to 720.',
    broken: ({ resourceExpiredHours }) => outside(resourceExpiredHours, 1, 720),
  },
  {
    field: ['excludeResourceIds'],
    source: 'the bound of every list of this schema',
    message: 'excludeResourceIds takes at most 50 ids.',
    broken: ({ excludeResourceIds }) => (excludeResourceIds?.length ?? 0) > 50,
  },
  {
    field: ['idempotencyKey'],
    source: 'the bound of this schema',
    message: 'idempotencyKey must be 1 to 255 characters.',
    broken: ({ idempotencyKey }) =>
      idempotencyKey != null && (idempotencyKey.length === 0 || idempotencyKey.length > 255),
  },
  {
    field: ['token'],
    source: 'agora-facts.md, section 9',
    message: 'token must be 1 to 4096 characters; leave it out if the project has no App Certificate.',
    broken: ({ token }) => token != null && (token.length === 0 || token.length > 4096),
  },
];

const LISTS = [
  'subscribeAudioUids',
  'unsubscribeAudioUids',
  'subscribeVideoUids',
  'unsubscribeVideoUids',
] as const;

const listRules = LISTS.flatMap((name): Rule<CompositeConfigInput>[] => [
  {
    field: [name],
    source: `rest-api-reference.md, recordingConfig, ${name}`,
    message: `${name} must name 1 to 32 users; leave it out to subscribe to all.`,
    broken: (config) => {
      const list = config[name];
      return list != null && (list.length === 0 || list.length > MOST_SUBSCRIBED);
    },
  },
  {
    field: [name],
    source: `rest-api-reference.md, recordingConfig, ${name}`,
    message: name.startsWith('un')
      ? `${name} takes uids: integers from 1 to 4294967295.`
      : `${name} takes uids (integers from 1 to 4294967295), or "#allstream#" alone.`,
    broken: (config) => {
      const list = config[name] ?? [];
      const everybody = !name.startsWith('un') && list.length === 1 && list[0] === ALL_STREAMS;
      return !everybody && !list.every(isUid);
    },
  },
]);

const COMPOSITE_RULES: readonly Rule<CompositeConfigInput>[] = [
  {
    field: ['maxIdleTime'],
    source: 'rest-api-reference.md, recordingConfig, maxIdleTime',
    message: 'maxIdleTime must be from 5 to 2592000 seconds.',
    broken: ({ maxIdleTime }) => outside(maxIdleTime, 5, 2_592_000),
  },
  ...listRules,
  {
    field: ['unsubscribeAudioUids'],
    source: 'rest-api-reference.md, recordingConfig, subscribeAudioUids',
    message: 'Give either subscribeAudioUids or unsubscribeAudioUids, not both.',
    broken: (config) => config.subscribeAudioUids != null && config.unsubscribeAudioUids != null,
  },
  {
    field: ['unsubscribeVideoUids'],
    source: 'rest-api-reference.md, recordingConfig, subscribeVideoUids',
    message: 'Give either subscribeVideoUids or unsubscribeVideoUids, not both.',
    broken: (config) => config.subscribeVideoUids != null && config.unsubscribeVideoUids != null,
  },
  {
    field: ['streamTypes'],
    source: 'agora-facts.md, section 4 (subscription.md)',
    message: 'With streamTypes AUDIO there is no video to subscribe to: leave the video lists out.',
    broken: (config) =>
      config.streamTypes === AUDIO_ONLY &&
      (config.subscribeVideoUids != null || config.unsubscribeVideoUids != null),
  },
  {
    field: ['streamTypes'],
    source: 'agora-facts.md, section 4 (subscription.md)',
    message: 'With streamTypes VIDEO there is no audio to subscribe to: leave the audio lists out.',
    broken: (config) =>
      config.streamTypes === VIDEO_ONLY &&
      (config.subscribeAudioUids != null || config.unsubscribeAudioUids != null),
  },
  {
    field: ['avFileType'],
    source: 'rest-api-reference.md, recordingFileConfig',
    message: 'avFileType must be [HLS] or [HLS, MP4]: MP4 files come beside HLS, never alone.',
    broken: ({ avFileType }) =>
      avFileType != null && (!avFileType.includes('hls') || new Set(avFileType).size !== avFileType.length),
  },
  {
    field: ['secret'],
    source: 'rest-api-reference.md, recordingConfig, secret',
    message: 'secret is needed with a decryptionMode, and only then.',
    broken: ({ decryptionMode, secret }) =>
      ((decryptionMode ?? 0) !== 0) !== (secret != null && secret !== ''),
  },
  {
    field: ['salt'],
    source: 'rest-api-reference.md, recordingConfig, salt',
    message: 'salt is needed with decryptionMode AES_128_GCM2 or AES_256_GCM2, and only then.',
    broken: ({ decryptionMode, salt }) =>
      (decryptionMode === 7 || decryptionMode === 8) !== (salt != null && salt !== ''),
  },
  {
    field: ['salt'],
    source: 'rest-api-reference.md, recordingConfig, salt',
    message: 'salt must be 32 bytes in Base64.',
    broken: ({ salt }) => salt != null && salt !== '' && !/^[A-Za-z0-9+/]{43}=$/.test(salt),
  },
  ...(
    [
      ['width', 'pixels'],
      ['height', 'pixels'],
      ['fps', 'frames a second'],
      ['bitrate', 'Kbps'],
    ] as const
  ).map(([name, unit]): Rule<CompositeConfigInput> => ({
    field: ['transcodingConfig', name],
    source: `rest-api-reference.md, transcodingConfig, ${name}`,
    message: `${name} must be a positive number of ${unit}.`,
    broken: ({ transcodingConfig }) => outside(transcodingConfig?.[name], 1, 1_000_000),
  })),
  {
    field: ['transcodingConfig'],
    source: 'rest-api-reference.md, transcodingConfig, width',
    message: 'width × height must not exceed 1920 × 1080.',
    broken: ({ transcodingConfig }) =>
      (transcodingConfig?.width ?? 360) * (transcodingConfig?.height ?? 640) > MOST_PIXELS,
  },
  {
    field: ['transcodingConfig', 'backgroundColor'],
    source: 'rest-api-reference.md, transcodingConfig, backgroundColor',
    message: 'backgroundColor must be # and six hexadecimal digits, for example #FF8800.',
    broken: ({ transcodingConfig }) =>
      transcodingConfig?.backgroundColor != null &&
      !/^#[0-9a-fA-F]{6}$/.test(transcodingConfig.backgroundColor),
  },
  {
    field: ['transcodingConfig', 'maxResolutionUid'],
    source: 'rest-api-reference.md, transcodingConfig, maxResolutionUid',
    message: 'maxResolutionUid belongs to the VERTICAL layout, and must be a uid from 1 to 4294967295.',
    broken: ({ transcodingConfig }) =>
      transcodingConfig?.maxResolutionUid != null &&
      (transcodingConfig.mixedVideoLayout !== VERTICAL_LAYOUT || !isUid(transcodingConfig.maxResolutionUid)),
  },
  {
    field: ['transcodingConfig', 'layoutConfig'],
    source: 'rest-api-reference.md, layoutConfig',
    message: 'layoutConfig belongs to the CUSTOM layout, which needs 1 to 17 regions.',
    broken: ({ transcodingConfig }) => {
      const regions = transcodingConfig?.layoutConfig;
      if (transcodingConfig?.mixedVideoLayout !== CUSTOM_LAYOUT) return regions != null;
      return regions == null || regions.length === 0 || regions.length > MOST_REGIONS;
    },
  },
  {
    field: ['transcodingConfig', 'layoutConfig'],
    source: 'rest-api-reference.md, layoutConfig',
    message: 'x, y, width, height and alpha of a region are fractions from 0 to 1.',
    broken: ({ transcodingConfig }) =>
      (transcodingConfig?.layoutConfig ?? []).some(({ x, y, width, height, alpha }) =>
        [x, y, width, height, alpha ?? 1].some((value) => !(value >= 0 && value <= 1)),
      ),
  },
  {
    field: ['transcodingConfig', 'layoutConfig'],
    source: 'rest-api-reference.md, layoutConfig, uid',
    message: 'uid of a region must be an integer from 1 to 4294967295, or left out.',
    broken: ({ transcodingConfig }) =>
      (transcodingConfig?.layoutConfig ?? []).some(({ uid }) => uid != null && !isUid(uid)),
  },
];

function check<T>(rules: readonly Rule<T>[], input: T, at: readonly string[]): UserError[] {
  return rules
    .filter((rule) => rule.broken(input))
    .map((rule) => userError('INVALID_PARAMETER', rule.message, { field: [...at, ...rule.field] }));
}

/** All that Agora would refuse of a start, before it is asked. */
export function validateStart(input: StartInput): UserError[] {
  const errors = check(START_RULES, input, []);
  for (const mode of ['individual', 'web'] as const) {
    if (input.config[mode] == null) continue;
    errors.push(
      userError(
        'NOT_YET_SUPPORTED',
        `The gateway cannot start ${mode} recordings yet. Use config.composite.`,
        {
          field: ['config', mode],
        },
      ),
    );
  }
  if (input.config.composite != null) {
    errors.push(...check(COMPOSITE_RULES, input.config.composite, ['config', 'composite']));
  }
  return errors;
}
