import { describe, expect, it } from 'vitest';
import { RESOURCE_VALID_MS } from '@agora-recording-gateway/agora/tables/operations';
import { AcquiredResources, MAX_ACQUIRED_RESOURCES } from '../../src/commands/start/acquired-resources.js';

const KEY = 'key of the store';

const purpose = (recordingConfig: object, more: object = {}) => ({
  ...{ appId: 'app', channel: 'lesson', uid: '7', scene: 0 },
  startParameters: { recordingConfig } as never,
  input: { channel: 'lesson', uid: '7', config: { composite: recordingConfig } },
  ...more,
});

function opened() {
  const time = { now: 1_000 };
  const clock = { now: () => time.now, realDuration: (ms: number) => ms };
  return { time, resources: new AcquiredResources(clock, KEY) };
}

describe('A start with a resource that this gateway acquired', () => {
  it('is accepted if it is the same', () => {
    const { resources } = opened();
    resources.add('r', purpose({ maxIdleTime: 60 }), 1_000);
    expect(resources.mismatch('r', purpose({ maxIdleTime: 60 }))).toBeNull();
  });

  it.each([
    ['another value', purpose({ maxIdleTime: 61 }), 'config.composite.maxIdleTime'],
    ['a value that was left out', purpose({}), 'config.composite.maxIdleTime'],
    ['a value more', purpose({ maxIdleTime: 60, streamTypes: 2 }), 'config.composite.streamTypes'],
    ['another channel', purpose({ maxIdleTime: 60 }, { channel: 'Lesson' }), 'channel'],
    ['another uid', purpose({ maxIdleTime: 60 }, { uid: '8' }), 'uid'],
    ['another App ID', purpose({ maxIdleTime: 60 }, { appId: 'other' }), 'appId'],
    ['another scene', purpose({ maxIdleTime: 60 }, { scene: 1 }), 'config'],
  ])('is refused for %s, and the error names the field', (_what, start, field) => {
    const { resources } = opened();
    resources.add('r', purpose({ maxIdleTime: 60 }), 1_000);
    const error = resources.mismatch('r', start);
    expect(error).toMatchObject({ code: 'RESOURCE_MISMATCH', field: field.split('.'), retryable: false });
    expect(error?.message).toContain(
      field.split('.').at(-1) === 'config' ? 'scene' : field.split('.').at(-1),
    );
  });

  it('is compared only in what acquire sent', () => {
    const { resources } = opened();
    resources.add('r', { ...purpose({}), startParameters: null }, 1_000);
    expect(resources.mismatch('r', purpose({ maxIdleTime: 5 }))).toBeNull();
    expect(resources.mismatch('r', purpose({}, { uid: '8' }))).not.toBeNull();
  });

  it('is left to Agora once the resource has expired, or if another gateway acquired it', () => {
    const { resources, time } = opened();
    resources.add('r', purpose({}), 1_000);
    expect(resources.mismatch('unknown', purpose({ maxIdleTime: 5 }))).toBeNull();
    time.now += RESOURCE_VALID_MS;
    expect(resources.mismatch('r', purpose({ maxIdleTime: 5 }))).toBeNull();
  });

  it('never shows a value, and at most so many resources are remembered', () => {
    const { resources } = opened();
    resources.add('r', purpose({ secret: 'canary-1' }), 1_000);
    const error = resources.mismatch('r', purpose({ secret: 'canary-2' }));
    expect(JSON.stringify(error)).not.toContain('canary');
    for (let index = 0; index <= MAX_ACQUIRED_RESOURCES; index += 1) {
      resources.add(`r${index}`, purpose({}), 1_000);
    }
    expect(resources.size).toBe(MAX_ACQUIRED_RESOURCES);
  });
});
