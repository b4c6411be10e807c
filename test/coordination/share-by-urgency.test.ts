import { describe, expect, it } from 'vitest';
import { type Priority, urgencyOf } from '../../src/agora-calls/permit-queue.js';
import { NotSentError } from '../../src/coordination/not-sent-error.js';
import { type SharedCall, shareByUrgency } from '../../src/coordination/share-by-urgency.js';

interface Asked {
  priority: Priority;
  shared: SharedCall;
  answer(outcome: string): void;
  fail(error: Error): void;
}

/** Calls that wait until the test lets them go. */
function sharing() {
  const asked: Asked[] = [];
  const share = shareByUrgency<{ priority: Priority }, string>(
    (_key, { priority }, shared) =>
      new Promise((resolve, reject) => {
        shared.signal.addEventListener('abort', () => reject(new Error('superseded')));
        asked.push({ priority, shared, answer: resolve, fail: reject });
      }),
    ({ priority }) => urgencyOf(priority),
  );
  return { asked, ask: (key: string, priority: Priority) => share(key, { priority }) };
}

describe('Callers that query the same recording at the same time', () => {
  it('share one call, and each gets its answer', async () => {
    const { asked, ask } = sharing();
    const all = Array.from({ length: 100 }, () => ask('r1', 'refresh'));
    expect(asked).toHaveLength(1);
    asked[0]!.shared.claim();
    all.push(ask('r1', 'refresh'), ask('r1', 'stop'));
    asked[0]!.answer('fresh');
    expect(new Set(await Promise.all(all))).toEqual(new Set(['fresh']));
    expect(asked).toHaveLength(1);
  });

  it('make a new call after it was answered, and a separate one for another recording', async () => {
    const { asked, ask } = sharing();
    const first = ask('r1', 'refresh');
    void ask('r2', 'refresh');
    expect(asked).toHaveLength(2);
    asked[0]!.answer('first');
    expect(await first).toBe('first');
    void ask('r1', 'refresh');
    expect(asked).toHaveLength(3);
  });

  it('wait as long as the most urgent of them: the first that may be sent makes the call', async () => {
    const { asked, ask } = sharing();
    const patient = ask('r1', 'heartbeat');
    const urgent = ask('r1', 'refresh');
    expect(asked.map(({ priority }) => priority)).toEqual(['heartbeat', 'refresh']);
    asked[1]!.shared.claim();
    expect(asked[0]!.shared.signal.aborted).toBe(true);
    expect(() => asked[0]!.shared.claim()).toThrow('aborted');
    asked[1]!.answer('fresh');
    expect(await Promise.all([patient, urgent])).toEqual(['fresh', 'fresh']);
  });

  it('get the answer of the one that still waits when another has failed', async () => {
    const { asked, ask } = sharing();
    const patient = ask('r1', 'heartbeat');
    const urgent = ask('r1', 'refresh');
    asked[1]!.fail(new NotSentError('budget'));
    await new Promise((resolve) => setImmediate(resolve));
    asked[0]!.shared.claim();
    asked[0]!.answer('fresh');
    expect(await Promise.all([patient, urgent])).toEqual(['fresh', 'fresh']);
  });

  it('all get the last failure when none is left', async () => {
    const { asked, ask } = sharing();
    const both = [ask('r1', 'heartbeat'), ask('r1', 'heartbeat')];
    asked[0]!.fail(new NotSentError('budget'));
    for (const one of both) await expect(one).rejects.toMatchObject({ reason: 'budget' });
    void ask('r1', 'heartbeat');
    expect(asked).toHaveLength(2);
  });
});
