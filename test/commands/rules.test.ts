import { describe, expect, it } from 'vitest';
import { STORAGE_EFFECTS, STORAGE_RULES } from '@agora-recording-gateway/agora/tables/storage-rules';
import { ADOPT_RULES } from '../../src/commands/adopt.js';
import { CANVAS_RULES, COMPOSITE_RULES } from '../../src/commands/start/rules/composite-rules.js';
import { INDIVIDUAL_RULES } from '../../src/commands/start/rules/individual-rules.js';
import { LAYOUT_RULES } from '../../src/commands/start/rules/layout-rules.js';
import { SUBSCRIPTION_RULES } from '../../src/commands/start/rules/subscription-rules.js';
import { ACQUIRE_RULES, PLACE_RULES, START_RULES } from '../../src/commands/start/rules/validate-start.js';
import { OUTPUT_RULES, WEB_RULES } from '../../src/commands/start/rules/web-rules.js';

interface AnyRule {
  message: string | ((input: never) => string);
  broken: (input: never) => boolean;
}

interface Table {
  rules: readonly AnyRule[];
  /** An input that breaks none. */
  fine: object;
  /** Changes of it, of which each breaks at least one rule. */
  broken: object[];
}

const many = (count: number) => Array.from({ length: count }, (_, index) => String(index + 1));
const WINDOW = { x: 0, y: 0, width: 1, height: 1 };
const PAGE = {
  url: 'https://acme.example',
  audioProfile: 0,
  videoWidth: 640,
  videoHeight: 360,
  maxRecordingHour: 1,
};

const LISTS = ['subscribeAudioUids', 'unsubscribeAudioUids', 'subscribeVideoUids', 'unsubscribeVideoUids'];
const BROKEN_LISTS = [
  ...LISTS.flatMap((name) => [{ [name]: ['alice'] }, { [name]: many(33) }]),
  { subscribeAudioUids: ['1'], unsubscribeAudioUids: ['2'] },
  { subscribeVideoUids: ['1'], unsubscribeVideoUids: ['2'] },
];
const BROKEN_STREAMS = [
  ...BROKEN_LISTS,
  { maxIdleTime: 4 },
  { streamTypes: 0, subscribeVideoUids: ['1'] },
  { streamTypes: 1, subscribeAudioUids: ['1'] },
  { decryptionMode: 1 },
  { decryptionMode: 7, secret: 'x' },
  { decryptionMode: 7, secret: 'x', salt: 'short' },
];
const PUSH = { rtmpUrl: 'rtmp://cdn.example/live/x' };
const BROKEN_OUTPUTS = [{ outputs: [PUSH, PUSH] }, { outputs: [{ rtmpUrl: 'https://cdn.example/live/x' }] }];

