import { describe, expect, it } from 'vitest';
import {
  type CompositeConfigInput,
  type StartInput,
  type TranscodingConfigInput,
} from '../../src/commands/start/start-input.js';
import { isUid } from '@agora-recording-gateway/agora/parameters/formats';
import { ADOPT_RULES } from '../../src/commands/adopt.js';
import { check } from '../../src/commands/start/rules/rules.js';
import { validateStart } from '../../src/commands/start/rules/validate-start.js';

const EVERYDAY: StartInput = {
  channel: 'lesson-4711',
  uid: '901001',
  token: '007eJxTYBBa',
  resourceExpiredHours: 24,
  region: 'EU',
  config: {
    composite: {
      channelType: 1,
      streamTypes: 2,
      maxIdleTime: 300,
      avFileType: ['hls', 'mp4'],
      subscribeAudioUids: ['71', '72'],
      subscribeVideoUids: ['#allstream#'],
      transcodingConfig: {
        width: 1280,
        height: 720,
        fps: 30,
        bitrate: 2000,
        mixedVideoLayout: 3,
        backgroundColor: '#FF8800',
        layoutConfig: [
          { uid: '71', x: 0, y: 0, width: 0.5, height: 1, alpha: 0.5, renderMode: 1 },
          { x: 0.5, y: 0, width: 0.5, height: 1 },
        ],
      },
    },
  },
};

const LEAST: StartInput = { channel: 'a', uid: '1', config: { composite: {} } };

const SALT = Buffer.alloc(32, 7).toString('base64');
const WINDOW = { x: 0, y: 0, width: 1, height: 1 };
const many = (count: number) => Array.from({ length: count }, (_, index) => String(index + 1));

function fieldsOf(input: StartInput): string[] {
  return validateStart(input).map(({ field }) => (field ?? []).join('.'));
}

const composite = (config: CompositeConfigInput): StartInput => ({ ...LEAST, config: { composite: config } });
const transcoding = (transcodingConfig: TranscodingConfigInput) => composite({ transcodingConfig });

const BROKEN_STARTS: [string, Partial<StartInput>, string][] = [
  ['a channel without a name', { channel: '' }, 'channel'],
  ['a channel of 64 bytes', { channel: 'a'.repeat(64) }, 'channel'],
  ['a channel with a character that Agora does not take', { channel: 'leçon' }, 'channel'],
  ['a channel with a slash', { channel: 'a/b' }, 'channel'],
  ['a channel with a line break', { channel: 'a\n' }, 'channel'],
  ['uid 0', { uid: '0' }, 'uid'],
  ['a uid beyond 32 bits', { uid: '4294967296' }, 'uid'],
  ['a uid that is a name', { uid: 'alice' }, 'uid'],
  ['a uid with a zero in front', { uid: '0123' }, 'uid'],
  ['an empty uid', { uid: '' }, 'uid'],
  ['a negative uid', { uid: '-1' }, 'uid'],
  ['no hours', { resourceExpiredHours: 0 }, 'resourceExpiredHours'],
  ['721 hours', { resourceExpiredHours: 721 }, 'resourceExpiredHours'],
  ['half an hour', { resourceExpiredHours: 1.5 }, 'resourceExpiredHours'],
  ['51 resources to avoid', { excludeResourceIds: many(51) }, 'excludeResourceIds'],
  ['an endless token', { token: 'a'.repeat(4097) }, 'token'],
  ['an empty idempotency key', { idempotencyKey: '' }, 'idempotencyKey'],
  ['an endless idempotency key', { idempotencyKey: 'a'.repeat(256) }, 'idempotencyKey'],
];

