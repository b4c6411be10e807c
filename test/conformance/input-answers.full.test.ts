import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { post } from '../support/graphql-client.js';
import {
  freePort,
  runGateway,
  type RunningGateway,
  runSandbox,
  type RunningSandbox,
  temporaryDirectory,
} from '../support/processes.js';
import { waitFor } from '../support/wait-for.js';
import { type Json } from './request-properties/row.js';
import { type Call, type Example, type Mode, STORAGE_INPUT } from './requests/example.js';
import { EXAMPLES } from './requests/examples.js';
import { fieldOf } from './requests/fields.js';
import { bodyOf, gatewayAnswerOf, type Variant, variantsOf, without } from './requests/variants.js';

const UID = '901001';

/** Enough to use up the budget of calls. */
const AT_ONCE = 10;

const directory = temporaryDirectory();
let sandbox: RunningSandbox;
let gateway: RunningGateway;
let channels = 0;

beforeAll(async () => {
  const port = await freePort();
  sandbox = await runSandbox({
    port: await freePort(),
    gatewayPort: port,
    dataFile: join(directory.path, 'sandbox.db'),
  });
  const config = join(directory.path, 'gateway.json');
  writeFileSync(config, JSON.stringify({ allowInlineStorage: true }));
  gateway = await runGateway({
    port,
    sandboxUrl: sandbox.url,
    databaseFile: join(directory.path, 'gateway.db'),
    env: { GATEWAY_CONFIG: config },
  });
});

afterAll(async () => {
  await gateway.kill();
  await sandbox.kill();
  directory.remove();
});

const MUTATIONS: Readonly<Record<Call, [name: string, type: string, selection: string]>> = {
  acquire: ['acquireResource', 'AcquireResourceInput', 'resource { resourceId }'],
  start: ['startRecording', 'StartRecordingInput', 'recording { id }'],
  update: ['updateRecording', 'UpdateRecordingInput', 'recording { id }'],
  updateLayout: ['updateLayout', 'UpdateLayoutInput', 'recording { id }'],
  stop: ['stopRecording', 'StopRecordingInput', 'recording { id }'],
};

interface Payload {
  recording?: { id: string } | null;
  userErrors: { code: string }[];
}

/** GraphQL's own refusals: a value that the schema does not allow. */
const REFUSAL_CODES: unknown[] = ['BAD_USER_INPUT', 'GRAPHQL_VALIDATION_FAILED'];

/** Sends a mutation, and again while the budget of calls is used up, as on a machine that is busy. */
async function mutate(call: Call, input: Json): Promise<{ said: string; id: string | null }> {
  return await waitFor(
    async () => {
      const answer = await mutateOnce(call, input);
      return answer.said.includes('UPSTREAM_BUSY') ? null : answer;
    },
    { what: 'an answer other than UPSTREAM_BUSY' },
  );
}

async function mutateOnce(call: Call, input: Json): Promise<{ said: string; id: string | null }> {
  const [name, type, selection] = MUTATIONS[call];
  const { data, errors } = await post<Record<string, Payload> | undefined>(
    gateway.url,
    `mutation ($input: ${type}!) { ${name}(input: $input) { ${selection} userErrors { code } } }`,
    { input },
  );
  if (errors !== undefined) {
    const isRefusal = errors.every(({ extensions }) => REFUSAL_CODES.includes(extensions?.code));
    return { said: isRefusal ? 'refused' : JSON.stringify(errors), id: null };
  }
  const { userErrors, recording } = data![name]!;
  if (userErrors.length === 0) return { said: 'accepted', id: recording?.id ?? null };
  const isRefusal = userErrors.every(({ code }) => code === 'INVALID_PARAMETER');
  return { said: isRefusal ? 'refused' : JSON.stringify(userErrors), id: null };
}

const nextChannel = () => `inputs-${(channels += 1)}`;

const LEAST: Readonly<Record<Mode, Json>> = {
  mix: { composite: {} },
  individual: { individual: {} },
  web: {
    web: {
      ...{ url: 'https://acme.example', audioProfile: 'MUSIC_STANDARD', maxRecordingHour: 1 },
      ...{ videoWidth: 640, videoHeight: 360, outputs: [{ rtmpUrl: 'rtmp://cdn.example/live/first' }] },
    },
  },
};

