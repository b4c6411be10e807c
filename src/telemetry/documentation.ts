import { createMetrics, READ_COUNTERS, READ_GAUGES, READ_LABELLED_GAUGES } from './metrics.js';

/** The table of docs/metrics.md, written by `npm run docs`. */

interface Documented {
  name: string;
  type: string;
  labels: readonly string[];
  help: string;
}

/** As prom-client keeps what each metric was made with. */
interface Registered {
  name: string;
  help: string;
  type: string;
  labelNames?: readonly string[];
}

const OURS = 'gateway_';

/** Every metric of the gateway, without those of the process, which prom-client defines. */
export function documentedMetrics(): Documented[] {
  const registered = createMetrics().registry.getMetricsAsArray() as unknown as Registered[];
  const read = (entries: Record<string, string>, type: string) =>
    Object.entries(entries).map(([name, help]) => ({ name, type, labels: [], help }));
  return [
    ...registered
      .filter(({ name }) => name.startsWith(OURS))
      .map(({ name, help, type, labelNames = [] }) => ({ name, type, labels: labelNames, help })),
    ...read(READ_COUNTERS, 'counter'),
    ...read(READ_GAUGES, 'gauge'),
    ...Object.entries(READ_LABELLED_GAUGES).map(([name, { label, help }]) => ({
      name,
      type: 'gauge',
      labels: [label],
      help,
    })),
  ].sort((one, other) => (one.name < other.name ? -1 : 1));
}

export function metricsTable(): string {
  const rows = documentedMetrics().map(({ name, type, labels, help }) => {
    const listed = labels.map((label) => `\`${label}\``).join(', ');
    return `| \`${name}\` | ${type} | ${listed} | ${help} |`;
  });
  return ['| metric | type | labels | what it is |', '| --- | --- | --- | --- |', ...rows].join('\n');
}
