/**
 * Asks again until the answer is there; fails with the last error or answer after `withinMs`. The limit is for a machine
 * that is busy with other work: a test must not fail because it was slow.
 */
export async function waitFor<T>(
  ask: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  {
    withinMs = 150_000,
    everyMs = 25,
    what = 'the awaited',
  }: { withinMs?: number; everyMs?: number; what?: string } = {},
): Promise<T> {
  const until = performance.now() + withinMs;
  let last: unknown;
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== null && answer !== undefined && answer !== false) return answer;
      last = answer;
    } catch (error) {
      last = error;
    }
    if (performance.now() > until) {
      throw new Error(`${what} did not come within ${withinMs} ms; last: ${String(last)}`, { cause: last });
    }
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
