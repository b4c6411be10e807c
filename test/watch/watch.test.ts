import { describe, expect, it } from 'vitest';
import {
  CONFIRMATION_DELAYS_MS,
  HEARTBEAT_MS,
  START_CONFIRMATION_TIMEOUT_MS,
} from '../../src/recordings/policy/next-step.js';
import { cleanUpAfterEach } from '../support/clean-ups.js';
import { type CommandsUnderTest, commandsUnderTest, START, startOne } from '../support/commands.js';
import { NOT_FOUND, type ScriptedReply } from '../support/agora/scripted-agora.js';
import { waitFor } from '../support/wait-for.js';

const cleanUps = cleanUpAfterEach();

const SECOND = 1_000;

/** A query's reply that proves that the recording runs. */
async function prove(test: CommandsUnderTest, recordingId: string): Promise<void> {
  await test.commands.refreshRecording(recordingId);
  expect((await test.phase(recordingId)).phase).toBe('RECORDING');
}

const many = (reply: ScriptedReply) => Array.from({ length: 100 }, () => reply);

describe('The watch', () => {
  it('queries a start that Agora accepted after five seconds, and not before', async () => {
    const test = await commandsUnderTest(cleanUps);
    await startOne(test);
    test.watch();
    test.advance((CONFIRMATION_DELAYS_MS[0] ?? 0) - 1);
    // The watch looks at least four times a second.
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(test.agora.count('query')).toBe(0);
    test.advance(1);
    await waitFor(() => test.agora.count('query') === 1);
  });

  it('queries a running recording every two minutes', async () => {
    const test = await commandsUnderTest(cleanUps);
    const id = await startOne(test);
    test.advance(60 * SECOND);
    await prove(test, id);
    test.watch();
    for (let round = 2; round <= 4; round += 1) {
      test.advance(HEARTBEAT_MS);
      await waitFor(() => test.agora.count('query') === round);
    }
  });

  it('infers that a running recording is lost when Agora has not found it for the time of a fail-over', async () => {
    const test = await commandsUnderTest(cleanUps);
    const id = await startOne(test);
    test.advance(60 * SECOND);
    await prove(test, id);
    test.agora.answer('query', ...many(NOT_FOUND));
    test.watch();
    test.advance(HEARTBEAT_MS);
    await waitFor(() => test.agora.count('query') === 2);
    expect((await test.phase(id)).phase).toBe('RECORDING');
    await waitFor(async () => {
      test.advance(5 * SECOND);
      return (await test.phase(id)).endedAt !== null;
    });
    expect(await test.phase(id)).toMatchObject({ inferred: true });
  });

  it('sends a start that stayed unconfirmed for 90 s once more, with a new resource', async () => {
    const test = await commandsUnderTest(cleanUps);
    test.agora.answer('start', 'lost', 'lost', 'lost');
    const { recordingId } = await test.start(START);
    await waitFor(() => test.agora.count('start') === 3);
    test.watch();
    test.advance(START_CONFIRMATION_TIMEOUT_MS);
    await waitFor(
      async () =>
        (await test.phase(recordingId ?? '')).phase === 'STARTING' && test.agora.count('start') === 4,
    );
    expect(test.agora.calls.at(-1)?.resourceId).toBe('resource-2');
  });

  it('does not query a recording whose stop Agora has taken', async () => {
    const test = await commandsUnderTest(cleanUps);
    const id = await startOne(test);
    await test.commands.stopRecording({ recordingId: id, waitSeconds: 25 });
    test.watch();
    test.advance(10 * HEARTBEAT_MS);
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(test.agora.count('query')).toBe(0);
  });

  it('asks again 15 s after a query that Agora did not answer', async () => {
    const test = await commandsUnderTest(cleanUps);
    const id = await startOne(test);
    test.advance(60 * SECOND);
    await prove(test, id);
    test.agora.answer('query', { status: 500, body: { code: 500 } });
    test.watch();
    test.advance(HEARTBEAT_MS);
    await waitFor(() => test.agora.count('query') === 2);
    await waitFor(() => {
      test.advance(SECOND);
      return test.agora.count('query') === 3;
    });
    // It is known to have been made, though nothing was learned from it.
    const { queries } = await test.store.unansweredQueries(id);
    expect(queries).toMatchObject([
      { reason: 'HEARTBEAT', httpStatus: 500, agoraCode: 500, answeredAt: expect.any(Number) as unknown },
    ]);
  });
});