const BROKEN_CONFIGS: [string, CompositeConfigInput, string][] = [
  ['an idle time of 4 seconds', { maxIdleTime: 4 }, 'maxIdleTime'],
  ['an idle time of over 30 days', { maxIdleTime: 2_592_001 }, 'maxIdleTime'],
  ...(
    ['subscribeAudioUids', 'unsubscribeAudioUids', 'subscribeVideoUids', 'unsubscribeVideoUids'] as const
  ).flatMap((name): [string, CompositeConfigInput, string][] => [
    [`33 uids in ${name}`, { [name]: many(33) }, name],
    [`a name in ${name}`, { [name]: ['71', 'alice'] }, name],
    [`uid 0 in ${name}`, { [name]: ['0'] }, name],
    [`all streams and a uid in ${name}`, { [name]: ['#allstream#', '71'] }, name],
  ]),
  ['all streams left out (audio)', { unsubscribeAudioUids: ['#allstream#'] }, 'unsubscribeAudioUids'],
  ['all streams left out (video)', { unsubscribeVideoUids: ['#allstream#'] }, 'unsubscribeVideoUids'],
  ['both audio lists', { subscribeAudioUids: ['71'], unsubscribeAudioUids: ['72'] }, 'unsubscribeAudioUids'],
  ['both video lists', { subscribeVideoUids: ['71'], unsubscribeVideoUids: ['72'] }, 'unsubscribeVideoUids'],
  ['a video list with audio alone', { streamTypes: 0, subscribeVideoUids: ['71'] }, 'streamTypes'],
  ['videos left out with audio alone', { streamTypes: 0, unsubscribeVideoUids: ['71'] }, 'streamTypes'],
  ['an audio list with video alone', { streamTypes: 1, subscribeAudioUids: ['71'] }, 'streamTypes'],
  ['audios left out with video alone', { streamTypes: 1, unsubscribeAudioUids: ['71'] }, 'streamTypes'],
  ['MP4 alone', { avFileType: ['mp4'] }, 'avFileType'],
  ['no file type', { avFileType: [] }, 'avFileType'],
  ['HLS twice', { avFileType: ['hls', 'hls'] }, 'avFileType'],
  ['a decryption mode without a secret', { decryptionMode: 1 }, 'secret'],
  ['a decryption mode with an empty secret', { decryptionMode: 1, secret: '' }, 'secret'],
  ['AES_128_GCM2 without a salt', { decryptionMode: 7, secret: 'canary' }, 'salt'],
  ['AES_256_GCM2 without a salt', { decryptionMode: 8, secret: 'canary' }, 'salt'],
  ['a salt that is too short', { decryptionMode: 7, secret: 'canary', salt: SALT.slice(4) }, 'salt'],
  ['a salt that is not Base64', { decryptionMode: 8, secret: 'canary', salt: `${'!'.repeat(43)}=` }, 'salt'],
];

const BROKEN_TRANSCODING: [string, TranscodingConfigInput, string][] = [
  ['no width', { width: 0 }, 'transcodingConfig.width'],
  ['a negative height', { height: -1 }, 'transcodingConfig.height'],
  ['no frames', { fps: 0 }, 'transcodingConfig.fps'],
  ['half a frame', { fps: 0.5 }, 'transcodingConfig.fps'],
  ['no bitrate', { bitrate: 0 }, 'transcodingConfig.bitrate'],
  ['more than full HD', { width: 1921, height: 1080 }, 'transcodingConfig'],
  ['more than full HD by the default height', { width: 3241 }, 'transcodingConfig'],
  ['more than full HD by the default width', { height: 5761 }, 'transcodingConfig'],
  ['a colour by name', { backgroundColor: 'red' }, 'transcodingConfig.backgroundColor'],
  ['a colour of three digits', { backgroundColor: '#F80' }, 'transcodingConfig.backgroundColor'],
  [
    'a large window of uid 0',
    { mixedVideoLayout: 2, maxResolutionUid: '0' },
    'transcodingConfig.maxResolutionUid',
  ],
  ['a custom layout without regions', { mixedVideoLayout: 3 }, 'transcodingConfig.layoutConfig'],
  [
    'a custom layout of no region',
    { mixedVideoLayout: 3, layoutConfig: [] },
    'transcodingConfig.layoutConfig',
  ],
  [
    'a custom layout of 18 regions',
    { mixedVideoLayout: 3, layoutConfig: Array.from({ length: 18 }, () => WINDOW) },
    'transcodingConfig.layoutConfig',
  ],
  ...(['x', 'y', 'width', 'height', 'alpha'] as const).flatMap(
    (name): [string, TranscodingConfigInput, string][] =>
      [-0.1, 1.1, Number.NaN].map((value) => [
        `a region whose ${name} is ${value}`,
        { mixedVideoLayout: 3, layoutConfig: [{ ...WINDOW, [name]: value }] },
        'transcodingConfig.layoutConfig',
      ]),
  ),
  [
    'a region of uid 0',
    { mixedVideoLayout: 3, layoutConfig: [{ ...WINDOW, uid: '0' }] },
    'transcodingConfig.layoutConfig',
  ],
];

