import { describe, expect, it, vi } from 'vitest';
import { cleanUpAfterEach } from '../support/clean-ups.js';
import { commandsUnderTest, START, startOne } from '../support/commands.js';
import { refusal, SID } from '../support/agora/scripted-agora.js';
import { waitFor } from '../support/wait-for.js';

const cleanUps = cleanUpAfterEach();

/** Agora takes a moment to free the channel and uid of a recording that has ended. */
const CONFLICT = refusal(400, 53);
const NO_WORKER = refusal(500, 502);
const HASH_MISMATCH = refusal(400, 2, 'request_hash mismatch!');

describe('A start', () => {
  it('acquires a resource, starts with it, and answers the recording without errors', async () => {
    const test = await commandsUnderTest(cleanUps);
    const { recordingId, userErrors } = await test.start(START);
    expect(userErrors).toEqual([]);
    expect(test.agora.calls.map(({ operation, resourceId }) => [operation, resourceId])).toEqual([
      ['acquire', null],
      ['start', 'resource-1'],
    ]);
    const [state] = await test.store.states([recordingId ?? '']);
    expect(state).toMatchObject({ sid: { value: SID }, channel: 'lesson', uid: '1' });
  });

  it('is stored before Agora receives it', async () => {
    const test = await commandsUnderTest(cleanUps);
    let stored: string[] = [];
    test.agora.onCall('start', async () => {
      stored = (await test.store.attempts.unsettled(0, 10)).map((attempt) => attempt.recordingId);
    });
    const recordingId = await startOne(test);
    expect(stored).toEqual([recordingId]);
  });

  it('that Agora refuses leaves no recording', async () => {
    const test = await commandsUnderTest(cleanUps);
    test.agora.answer('start', refusal(400, 2, 'body check failed'));
    const { recordingId, userErrors } = await test.start(START);
    expect(recordingId).toBeNull();
    expect(userErrors.map(({ code }) => code)).toEqual(['AGORA_PARAMETER_INVALID']);
    expect(await test.recordings()).toEqual([]);
  });

  it('whose acquire is refused is not sent', async () => {
    const test = await commandsUnderTest(cleanUps);
    test.agora.answer('acquire', refusal(400, 400));
    const { userErrors } = await test.start(START);
    expect(userErrors.map(({ code }) => code)).toEqual(['APP_ID_INVALID']);
    expect(test.agora.count('start')).toBe(0);
  });

  it('that no worker takes is tried once more with a new resource', async () => {
    const test = await commandsUnderTest(cleanUps);
    test.agora.answer('start', NO_WORKER);
    await startOne(test);
    const resources = test.agora.calls
      .filter(({ operation }) => operation === 'start')
      .map(({ resourceId }) => resourceId);
    expect(resources).toEqual(['resource-1', 'resource-2']);
  });

  it('that no worker takes twice answers AGORA_UNAVAILABLE', async () => {
    const test = await commandsUnderTest(cleanUps);
    test.agora.answer('start', NO_WORKER, NO_WORKER);
    const { userErrors } = await test.start(START);
    expect(userErrors).toMatchObject([{ code: 'AGORA_UNAVAILABLE', retryable: true }]);
    expect(test.agora.count('start')).toBe(2);
  });

  it('that conflicts with a running recording names it, and is not repeated', async () => {
    const test = await commandsUnderTest(cleanUps);
    const running = await startOne(test);
    test.agora.answer('start', CONFLICT);
    const { userErrors } = await test.start(START);
    expect(userErrors).toMatchObject([{ code: 'TASK_CONFLICT', recordingId: running }]);
    expect(test.agora.count('start')).toBe(2);
  });

  it('that differs from what its resource was acquired for is sent again with a resource without startParameter', async () => {
    const test = await commandsUnderTest(cleanUps);
    test.agora.answer('start', HASH_MISMATCH);
    await startOne(test);
    const acquires = test.agora.calls.filter(({ operation }) => operation === 'acquire');
    expect(acquires.map(({ body }) => 'startParameter' in (body.clientRequest as object))).toEqual([
      true,
      false,
    ]);
  });
});

describe('A start whose reply is lost', () => {
  it('answers START_IN_DOUBT with its recording', async () => {
    const test = await commandsUnderTest(cleanUps);
    test.agora.answer('start', 'lost', 'lost', 'lost');
    const { recordingId, userErrors } = await test.start(START);
    expect(userErrors).toMatchObject([{ code: 'START_IN_DOUBT', retryable: true }]);
    expect(await test.recordings()).toEqual([recordingId]);
  });

  it('is sent again with the same resource until Agora answers, and never as a second task', async () => {
    const test = await commandsUnderTest(cleanUps);
    test.agora.answer('start', 'lost');
    const { recordingId } = await test.start(START);
    const state = await waitFor(async () => {
      const [found] = await test.store.states([recordingId ?? '']);
      return found?.sid?.value === SID ? found : null;
    });
    expect(state.id).toBe(recordingId);
    expect(test.agora.count('acquire')).toBe(1);
    const resources = test.agora.calls
      .filter(({ operation }) => operation === 'start')
      .map(({ resourceId }) => resourceId);
    expect(resources).toEqual(['resource-1', 'resource-1']);
  });
});

