import { describe, expect, it } from 'vitest';
import { withoutEmptyValues } from '../../src/commands/empty-values.js';
import {
  normalizeAcquire,
  normalizeLayout,
  normalizeStart,
} from '../../src/commands/start/normalize-input.js';
import { type StartInput } from '../../src/commands/start/start-input.js';
import { validateStart } from '../../src/commands/start/rules/validate-start.js';

const PAGE = {
  url: 'https://acme.example',
  audioProfile: 0,
  videoWidth: 640,
  videoHeight: 360,
  maxRecordingHour: 1,
};
const WINDOW = { x: 0, y: 0, width: 1, height: 1 };
const STORAGE = { bucket: 'rec', accessKey: 'a', secretKey: 's' };
const start = (more: object): StartInput => ({
  channel: 'a',
  uid: '1',
  config: { composite: {} },
  ...more,
});

/** What only needs to be set in some cases, an input of another case, and the same input without it. */
const WITHOUT_EFFECT: [string, StartInput, StartInput][] = [
  ['token', start({ token: '007', config: { web: PAGE } }), start({ config: { web: PAGE } })],
  ['region', start({ resourceId: 'r', region: 'EU' }), start({ resourceId: 'r' })],
  ['excludeResourceIds', start({ resourceId: 'r', excludeResourceIds: ['x'] }), start({ resourceId: 'r' })],
  ['config.composite.secret', start({ config: { composite: { secret: 'x' } } }), start({})],
  [
    'config.composite.salt',
    start({ config: { composite: { decryptionMode: 1, secret: 'x', salt: 'y' } } }),
    start({ config: { composite: { decryptionMode: 1, secret: 'x' } } }),
  ],
  [
    'config.individual.streamMode',
    start({ config: { individual: { streamMode: 'original' } } }),
    start({ config: { individual: {} } }),
  ],
  [
    'config.composite.transcodingConfig.maxResolutionUid',
    start({ config: { composite: { transcodingConfig: { mixedVideoLayout: 1, maxResolutionUid: '1' } } } }),
    start({ config: { composite: { transcodingConfig: { mixedVideoLayout: 1 } } } }),
  ],
  [
    'config.composite.transcodingConfig.layoutConfig',
    start({ config: { composite: { transcodingConfig: { fps: 15, layoutConfig: [WINDOW] } } } }),
    start({ config: { composite: { transcodingConfig: { fps: 15 } } } }),
  ],
  [
    'storageConfig.extensionParams.sse',
    start({ storageConfig: { ...STORAGE, location: { huaweiCloud: 0 }, extensionParams: { sse: 'kms' } } }),
    start({ storageConfig: { ...STORAGE, location: { huaweiCloud: 0 }, extensionParams: {} } }),
  ],
  [
    'storageConfig.extensionParams.tag',
    start({ storageConfig: { ...STORAGE, location: { huaweiCloud: 0 }, extensionParams: { tag: 't' } } }),
    start({ storageConfig: { ...STORAGE, location: { huaweiCloud: 0 }, extensionParams: {} } }),
  ],
];

describe('A value that has no effect', () => {
  it.each(WITHOUT_EFFECT)('is not sent and causes a warning: %s', (field, given, kept) => {
    const { input, warnings } = normalizeStart(given);
    expect(input).toEqual(kept);
    expect(warnings.map((warning) => warning.field.join('.'))).toEqual([field]);
    expect(warnings[0]?.message).toContain(field.split('.').at(-1));
    expect(validateStart(input)).toEqual([]);
  });

  it('is reported for acquire and for the layout in the same way', () => {
    const acquire = normalizeAcquire({ channel: 'a', uid: '1', scene: 0, token: '007', storage: 'main' });
    expect(acquire.input).toEqual({ channel: 'a', uid: '1', scene: 0 });
    expect(acquire.warnings.map(({ field }) => field)).toEqual([['token'], ['storage']]);
    const page = normalizeAcquire({ channel: 'a', uid: '1', scene: 1, token: '007' });
    expect(page.warnings).toMatchObject([{ code: 'NO_EFFECT', field: ['token'] }]);
    const layout = normalizeLayout({ mixedVideoLayout: 2, maxResolutionUid: '1', layoutConfig: [WINDOW] });
    expect(layout.input).toEqual({ mixedVideoLayout: 2, maxResolutionUid: '1' });
    expect(layout.warnings.map(({ field }) => field)).toEqual([['layoutConfig']]);
  });

  it('is not reported where it has an effect', () => {
    const given = start({
      token: '007',
      region: 'EU',
      config: {
        individual: { streamTypes: 0, streamMode: 'original', decryptionMode: 7, secret: 'x', salt: 'y' },
      },
    });
    expect(normalizeStart(given)).toEqual({ input: given, warnings: [] });
  });
});

describe('An empty value', () => {
  it('counts as absent: null, an empty list, and an empty optional text', () => {
    const { input, warnings } = normalizeStart(
      start({
        token: '',
        region: null,
        excludeResourceIds: [],
        config: {
          composite: {
            secret: '',
            salt: '',
            subscribeAudioUids: ['1'],
            unsubscribeAudioUids: [],
            avFileType: [],
            transcodingConfig: { maxResolutionUid: '', layoutConfig: [], backgroundImage: '' },
          },
        },
      }),
    );
    expect(input).toEqual(
      start({ config: { composite: { subscribeAudioUids: ['1'], transcodingConfig: {} } } }),
    );
    expect(warnings).toEqual([]);
  });

  it('stays where the value is required, so that it is refused', () => {
    const { input } = normalizeStart(start({ channel: '', uid: '' }));
    expect(validateStart(input).map(({ field }) => field)).toEqual([['channel'], ['uid']]);
  });

  it('stays where the objects of one list require it, although those of another do not', () => {
    const lists = { layoutConfig: [{ uid: '', x: 0 }], backgroundConfig: [{ uid: '', imageUrl: '' }] };
    expect(withoutEmptyValues(lists)).toEqual({ ...lists, layoutConfig: [{ x: 0 }] });
  });

  it('leaves dates and values like false and 0 as they are', () => {
    const date = new Date(0);
    expect(withoutEmptyValues({ date, mobile: false, readyTimeout: 0, none: undefined })).toEqual({
      date,
      mobile: false,
      readyTimeout: 0,
    });
  });
});