describe('a start', () => {
  it.each([
    ['an everyday one', EVERYDAY],
    ['the least one', LEAST],
    ['of the longest channel', { ...LEAST, channel: 'a'.repeat(63) }],
    ['of a channel of odd characters', { ...LEAST, channel: 'aZ0 !#$%&()+-:;<=.>?@[]^_{}|~,' }],
    ['of the largest uid', { ...LEAST, uid: '4294967295' }],
    ['of 720 hours', { ...LEAST, resourceExpiredHours: 720 }],
    ['with all optional fields null', { ...LEAST, token: null, region: null, excludeResourceIds: null }],
    ['with 32 uids', composite({ subscribeAudioUids: many(32) })],
    ['with full HD', transcoding({ width: 1920, height: 1080 })],
    ['with full HD upright', transcoding({ width: 1080, height: 1920 })],
    ['in the vertical layout', transcoding({ mixedVideoLayout: 2, maxResolutionUid: '71' })],
    [
      'in a custom layout of 17 regions',
      transcoding({ mixedVideoLayout: 3, layoutConfig: Array.from({ length: 17 }, () => WINDOW) }),
    ],
    ['encrypted', composite({ decryptionMode: 1, secret: 'canary' })],
    ['encrypted with GCM2', composite({ decryptionMode: 8, secret: 'canary', salt: SALT })],
    ['of audio alone with an audio list', composite({ streamTypes: 0, subscribeAudioUids: ['71'] })],
    ['of video alone with a video list', composite({ streamTypes: 1, unsubscribeVideoUids: ['71'] })],
    ['with HLS alone', composite({ avFileType: ['hls'] })],
    ['with the shortest idle time', composite({ maxIdleTime: 5 })],
    ['with the longest idle time', composite({ maxIdleTime: 2_592_000 })],
  ])('is valid %s', (_what, input) => {
    expect(validateStart(input)).toEqual([]);
  });

  it.each(BROKEN_STARTS)('is refused with %s', (_what, change, field) => {
    expect(fieldsOf({ ...LEAST, ...change })).toEqual([field]);
  });

  it.each(BROKEN_CONFIGS)('is refused with %s', (_what, config, field) => {
    const fields = fieldsOf(composite(config));
    expect(fields).not.toEqual([]);
    expect(new Set(fields)).toEqual(new Set([`config.composite.${field}`]));
  });

  it.each(BROKEN_TRANSCODING)('is refused with %s', (_what, config, field) => {
    expect(fieldsOf(transcoding(config))).toEqual([`config.composite.${field}`]);
  });

  const INDIVIDUAL = { subscribeUidGroup: 0 };
  const WEB = {
    url: 'https://acme.example',
    audioProfile: 0,
    videoWidth: 1280,
    videoHeight: 720,
    maxRecordingHour: 1,
  };

  it.each<[string, object, string]>([
    ['MP4 files alone', { avFileType: ['mp4'] }, 'avFileType'],
    ['screenshots of audio', { streamTypes: 0, snapshotConfig: {} }, 'snapshotConfig'],
    [
      'screenshots and audio lists alone',
      { subscribeAudioUids: ['1'], snapshotConfig: {} },
      'snapshotConfig',
    ],
    ['screenshots too often', { snapshotConfig: { captureInterval: 4 } }, 'snapshotConfig.captureInterval'],
    [
      'screenshots too seldom',
      { snapshotConfig: { captureInterval: 3601 } },
      'snapshotConfig.captureInterval',
    ],
    ['both audio lists', { subscribeAudioUids: ['1'], unsubscribeAudioUids: ['2'] }, 'unsubscribeAudioUids'],
  ])('of users by themselves is refused with %s', (_what, config, field) => {
    expect(fieldsOf({ ...LEAST, config: { individual: { ...INDIVIDUAL, ...config } } })).toEqual([
      `config.individual.${field}`,
    ]);
  });

  it.each<[string, object, string]>([
    ['an address that is none', { url: 'acme' }, 'url'],
    ['an address of a file', { url: 'file:///etc/passwd' }, 'url'],
    ['a picture too large', { videoWidth: 1921, videoHeight: 1080 }, 'videoWidth'],
    ['no width', { videoWidth: 0 }, 'videoWidth'],
    ['no height', { videoHeight: 0 }, 'videoHeight'],
    ['no hours', { maxRecordingHour: 0 }, 'maxRecordingHour'],
    ['too many hours', { maxRecordingHour: 721 }, 'maxRecordingHour'],
    ['too few frames', { videoFps: 4 }, 'videoFps'],
    ['too many frames', { videoFps: 61 }, 'videoFps'],
    ['MP4 files too short', { maxVideoDuration: 29 }, 'maxVideoDuration'],
    ['MP4 files too long', { maxVideoDuration: 241 }, 'maxVideoDuration'],
    ['a page that may take too long', { readyTimeout: 61 }, 'readyTimeout'],
    ['MP4 files alone', { avFileType: ['mp4'] }, 'avFileType'],
    ['two pushes', { outputs: [{ rtmpUrl: 'rtmp://a/b' }, { rtmpUrl: 'rtmp://a/c' }] }, 'outputs'],
    ['a push to a page', { outputs: [{ rtmpUrl: 'https://acme.example/live' }] }, 'outputs'],
  ])('of a page is refused with %s', (_what, config, field) => {
    expect(fieldsOf({ ...LEAST, config: { web: { ...WEB, ...config } } })).toEqual([`config.web.${field}`]);
  });

  it('of a page takes a longer name', () => {
    expect(fieldsOf({ ...LEAST, channel: 'ä'.repeat(512), config: { web: WEB } })).toEqual([]);
    expect(fieldsOf({ ...LEAST, channel: 'ä'.repeat(513), config: { web: WEB } })).toEqual(['channel']);
  });

  it('reports everything that is wrong with it at once', () => {
    const errors = validateStart({
      channel: '',
      uid: '0',
      token: 'a'.repeat(4097),
      resourceExpiredHours: 0,
      config: {
        composite: {
          maxIdleTime: 1,
          avFileType: ['mp4'],
          decryptionMode: 7,
          secret: 'canary',
          salt: 'short',
          subscribeAudioUids: ['alice'],
          transcodingConfig: { fps: 0, backgroundColor: 'red', mixedVideoLayout: 3 },
        },
      },
    });
    expect(errors.map(({ field }) => field?.join('.')).sort()).toEqual([
      'channel',
      'config.composite.avFileType',
      'config.composite.maxIdleTime',
      'config.composite.salt',
      'config.composite.subscribeAudioUids',
      'config.composite.transcodingConfig.backgroundColor',
      'config.composite.transcodingConfig.fps',
      'config.composite.transcodingConfig.layoutConfig',
      'resourceExpiredHours',
      'token',
      'uid',
    ]);
    for (const error of errors) {
      expect(error).toMatchObject({ code: 'INVALID_PARAMETER', retryable: false, agora: null });
      expect(error.message).toMatch(/\S/);
    }
    expect(JSON.stringify(errors)).not.toContain('canary');
  });
});