describe('A start that Agora took without naming its sid', () => {
  it('is sent no more: a recording that has ended meanwhile would get a second task', async () => {
    const test = await commandsUnderTest(cleanUps);
    test.agora.answer('start', 'lost', { status: 201, body: { code: 7, reason: 'already started' } });
    const { recordingId } = await test.start(START);
    const id = recordingId ?? '';
    await waitFor(async () => (await test.store.states([id]))[0]?.acceptedAt != null);
    await waitFor(async () => !(await test.commands.restart(id)));
    expect(test.agora.count('start')).toBe(2);
    expect(test.agora.count('acquire')).toBe(1);
    expect(await test.phase(id)).toMatchObject({ phase: 'STARTING' });
  });
});

describe('A start with an idempotencyKey', () => {
  it('is sent once for all that ask at the same time', async () => {
    const test = await commandsUnderTest(cleanUps);
    const input = { ...START, idempotencyKey: 'lesson-7' };
    const answers = await Promise.all([1, 2, 3].map(() => test.start(input)));
    expect(new Set(answers.map(({ recordingId }) => recordingId)).size).toBe(1);
    expect(test.agora.count('start')).toBe(1);
  });

  it('answers the same recording when it is repeated later', async () => {
    const test = await commandsUnderTest(cleanUps);
    const first = await startOne(test, { idempotencyKey: 'lesson-7' });
    const again = await startOne(test, { idempotencyKey: 'lesson-7' });
    expect(again).toBe(first);
    expect(test.agora.count('start')).toBe(1);
  });

  it('is refused when the key was used for other input', async () => {
    const test = await commandsUnderTest(cleanUps);
    await startOne(test, { idempotencyKey: 'lesson-7' });
    const other = await test.start({ ...START, uid: '2', idempotencyKey: 'lesson-7' });
    expect(other.userErrors).toMatchObject([{ code: 'IDEMPOTENCY_KEY_REUSED', field: ['idempotencyKey'] }]);
    expect(test.agora.count('start')).toBe(1);
  });

  it('that Agora refused frees its key', async () => {
    const test = await commandsUnderTest(cleanUps);
    test.agora.answer('start', refusal(400, 2, 'body check failed'));
    const refused = await test.start({ ...START, idempotencyKey: 'lesson-7' });
    expect(refused.recordingId).toBeNull();
    await startOne(test, { uid: '2', idempotencyKey: 'lesson-7' });
  });
});

describe("A start with the caller's own resource", () => {
  it('acquires none', async () => {
    const test = await commandsUnderTest(cleanUps);
    await startOne(test, { resourceId: 'mine' });
    expect(test.agora.calls.map(({ operation, resourceId }) => [operation, resourceId])).toEqual([
      ['start', 'mine'],
    ]);
  });

  it('is not sent with another one when no worker takes it', async () => {
    const test = await commandsUnderTest(cleanUps);
    test.agora.answer('start', NO_WORKER);
    const { userErrors } = await test.start({ ...START, resourceId: 'mine' });
    expect(userErrors.map(({ code }) => code)).toEqual(['AGORA_UNAVAILABLE']);
    expect(test.agora.calls).toHaveLength(1);
  });

  it('answers RESOURCE_ALREADY_STARTED with the recording that used it before', async () => {
    const test = await commandsUnderTest(cleanUps);
    const first = await startOne(test, { resourceId: 'mine' });
    const { recordingId, userErrors } = await test.start({ ...START, resourceId: 'mine' });
    expect(recordingId).toBe(first);
    expect(userErrors).toMatchObject([{ code: 'RESOURCE_ALREADY_STARTED', recordingId: first }]);
    expect(test.agora.count('start')).toBe(1);
  });

  it('reads what the store knows of its resource once', async () => {
    const test = await commandsUnderTest(cleanUps);
    const { resource } = await test.commands.acquireResource(START);
    const find = vi.spyOn(test.store.acquired, 'find');
    await startOne(test, { resourceId: resource?.resourceId ?? '' });
    expect(find).toHaveBeenCalledTimes(1);
  });

  it('that differs from what it was acquired for is refused before Agora is asked', async () => {
    const test = await commandsUnderTest(cleanUps);
    const { resource } = await test.commands.acquireResource({ channel: 'lesson', uid: '1', scene: 0 });
    const { userErrors } = await test.start({
      ...START,
      uid: '2',
      resourceId: resource?.resourceId ?? null,
    });
    expect(userErrors.map(({ code }) => code)).toEqual(['RESOURCE_MISMATCH']);
    expect(test.agora.count('start')).toBe(0);
  });
});
