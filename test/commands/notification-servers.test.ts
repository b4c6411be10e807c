import { describe, expect, it } from 'vitest';
import {
  createNotificationServers,
  LIST_TTL_MS,
  RETRY_DELAY_MS,
} from '../../src/commands/notification-servers.js';

/** Agora with the given answers, of which the last is repeated. */
function agora(...answers: (string[] | null | Error)[]) {
  const time = { now: 0, asked: 0 };
  const clock = { now: () => time.now, realDuration: (milliseconds: number) => milliseconds };
  const servers = createNotificationServers(clock, async () => {
    const answer = answers[Math.min(time.asked, answers.length - 1)] ?? null;
    time.asked += 1;
    await new Promise((resolve) => setImmediate(resolve));
    if (answer instanceof Error) throw answer;
    return answer;
  });
  return { time, servers };
}

describe('The addresses of the notification servers', () => {
  it('are requested once a day', async () => {
    const { time, servers } = agora(['203.0.113.10'], ['203.0.113.11']);
    expect(await servers()).toEqual(['203.0.113.10']);
    time.now += LIST_TTL_MS - 1;
    expect(await servers()).toEqual(['203.0.113.10']);
    expect(time.asked).toBe(1);
    time.now += 1;
    expect(await servers()).toEqual(['203.0.113.11']);
    expect(time.asked).toBe(2);
    expect(LIST_TTL_MS).toBe(86_400_000);
  });

  it('cost one call for all concurrent callers', async () => {
    const { time, servers } = agora(['203.0.113.10']);
    const lists = await Promise.all(Array.from({ length: 50 }, servers));
    expect(new Set(lists.map((list) => list?.join()))).toEqual(new Set(['203.0.113.10']));
    expect(time.asked).toBe(1);
  });

  it('are null until Agora has answered, and requested at most once a minute', async () => {
    const { time, servers } = agora(null, null, ['203.0.113.10']);
    expect(await servers()).toBeNull();
    time.now += RETRY_DELAY_MS - 1;
    expect(await servers()).toBeNull();
    expect(time.asked).toBe(1);
    time.now += 1;
    expect(await servers()).toBeNull();
    time.now += RETRY_DELAY_MS;
    expect(await servers()).toEqual(['203.0.113.10']);
    expect(time.asked).toBe(3);
  });

  it('are the previous ones while Agora does not answer', async () => {
    const { time, servers } = agora(['203.0.113.10'], null, ['203.0.113.11']);
    await servers();
    time.now += LIST_TTL_MS;
    expect(await servers()).toEqual(['203.0.113.10']);
    time.now += RETRY_DELAY_MS;
    expect(await servers()).toEqual(['203.0.113.11']);
  });

  it('are requested again after a failure of the gateway itself', async () => {
    const { servers } = agora(new Error('broken'), ['203.0.113.10']);
    await expect(servers()).rejects.toThrow('broken');
    expect(await servers()).toEqual(['203.0.113.10']);
  });

  it('are requested again for a caller that needs a younger list, which gets null if Agora does not answer', async () => {
    const { time, servers } = agora(['203.0.113.10'], ['203.0.113.11'], null);
    await servers();
    time.now += 599;
    expect(await servers(600)).toEqual(['203.0.113.10']);
    time.now += 1;
    expect(await servers(600)).toEqual(['203.0.113.11']);
    time.now += 600;
    expect(await servers(600)).toBeNull();
    expect(await servers()).toEqual(['203.0.113.11']);
    expect(time.asked).toBe(3);
  });
});
