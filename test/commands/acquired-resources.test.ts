import { expect, it } from 'vitest';
import { RESOURCE_VALID_MS } from '@agora-recording-gateway/agora/tables/operations';
import { type Store } from '../../src/store/store.js';
import { onBothDatabases } from '../store/support.js';
import { type UserError } from '../../src/commands/user-errors.js';
import { AcquiredResources, type ResourcePurpose } from '../../src/commands/start/acquired-resources.js';

const purpose = (recordingConfig: object, more: object = {}) => ({
  ...{ appId: 'app', channel: 'lesson', uid: '7', scene: 0 },
  startParameters: { recordingConfig } as never,
  input: { channel: 'lesson', uid: '7', config: { composite: recordingConfig } },
  ...more,
});

/** The user error for a start that differs; null if it does not, or if nothing is known of the resource. */
async function mismatch(
  resources: AcquiredResources,
  resourceId: string,
  asked: ResourcePurpose,
): Promise<UserError | null> {
  return (await resources.find(resourceId))?.mismatch(asked) ?? null;
}

async function opened(newStore: () => Promise<Store>) {
  const time = { now: 1_000 };
  const clock = { now: () => time.now, realDuration: (ms: number) => ms };
  const store = await newStore();
  return { time, store, resources: new AcquiredResources(clock, store) };
}

