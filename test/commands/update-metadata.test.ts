import { expect, it } from 'vitest';
import { createUpdateMetadata } from '../../src/commands/update-metadata.js';
import { createKeyedQueue } from '../../src/coordination/keyed-queue.js';
import { recordingOf } from '../../src/recordings/view/recording.js';
import { T0 } from '../recordings/observations.js';
import { logOf, newStore, openAttempt, recordAll } from '../store/support.js';
import { started } from '../recordings/observations.js';

/** A recording, and the command with a stalled clock. */
async function opened() {
  const store = await newStore();
  await openAttempt(store, 'recording');
  await recordAll(store, [started()]);
  let minted = 0;
  const queue = createKeyedQueue();
  const guard = { beforeSending: () => Promise.reject(new Error('Nothing is sent to Agora.')) };
  const update = createUpdateMetadata(
    {
      store,
      clock: { now: () => T0 + 60_000, realDuration: (ms) => ms },
      mintId: () => `change-${(minted += 1)}`,
    },
    { exclusively: (id, work) => queue.run(id, () => work(guard)) },
  );
  const set = (metadata: { key: string; value?: string | null }[], by: string | null = null) =>
    update({ recordingId: 'recording', metadata }, by);
  const read = async () => {
    const [state] = await store.states(['recording']);
    if (state == null) throw new Error('The recording is gone.');
    return recordingOf(state);
  };
  return { store, update, set, read };
}

it('Entries are set and removed one by one, and the others stay', async () => {
  const { set, read } = await opened();
  await set([
    { key: 'title', value: 'Algebra' },
    { key: 'tenant', value: 'acme' },
  ]);
  await set([{ key: 'title', value: 'Geometry' }]);
  await set([{ key: 'tenant', value: null }, { key: 'room', value: '7' }, { key: 'unknown' }]);
  expect((await read()).metadata).toEqual([
    { key: 'room', value: '7' },
    { key: 'title', value: 'Geometry' },
  ]);
});

it('Changes that are made at the same time are all kept, although the clock stalls', async () => {
  const { set, read } = await opened();
  const keys = Array.from({ length: 10 }, (_, index) => `key-${index}`);
  await Promise.all(keys.map((key) => set([{ key, value: 'text' }])));
  expect((await read()).metadata.map(({ key }) => key)).toEqual(keys);
});

it('A change is an event with the name of the caller, and leaves the freshness of the recording as it is', async () => {
  const { store, set, read } = await opened();
  const before = await read();
  await set([{ key: 'title', value: 'Algebra' }], 'teacher');
  const after = await read();
  expect(after).toMatchObject({ version: before.version + 1, changedAt: T0 + 60_000 });
  expect(after.observedAt).toBe(before.observedAt);
  expect(after.observedBy).toBe(before.observedBy);
  const log = await logOf(store, 'recording');
  expect(log.at(-1)).toMatchObject({ type: 'METADATA', observation: { content: { by: 'teacher' } } });
});

it('A change to what is there already makes no event', async () => {
  const { store, set } = await opened();
  await set([{ key: 'title', value: 'Algebra' }]);
  const entries = (await logOf(store, 'recording')).length;
  expect(await set([{ key: 'title', value: 'Algebra' }])).toEqual({
    recordingId: 'recording',
    userErrors: [],
  });
  expect(await logOf(store, 'recording')).toHaveLength(entries);
});

it.each([
  ['a key with a space', [{ key: 'a b', value: 'x' }], ['metadata', '0', 'key']],
  ['a key of 65 characters', [{ key: 'a'.repeat(65), value: 'x' }], ['metadata', '0', 'key']],
  ['an empty value', [{ key: 'a', value: '' }], ['metadata', '0', 'value']],
  ['a value of 257 characters', [{ key: 'a', value: 'x'.repeat(257) }], ['metadata', '0', 'value']],
  [
    'a key that is given twice',
    [
      { key: 'a', value: 'x' },
      { key: 'a', value: 'y' },
    ],
    ['metadata', '1', 'key'],
  ],
  ['a line break', [{ key: 'a', value: 'x\ny' }], ['metadata', 'value']],
])('%s is refused with its path, and nothing is recorded', async (_what, metadata, field) => {
  const { set, read } = await opened();
  const { userErrors } = await set(metadata);
  expect(userErrors).toMatchObject([{ code: 'INVALID_PARAMETER', field }]);
  expect((await read()).metadata).toEqual([]);
});

it('A recording holds 20 entries, and a change that would make more is refused as a whole', async () => {
  const { set, read } = await opened();
  const entries = Array.from({ length: 20 }, (_, index) => ({ key: `key-${index}`, value: 'x' }));
  expect((await set(entries)).userErrors).toEqual([]);
  const { userErrors } = await set([{ key: 'one-more', value: 'x' }]);
  expect(userErrors).toMatchObject([{ message: 'metadata takes at most 20 entries.', field: ['metadata'] }]);
  expect((await read()).metadata).toHaveLength(20);
  const instead = [{ key: 'key-0' }, { key: 'one-more', value: 'x' }];
  expect((await set(instead)).userErrors).toEqual([]);
});

it('An unknown recording is the user error RECORDING_NOT_FOUND', async () => {
  const { update } = await opened();
  const { userErrors } = await update({ recordingId: 'another', metadata: [] }, null);
  expect(userErrors).toMatchObject([{ code: 'RECORDING_NOT_FOUND', field: ['recordingId'] }]);
});
