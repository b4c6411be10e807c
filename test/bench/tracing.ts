/**
 * Processor time of one query with traces off, and with a tenth of them recorded and sent: two gateways with the same load in
 * many short turns, so that what else the machine does meets both. The ratio of two turns that follow each other is what counts.
 */
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { postRequest } from '../support/transports.js';
import { openStage, type Stage } from '../support/stage.js';

const small = process.argv[3] === 'small';
const RECORDINGS = 20;
const ROUNDS = small ? 10 : 80;
const QUERIES = 200;
const WARM_UP_ROUNDS = small ? 2 : 10;
const AT_ONCE = 8;

const START =
  'mutation ($input: StartRecordingInput!) { startRecording(input: $input) { userErrors { code message } } }';
const QUERY = 'query Shown { recordings(first: 20) { edges { node { id channel phase startedAt } } } }';

async function prepare(env: Record<string, string>): Promise<Stage> {
  const stage = await openStage({ env });
  for (let index = 0; index < RECORDINGS; index += 1) {
    const input = { channel: `bench-${index}`, uid: '1', config: { composite: {} } };
    await postRequest(stage.gateway.url, { query: START, variables: { input } });
  }
  return stage;
}

/** Seconds that the process of the gateway has worked. */
async function processorSeconds({ gateway }: Stage): Promise<number> {
  const text = await (await fetch(`${gateway.url}/metrics`)).text();
  return Number(/^process_cpu_seconds_total (.+)$/m.exec(text)?.[1]);
}

/** Processor time of one query in a round, in microseconds. */
async function round(stage: Stage): Promise<number> {
  const before = await processorSeconds(stage);
  let left = QUERIES;
  const client = async () => {
    while (left > 0) {
      left -= 1;
      const { body } = await postRequest(stage.gateway.url, { query: QUERY });
      if (body.errors !== undefined) throw new Error(JSON.stringify(body.errors));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, client));
  return ((await processorSeconds(stage)) - before) * (1_000_000 / QUERIES);
}

const median = (values: number[]) => [...values].sort((one, other) => one - other)[values.length >> 1] ?? NaN;

let requests = 0;
const collector = createServer((request, response) => {
  requests += 1;
  request.resume().on('end', () => response.end('{}'));
});
await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
const off = await prepare({});
const on = await prepare({
  OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(collector.address() as AddressInfo).port}`,
  OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
  OTEL_TRACES_SAMPLER_ARG: '0.1',
});
try {
  // The first rounds compile what is measured later.
  for (let index = 0; index < WARM_UP_ROUNDS; index += 1) for (const stage of [off, on]) await round(stage);
  const times: { off: number[]; on: number[] } = { off: [], on: [] };
  for (let index = 0; index < ROUNDS; index += 1) {
    // The first of two turns may find caches that the machine's other work has emptied.
    const order = index % 2 === 0 ? (['off', 'on'] as const) : (['on', 'off'] as const);
    for (const name of order) times[name].push(await round({ off, on }[name]));
  }
  const [without, sampled] = [median(times.off), median(times.on)];
  const ratios = times.on.map((value, index) => value / (times.off[index] ?? NaN));
  console.log(
    `processor time of a query: ${without.toFixed(0)} µs with traces off, ${sampled.toFixed(0)} µs at 10 %`,
  );
  console.log(
    `ratio of the medians: ${(sampled / without).toFixed(3)}; median of the rounds' ratios: ${median(ratios).toFixed(3)}`,
  );
  console.log(`requests to the collector: ${requests}`);
} finally {
  await off.close();
  await on.close();
  collector.close();
}
