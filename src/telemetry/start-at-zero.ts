import { type Counter } from 'prom-client';

/** The known values of each label. */
type Values<Label extends string> = Readonly<Record<NoInfer<Label>, readonly string[]>>;

/**
 * Lets a counter have a series for each combination of the known values of its labels from the start: `rate` and `increase` do
 * not see the first count of a series that was not there before.
 */
export function startAtZero<Label extends string>(counter: Counter<Label>, values: Values<Label>): void {
  const combinations = Object.entries<readonly string[]>(values).reduce<Record<string, string>[]>(
    (known, [label, each]) => known.flatMap((labels) => each.map((value) => ({ ...labels, [label]: value }))),
    [{}],
  );
  for (const labels of combinations) counter.inc(labels as Partial<Record<Label, string>>, 0);
}
