import { describe, expect, it } from 'vitest';
import { cleanUpAfterEach } from '../support/clean-ups.js';
import { commandsUnderTest, startOne } from '../support/commands.js';
import { NOT_FOUND, refusal } from '../support/agora/scripted-agora.js';
import { waitFor } from '../support/wait-for.js';

const cleanUps = cleanUpAfterEach();

const REFUSED = refusal(400, 2);

/** Stops a recording, and waits for the end of the stop. */
const stopOf = (recordingId: string) => ({ recordingId, waitSeconds: 25 });

describe('A stop', () => {
  it('is sent to the resource and the sid of the recording, with its channel and uid', async () => {
    const test = await commandsUnderTest(cleanUps);
    const id = await startOne(test);
    const { recordingId, userErrors } = await test.commands.stopRecording(stopOf(id));
    expect({ recordingId, userErrors }).toEqual({ recordingId: id, userErrors: [] });
    expect(test.agora.calls.at(-1)).toEqual({
      operation: 'stop',
      resourceId: 'resource-1',
      body: { cname: 'lesson', uid: '1', clientRequest: { async_stop: false } },
    });
  });

  it('is sent once for all that ask at the same time', async () => {
    const test = await commandsUnderTest(cleanUps);
    const id = await startOne(test);
    await Promise.all([1, 2, 3].map(() => test.commands.stopRecording(stopOf(id))));
    expect(test.agora.count('stop')).toBe(1);
  });

  it('of a recording that has ended is not sent', async () => {
    const test = await commandsUnderTest(cleanUps);
    const id = await startOne(test);
    await test.commands.stopRecording(stopOf(id));
    const { userErrors } = await test.commands.stopRecording(stopOf(id));
    expect(userErrors.map(({ code }) => code)).toEqual(['RECORDING_ENDED']);
    expect(test.agora.count('stop')).toBe(1);
  });

  it('that finds no recording is not repeated once Agora answers no more calls for it', async () => {
    const test = await commandsUnderTest(cleanUps);
    const id = await startOne(test, { resourceExpiredHours: 1 });
    test.advance(3_601_000);
    test.agora.answer('stop', NOT_FOUND);
    const { userErrors } = await test.commands.stopRecording(stopOf(id));
    expect(userErrors).toMatchObject([
      { code: 'RECORDING_NOT_FOUND', message: expect.stringContaining('resourceExpiredHours') as unknown },
    ]);
    expect(test.agora.count('stop')).toBe(1);
  });

  it('of an unknown recording answers RECORDING_NOT_FOUND', async () => {
    const test = await commandsUnderTest(cleanUps);
    const { recordingId, userErrors } = await test.commands.stopRecording(stopOf('none'));
    expect(recordingId).toBeNull();
    expect(userErrors.map(({ code }) => code)).toEqual(['RECORDING_NOT_FOUND']);
  });

  it.each([-1, 26, Number.NaN])('that is to wait %d seconds is refused', async (waitSeconds) => {
    const test = await commandsUnderTest(cleanUps);
    const id = await startOne(test);
    const { userErrors } = await test.commands.stopRecording({ recordingId: id, waitSeconds });
    expect(userErrors).toMatchObject([{ code: 'INVALID_PARAMETER', field: ['waitSeconds'] }]);
    expect(test.agora.count('stop')).toBe(0);
  });

  it('that Agora refuses is not sent again', async () => {
    const test = await commandsUnderTest(cleanUps);
    const id = await startOne(test);
    test.agora.answer('stop', REFUSED);
    const { userErrors } = await test.commands.stopRecording(stopOf(id));
    expect(userErrors.map(({ code }) => code)).toEqual(['AGORA_PARAMETER_INVALID']);
    expect(test.agora.count('stop')).toBe(1);
  });

  it('without a reply is sent three times, and then answers STOP_IN_DOUBT', async () => {
    const test = await commandsUnderTest(cleanUps);
    const id = await startOne(test);
    test.agora.answer('stop', 'lost', 'lost', 'lost');
    const { userErrors } = await test.commands.stopRecording(stopOf(id));
    expect(userErrors).toMatchObject([{ code: 'STOP_IN_DOUBT', retryable: true }]);
    expect(test.agora.count('stop')).toBe(3);
  });

  it('whose first reply is lost succeeds by the second', async () => {
    const test = await commandsUnderTest(cleanUps);
    const id = await startOne(test);
    test.agora.answer('stop', 'lost');
    const { userErrors } = await test.commands.stopRecording(stopOf(id));
    expect(userErrors).toEqual([]);
    expect(test.agora.count('stop')).toBe(2);
  });

  it('that finds no recording is repeated for as long as a fail-over takes: eight times in 90 s', async () => {
    const test = await commandsUnderTest(cleanUps);
    const id = await startOne(test);
    test.agora.answer('stop', ...Array.from({ length: 20 }, () => NOT_FOUND));
    const { userErrors } = await test.commands.stopRecording(stopOf(id));
    expect(userErrors.map(({ code }) => code)).toEqual(['RECORDING_NOT_FOUND']);
    expect(test.agora.count('stop')).toBe(8);
  });

  it('that finds the recording after a fail-over succeeds', async () => {
    const test = await commandsUnderTest(cleanUps);
    const id = await startOne(test);
    test.agora.answer('stop', NOT_FOUND, NOT_FOUND);
    const { userErrors } = await test.commands.stopRecording(stopOf(id));
    expect(userErrors).toEqual([]);
    expect(test.agora.count('stop')).toBe(3);
  });

  it('keeps running when its caller waits no longer', async () => {
    const test = await commandsUnderTest(cleanUps);
    const id = await startOne(test);
    test.agora.answer('stop', NOT_FOUND);
    const { userErrors } = await test.commands.stopRecording({ recordingId: id, waitSeconds: 0 });
    expect(userErrors).toEqual([]);
    await waitFor(() => test.agora.count('stop') === 2);
  });
});

describe('Once Agora has taken a stop', () => {
  it('the recording is queried no more', async () => {
    const test = await commandsUnderTest(cleanUps);
    const id = await startOne(test);
    await test.commands.stopRecording(stopOf(id));
    const { userErrors } = await test.commands.refreshRecording(id);
    expect(userErrors).toEqual([]);
    expect(test.agora.count('query')).toBe(0);
  });
});