describe('a uid', () => {
  it.each(['1', '4294967295', '901001'])('may be %s', (text) => {
    expect(isUid(text)).toBe(true);
  });

  it.each(['', '0', '00', '4294967296', '99999999999', '1.0', '1e3', ' 1', '1 ', '+1', '١', 'alice'])(
    'may not be %j',
    (text) => {
      expect(isUid(text)).toBe(false);
    },
  );
});

describe('The message of an invalid input', () => {
  const messageOf = (change: Partial<StartInput>) =>
    validateStart({ ...LEAST, ...change }).map(({ message }) => message);

  it.each([
    ['a/b', 'This one has / (U+002F).'],
    ['课堂', 'This one has 课 (U+8BFE).'],
    ['party 🎉', 'This one has 🎉 (U+1F389).'],
    ['a"b', 'This one has " (U+0022).'],
    ['a\n', 'This one has U+000A.'],
    ['a\u200b', 'This one has U+200B.'],
    ['a'.repeat(70), 'This one has 70 bytes.'],
  ])('names the character of channel %j at fault', (channel, says) => {
    expect(messageOf({ channel })).toEqual([expect.stringContaining(says)]);
  });

  it.each([
    ['-1928374655', '2366592641'],
    ['-1', '4294967295'],
    ['-2147483648', '2147483648'],
  ])('suggests the unsigned value of the negative 32-bit uid %s', (uid, meant) => {
    expect(messageOf({ uid })).toEqual([
      expect.stringContaining(`the same uid as an unsigned one is ${meant}.`),
    ]);
    expect(messageOf({ uid: meant })).toEqual([]);
  });

  it('suggests the same for a uid in a list, in a layout, and of a recording that is adopted', () => {
    const says = [expect.stringContaining('the same uid as an unsigned one is 2366592641.')];
    const uids = { subscribeAudioUids: ['71', '-1928374655'] };
    expect(messageOf({ config: { composite: uids } })).toEqual(says);
    expect(messageOf({ config: { individual: { ...uids, subscribeUidGroup: 0 } } })).toEqual(says);
    const layoutConfig = [WINDOW, { ...WINDOW, uid: '-1928374655' }];
    const transcodingConfig = { mixedVideoLayout: 3, layoutConfig };
    expect(messageOf({ config: { composite: { transcodingConfig } } })).toEqual(says);
    const adopted = { channel: 'a', uid: '-1928374655', resourceId: 'r', sid: 's', mode: 'mix' as const };
    expect(check(ADOPT_RULES, adopted, []).map(({ message }) => message)).toEqual(says);
  });

  it.each(['-2147483649', '-0', '0', 'user_17'])('suggests nothing for uid %s', (uid) => {
    expect(messageOf({ uid })).toEqual([expect.not.stringContaining('unsigned')]);
  });

  it('names the region that reaches over the canvas', () => {
    const layoutConfig = [WINDOW, { x: 0.5, y: 0, width: 0.6, height: 1 }];
    const config = { composite: { transcodingConfig: { mixedVideoLayout: 3, layoutConfig } } };
    expect(messageOf({ config })).toEqual([
      'Every region must lie within the canvas: region 1 of layoutConfig has x 0.5 + width 0.6, which exceeds 1.',
    ]);
  });

  it('is none for fractions whose sum exceeds 1 only by rounding', () => {
    const layoutConfig = [{ x: 0.6666667, y: 0, width: 0.3333334, height: 1 }];
    const config = { composite: { transcodingConfig: { mixedVideoLayout: 3, layoutConfig } } };
    expect(messageOf({ config })).toEqual([]);
  });
});
