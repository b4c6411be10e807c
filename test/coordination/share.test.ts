import { describe, expect, it } from 'vitest';
import { NoTurnError, type Priority } from '../../src/agora-calls/budget.js';
import { shareByUrgency, type SharedTurn } from '../../src/coordination/share.js';

interface Asked {
  priority: Priority;
  turn: SharedTurn;
  answer(outcome: string): void;
  fail(error: Error): void;
}

/** Calls that wait for a turn until the test gives them one. */
function sharing() {
  const asked: Asked[] = [];
  const share = shareByUrgency<{ priority: Priority }, string>(
    (_key, { priority }, turn) =>
      new Promise((resolve, reject) => {
        turn.signal.addEventListener('abort', () => reject(new NoTurnError()));
        asked.push({ priority, turn, answer: resolve, fail: reject });
      }),
  );
  return { asked, ask: (key: string, priority: Priority) => share(key, { priority }) };
}

describe('those who want one recording fresh at once', () => {
  it('share one call, and each has its answer', async () => {
    const { asked, ask } = sharing();
    const all = Array.from({ length: 100 }, () => ask('r1', 'refresh'));
    expect(asked).toHaveLength(1);
    asked[0]!.turn.come();
    all.push(ask('r1', 'refresh'), ask('r1', 'stop'));
    asked[0]!.answer('fresh');
    expect(new Set(await Promise.all(all))).toEqual(new Set(['fresh']));
    expect(asked).toHaveLength(1);
  });

  it('ask anew after that, and not together with those of another recording', async () => {
    const { asked, ask } = sharing();
    const first = ask('r1', 'refresh');
    void ask('r2', 'refresh');
    expect(asked).toHaveLength(2);
    asked[0]!.answer('first');
    expect(await first).toBe('first');
    void ask('r1', 'refresh');
    expect(asked).toHaveLength(3);
  });

  it('wait as the most urgent of them does: whoever has its turn first makes the call', async () => {
    const { asked, ask } = sharing();
    const patient = ask('r1', 'heartbeat');
    const urgent = ask('r1', 'refresh');
    expect(asked.map(({ priority }) => priority)).toEqual(['heartbeat', 'refresh']);
    asked[1]!.turn.come();
    expect(asked[0]!.turn.signal.aborted).toBe(true);
    expect(() => asked[0]!.turn.come()).toThrow(NoTurnError);
    asked[1]!.answer('fresh');
    expect(await Promise.all([patient, urgent])).toEqual(['fresh', 'fresh']);
  });

  it('have their answer from the one that still waits when another gave up', async () => {
    const { asked, ask } = sharing();
    const patient = ask('r1', 'heartbeat');
    const urgent = ask('r1', 'refresh');
    asked[1]!.fail(new NoTurnError());
    await new Promise((resolve) => setImmediate(resolve));
    asked[0]!.turn.come();
    asked[0]!.answer('fresh');
    expect(await Promise.all([patient, urgent])).toEqual(['fresh', 'fresh']);
  });

  it('all hear of the failure when none is left', async () => {
    const { asked, ask } = sharing();
    const both = [ask('r1', 'heartbeat'), ask('r1', 'heartbeat')];
    asked[0]!.fail(new NoTurnError());
    for (const one of both) await expect(one).rejects.toBeInstanceOf(NoTurnError);
    void ask('r1', 'heartbeat');
    expect(asked).toHaveLength(2);
  });
});
