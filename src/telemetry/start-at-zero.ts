import { type Counter } from 'prom-client';

/**
 * Lets a counter have a series for each known value of a label from the start: `rate` and `increase` do not see the first
 * count of a series that was not there before.
 */
export function startAtZero<Label extends string>(
  counter: Counter<Label>,
  label: NoInfer<Label>,
  values: readonly string[],
): void {
  for (const value of values) counter.inc({ [label]: value } as Partial<Record<Label, string>>, 0);
}