const TABLES: Record<string, Table> = {
  'acquire and start': {
    rules: PLACE_RULES,
    fine: { channel: 'a', uid: '1', config: { composite: {} } },
    broken: [
      { channel: 'leçon' },
      { channel: '', config: { web: PAGE } },
      { uid: '0' },
      { resourceExpiredHours: 721 },
      { excludeResourceIds: many(51) },
      { token: 'a'.repeat(4097) },
      { storage: 'main', storageConfig: {} },
    ],
  },
  start: {
    rules: START_RULES,
    fine: { resourceId: 'abc', idempotencyKey: 'k' },
    broken: [{ idempotencyKey: '' }, { resourceId: 'a/b' }],
  },
  acquire: {
    rules: ACQUIRE_RULES,
    fine: { scene: 1, config: { web: PAGE } },
    broken: [{ scene: 0 }],
  },
  composite: {
    rules: COMPOSITE_RULES,
    fine: { avFileType: ['hls', 'mp4'] },
    broken: [...BROKEN_STREAMS, { avFileType: ['mp4'] }],
  },
  canvas: {
    rules: CANVAS_RULES,
    fine: { width: 1920, height: 1080 },
    broken: [
      ...['width', 'height', 'fps', 'bitrate'].map((name) => ({ [name]: 0 })),
      { width: 1921, height: 1080 },
    ],
  },
  layout: {
    rules: LAYOUT_RULES,
    fine: {
      mixedVideoLayout: 3,
      layoutConfig: [WINDOW],
      backgroundConfig: [{ uid: '1', imageUrl: 'https://acme.example/a.jpg' }],
    },
    broken: [
      { backgroundColor: 'red' },
      { maxResolutionUid: '0' },
      { layoutConfig: [] },
      { layoutConfig: Array.from({ length: 18 }, () => WINDOW) },
      ...['x', 'y', 'width', 'height', 'alpha'].map((name) => ({
        layoutConfig: [{ ...WINDOW, [name]: 1.5 }],
      })),
      { layoutConfig: [{ ...WINDOW, uid: '0' }] },
      { layoutConfig: [{ ...WINDOW, x: 0.5, y: 0, width: 0.6, height: 1 }] },
      { layoutConfig: [{ ...WINDOW, x: 0, y: 0.41, width: 1, height: 0.6 }] },
      { backgroundImage: 'ftp://acme.example/a.jpg' },
      { defaultUserBackgroundImage: 'no address' },
      { backgroundConfig: [{ uid: '1', imageUrl: 'http://acme.example/a.jpg' }] },
      { backgroundConfig: [{ uid: 'alice', imageUrl: 'https://acme.example/a.jpg' }] },
      { backgroundConfig: many(51).map((uid) => ({ uid, imageUrl: 'https://acme.example/a.jpg' })) },
    ],
  },
  individual: {
    rules: INDIVIDUAL_RULES,
    fine: { subscribeUidGroup: 0, snapshotConfig: { captureInterval: 5 } },
    broken: [
      ...BROKEN_STREAMS,
      { avFileType: ['mp4'] },
      { streamTypes: 0 },
      { subscribeAudioUids: ['1'] },
      { snapshotConfig: { captureInterval: 4 } },
    ],
  },
  web: {
    rules: WEB_RULES,
    fine: PAGE,
    broken: [
      { url: 'acme.example' },
      { videoWidth: 0 },
      { videoHeight: 0 },
      { videoWidth: 1921, videoHeight: 1080 },
      { maxRecordingHour: 721 },
      { videoBitrate: -1 },
      { videoFps: 4 },
      { maxVideoDuration: 29 },
      { readyTimeout: 61 },
      { avFileType: ['mp4'] },
      ...BROKEN_OUTPUTS,
    ],
  },
  'update: subscription': {
    rules: SUBSCRIPTION_RULES,
    fine: { subscribeAudioUids: ['#allstream#'], unsubscribeVideoUids: ['1'] },
    broken: BROKEN_LISTS,
  },
  'update: outputs': {
    rules: OUTPUT_RULES,
    fine: { outputs: [{ rtmpUrl: 'rtmps://cdn.example/live/x' }] },
    broken: BROKEN_OUTPUTS,
  },
  storageConfig: {
    rules: STORAGE_RULES,
    fine: { vendor: 1, region: 0, bucket: 'recordings', accessKey: 'a', secretKey: 's' },
    broken: [
      { bucket: '' },
      { accessKey: '' },
      { secretKey: '' },
      { vendor: 5, stsToken: 't', stsExpiration: 1 },
      { extensionParams: { sse: 'kms' } },
      { fileNamePrefix: ['a_b'] },
      { fileNamePrefix: ['a'.repeat(128)] },
      { vendor: 11 },
      { vendor: 11, extensionParams: { endpoint: 'https://proj.example.co/storage/v1/s3' } },
      { bucket: 'https://rec.s3.amazonaws.com' },
      { bucket: 'arn:aws:s3:::rec' },
      { bucket: 'a' },
      { vendor: 11, bucket: '-rec', extensionParams: { endpoint: 's3.example.com' } },
      ...[2, 3, 5, 6, 7, 8].map((vendor) => ({ vendor, bucket: 'Rec' })),
    ],
  },
  'storageConfig, properties without effect': {
    rules: STORAGE_EFFECTS,
    fine: { vendor: 1, extensionParams: { sse: 'kms', tag: 't' } },
    broken: [
      { stsExpiration: 1 },
      { vendor: 2, extensionParams: { sse: 'kms' } },
      { vendor: 3, extensionParams: { tag: 't' } },
    ],
  },
  adopt: {
    rules: ADOPT_RULES,
    fine: { channel: 'a', uid: '1', resourceId: 'r', sid: 's', mode: 'mix' },
    broken: [{ channel: '' }, { uid: '0' }, { resourceId: '' }, { sid: 'a/b' }, { resourceExpiredHours: 0 }],
  },
};

describe.each(Object.entries(TABLES))('The rules of %s', (_name, { rules, fine, broken }) => {
  const inputs = broken.map((change) => ({ ...fine, ...change }) as never);

  it('let through what Agora takes', () => {
    expect(rules.filter((rule) => rule.broken(fine as never)).map(({ message }) => message)).toEqual([]);
  });

  it('are each broken by an example, and each example breaks one', () => {
    const unbroken = rules.filter((rule) => !inputs.some((input) => rule.broken(input)));
    expect(unbroken.map(({ message }) => message)).toEqual([]);
    const harmless = inputs.filter((input) => !rules.some((rule) => rule.broken(input)));
    expect(harmless).toEqual([]);
  });

  it('have messages that say what to do', () => {
    for (const { message, broken: isBroken } of rules) {
      const input = inputs.find(isBroken) ?? ({} as never);
      expect((typeof message === 'string' ? message : message(input)).length).toBeGreaterThan(20);
    }
  });
});