/** Of its own storage, or of the profile if the example renews the credentials of that. */
async function running({ mode, input: { change } }: Example): Promise<string> {
  const renewed = (change as { storageCredentials?: Json } | undefined)?.storageCredentials;
  const storage = renewed?.storageConfig === undefined ? {} : { storageConfig: STORAGE_INPUT };
  const input = { channel: nextChannel(), uid: UID, config: LEAST[mode], ...storage };
  const { said, id } = await mutate('start', input);
  expect(said).toBe('accepted');
  return id!;
}

/** The recording that the variants of an example change. */
const changed = new Map<Example, Promise<string>>();

/** The input of an example for a new channel, or for a running recording. */
async function inputOf(example: Example): Promise<{ input: Json; channel: string | null }> {
  const { call, input } = example;
  if (call === 'acquire' || call === 'start') {
    const channel = nextChannel();
    return { input: { channel, uid: UID, ...input }, channel };
  }
  if (call === 'stop') return { input: { recordingId: await running(example), ...input }, channel: null };
  const id = changed.get(example) ?? running(example);
  changed.set(example, id);
  return { input: { recordingId: await id, ...input }, channel: null };
}

interface Row {
  title: string;
  expected: string;
  said: string;
  /** Of a start that was accepted. */
  channel: string | null;
}

async function attempt(example: Example, variant: Variant | null, expected: string): Promise<Row> {
  const { input, channel } = await inputOf(example);
  const field = variant === null ? [] : fieldOf(variant.property, variant.path, input)!;
  const { said } = await mutate(example.call, variant === null ? input : without(input, field, variant.kind));
  const title = variant === null ? 'as it is' : `${field.join('.')} ${variant.kind} (${variant.property})`;
  return { title, expected, said, channel: example.call === 'start' && said === 'accepted' ? channel : null };
}

/** The variants that have a field in the input, with what the gateway must answer to them. */
function expectationsOf(example: Example): { variant: Variant; expected: string }[] {
  const input = { channel: 'any', uid: UID, ...example.input };
  return variantsOf(example)
    .filter(({ property, path }) => fieldOf(property, path, input) !== null)
    .map((variant) => ({
      variant,
      expected: gatewayAnswerOf(
        example,
        variant.property,
        variant.kind,
        without(bodyOf(example, 'any', UID), variant.path, variant.kind),
      ),
    }));
}

interface Task {
  cname: string;
  phase: string;
  status: number;
}

/** The channels of all starts that were accepted. */
const started: string[] = [];

/** Waits until the sandbox has checked what it checks after the reply, and returns the channels it then refused. */
async function refusedLater(): Promise<string[]> {
  const wanted = new Set(started);
  return waitFor(
    async () => {
      const { recordings } = (await sandbox.control('GET', '/recordings')) as { recordings: Task[] };
      const tasks = recordings.filter(({ cname }) => wanted.has(cname));
      const isChecked = ({ phase }: Task) => phase === 'recording' || phase === 'ended';
      if (tasks.length < wanted.size || !tasks.every(isChecked)) return null;
      return tasks.filter(({ phase }) => phase === 'ended').map(({ cname }) => cname);
    },
    { what: 'the checks after the replies' },
  );
}

/**
 * At small size, the examples as they are, and of those with every property what is refused: a start that is accepted takes two
 * calls of the budget.
 */
describe('The gateway answers each example, and each of its variants, as Agora would', () => {
  it.each(EXAMPLES.map((example) => [example.name, example] as const))('%s', async (_name, example) => {
    const limit = pLimit(AT_ONCE);
    const attempts = expectationsOf(example).map(({ variant, expected }) =>
      limit(() => attempt(example, variant, expected)),
    );
    const rows = await Promise.all([attempt(example, null, 'accepted'), ...attempts]);
    const tableOf = (key: 'said' | 'expected') =>
      Object.fromEntries(rows.map((row) => [row.title, row[key]]));
    expect(tableOf('said')).toEqual(tableOf('expected'));
    started.push(...rows.flatMap(({ channel }) => (channel === null ? [] : [channel])));
  });

  it('and accepts no start that Agora refuses after its reply', async () => {
    expect(started.length).toBeGreaterThan(EXAMPLES.filter(({ call }) => call === 'start').length - 1);
    expect(await refusedLater()).toEqual([]);
  });
});