onBothDatabases(({ newDatabase, newStore }) => {
  it('A start is accepted if it is what its resource was acquired for', async () => {
    const { resources } = await opened(newStore);
    await resources.add('r', purpose({ maxIdleTime: 60 }), 1_000, null);
    expect(await mismatch(resources, 'r', purpose({ maxIdleTime: 60 }))).toBeNull();
  });

  it.each([
    ['another value', purpose({ maxIdleTime: 61 }), 'config.composite.maxIdleTime'],
    ['a value that was left out', purpose({}), 'config.composite.maxIdleTime'],
    ['a value more', purpose({ maxIdleTime: 60, streamTypes: 2 }), 'config.composite.streamTypes'],
    ['another channel', purpose({ maxIdleTime: 60 }, { channel: 'Lesson' }), 'channel'],
    ['another uid', purpose({ maxIdleTime: 60 }, { uid: '8' }), 'uid'],
    ['another App ID', purpose({ maxIdleTime: 60 }, { appId: 'other' }), 'appId'],
    ['another scene', purpose({ maxIdleTime: 60 }, { scene: 1 }), 'config'],
  ])('A start is refused for %s, and the error names the field', async (_what, start, field) => {
    const { resources } = await opened(newStore);
    await resources.add('r', purpose({ maxIdleTime: 60 }), 1_000, null);
    const error = await mismatch(resources, 'r', start);
    expect(error).toMatchObject({ code: 'RESOURCE_MISMATCH', field: field.split('.'), retryable: false });
    expect(error?.message).toContain(
      field.split('.').at(-1) === 'config' ? 'scene' : field.split('.').at(-1),
    );
  });

  it.each([
    [{ region: 'EU', resourceExpiredHours: 2 }, { region: 'AP' }, 'region', 'with region EU'],
    [{}, { region: 'AP' }, 'region', 'without region'],
    [{ resourceExpiredHours: 2 }, { resourceExpiredHours: 3 }, 'resourceExpiredHours', 'Hours 2'],
    [{}, { resourceExpiredHours: 3 }, 'resourceExpiredHours', 'Hours 72'],
  ])('A resource that was acquired with %j is not started with %j', async (reserved, asked, field, says) => {
    const { resources } = await opened(newStore);
    const withInput = (more: object) => purpose({}, { input: { channel: 'lesson', uid: '7', ...more } });
    await resources.add('r', withInput(reserved), 1_000, null);
    const error = await mismatch(resources, 'r', withInput(asked));
    expect(error).toMatchObject({ code: 'RESOURCE_MISMATCH', field: [field] });
    expect(error?.message).toContain(says);
    const { resourceExpiredHours = 72 } = reserved as { resourceExpiredHours?: number };
    for (const same of [reserved, {}]) {
      expect(await mismatch(resources, 'r', withInput(same))).toBeNull();
      expect(await resources.find('r')).toMatchObject({ resourceExpiredHours });
    }
  });

  it('A start is compared only in what acquire sent', async () => {
    const { resources } = await opened(newStore);
    await resources.add('r', { ...purpose({}), startParameters: null }, 1_000, null);
    expect(await mismatch(resources, 'r', purpose({ maxIdleTime: 5 }))).toBeNull();
    expect(await mismatch(resources, 'r', purpose({}, { uid: '8' }))).not.toBeNull();
  });

  it('A start is left to Agora once the resource has expired, or if none of its gateways acquired it', async () => {
    const { resources, time } = await opened(newStore);
    await resources.add('r', purpose({}), 1_000, null);
    expect(await mismatch(resources, 'unknown', purpose({ maxIdleTime: 5 }))).toBeNull();
    time.now += RESOURCE_VALID_MS;
    expect(await mismatch(resources, 'r', purpose({ maxIdleTime: 5 }))).toBeNull();
  });

  it('A start on another gateway of the store is refused all the same', async () => {
    const database = await newDatabase();
    const clock = { now: () => 1_000, realDuration: (ms: number) => ms };
    const first = await database.open();
    await new AcquiredResources(clock, first).add('r', purpose({ maxIdleTime: 60 }), 1_000, null);
    // SQLite has one gateway at a time: the second one is the first after a restart.
    if (database.kind === 'SQLite') await first.close();
    const second = new AcquiredResources(clock, await database.open());
    expect(await mismatch(second, 'r', purpose({ maxIdleTime: 60 }))).toBeNull();
    expect(await mismatch(second, 'r', purpose({ maxIdleTime: 61 }))).toMatchObject({
      field: ['config', 'composite', 'maxIdleTime'],
    });
  });

  it('No value is stored or shown, and what can no longer be started is forgotten', async () => {
    const { resources, store } = await opened(newStore);
    await resources.add('r', purpose({ secret: 'canary-1' }), 1_000, null);
    const error = await mismatch(resources, 'r', purpose({ secret: 'canary-2' }));
    expect(error).not.toBeNull();
    expect(JSON.stringify([error, await store.acquired.find('r')])).not.toContain('canary');
    await resources.add('later', purpose({}), 1_000 + RESOURCE_VALID_MS - 1, null);
    expect(await store.acquired.find('r')).not.toBeNull();
    await resources.add('latest', purpose({}), 1_000 + RESOURCE_VALID_MS, null);
    expect(await store.acquired.find('r')).toBeNull();
    expect(await store.acquired.find('later')).not.toBeNull();
  });

  it.each([
    [
      'an earlier release wrote',
      JSON.stringify({ leaves: [['channel', 'hash']], inputLeaves: [], hasParameters: false }),
      true,
    ],
    ['a later release wrote', JSON.stringify({ formVersion: 2, leaves: [['channel', 'hash']] }), false],
    ['are not JSON', 'a-secret', false],
    ['lack something', JSON.stringify({ formVersion: 1, leaves: [['channel', 'a-secret']] }), false],
  ])('A start is compared with facts that %s, if they can be read', async (_what, facts, isRead) => {
    const problems: string[] = [];
    const database = await newDatabase();
    const store = await database.open({ onUnreadable: (problem) => problems.push(problem) });
    const clock = { now: () => 1_000, realDuration: (ms: number) => ms };
    await store.acquired.keep('r', { facts, acquiredAt: 1_000 }, RESOURCE_VALID_MS);
    const resources = new AcquiredResources(clock, store);
    const error = await mismatch(resources, 'r', purpose({}));
    expect(error?.code ?? null).toBe(isRead ? 'RESOURCE_MISMATCH' : null);
    expect(problems).toHaveLength(isRead ? 0 : 1);
    for (const problem of problems) {
      expect(problem).toMatch(/column facts of table acquired_resources, key [0-9a-f]{64}:/);
      expect(problem).not.toContain('a-secret');
    }
  });
});
