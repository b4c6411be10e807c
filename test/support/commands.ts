import { Secret } from '@agora-recording-gateway/agora/client/secret';
import { Budget } from '../../src/agora-calls/budget.js';
import { createCustomers } from '../../src/agora-calls/customers.js';
import { Upstream } from '../../src/agora-calls/upstream.js';
import { type Commands, createCommands } from '../../src/commands/commands.js';
import { createRecordingQueries } from '../../src/commands/query/recording-queries.js';
import { type StartInput } from '../../src/commands/start/start-input.js';
import { type CommandResult } from '../../src/commands/user-errors.js';
import { createStopQueryExclusion } from '../../src/coordination/stop-query-exclusion.js';
import { type Clock } from '../../src/recordings/clock.js';
import { phaseOf } from '../../src/recordings/view/phase.js';
import { type Store } from '../../src/store/store.js';
import { createKnownSecrets } from '../../src/telemetry/known-secrets.js';
import { createLog } from '../../src/telemetry/log.js';
import { createMetrics } from '../../src/telemetry/metrics.js';
import { startWatch, type Watch, type WatchParts } from '../../src/watch/watch.js';
import { APP_ID, T0 } from '../recordings/observations.js';
import { newStore } from '../store/support.js';
import { type CleanUps } from './clean-ups.js';
import { type ScriptedAgora, scriptedAgora } from './agora/scripted-agora.js';

/** The commands and the watch in this process: their own rules, on a real store and against a server that is scripted. */
export interface CommandsUnderTest {
  commands: Commands;
  /** The mutation startRecording. */
  start(input: StartInput): Promise<CommandResult>;
  agora: ScriptedAgora;
  store: Store;
  clock: Clock;
  mintId: () => string;
  /** Sets the gateway's time forward, in milliseconds. */
  advance(milliseconds: number): void;
  /** Starts the watch, which works until the end of the test. */
  watch(fileChecks?: WatchParts['fileChecks']): Watch;
  /** The commands of a process that begins after this one has ended, on the same store. */
  commandsOfNextProcess(): Commands;
  /** The phase, the reason of the end, and whether they are inferred. */
  phase(recordingId: string): Promise<ReturnType<typeof phaseOf>>;
  /** The ids of all recordings, which a page shows. */
  recordings(): Promise<string[]>;
}

/** Delays of gateway time pass this much faster, so that a test waits for a rule of 90 s for 90 ms. */
const SPEED = 1_000;

/** The name of the caller of every start. */
const CALLER = 'front-desk';

export const START: StartInput = { channel: 'lesson', uid: '1', config: { composite: {} } };

export async function commandsUnderTest(
  cleanUps: CleanUps,
  options: { appId?: string; appCertificate?: Secret; checkFiles?: boolean } = {},
): Promise<CommandsUnderTest> {
  const agora = await scriptedAgora();
  cleanUps.push(() => agora.close());
  const store = await newStore();
  let now = T0;
  const clock = { now: () => now, realDuration: (milliseconds: number) => milliseconds / SPEED };
  const monotonic = () => performance.now();
  const log = createLog('silent');
  const metrics = createMetrics();
  const budget = new Budget({ monotonic, log, callsPerSecond: 1_000 });
  cleanUps.push(() => budget.close());
  const customer = { customerId: 'customer', customerSecret: new Secret('customer-secret') };
  const upstream = new Upstream({
    reachability: { onUnreachable: () => undefined, onReachable: () => undefined },
    apiUrls: [agora.url],
    customers: createCustomers([customer], log),
    budget,
    clock,
    monotonic,
    log,
    metrics,
  });
  cleanUps.push(() => upstream.close());
  let minted = 0;
  const mintId = () => `minted-${(minted += 1)}`;
  const knownSecrets = createKnownSecrets({ store, clock, log });
  const calling = {
    upstream,
    exclusion: createStopQueryExclusion(),
    store,
    clock,
    mintId,
    knownSecrets,
    log,
    metrics,
  };
  const queries = createRecordingQueries(calling);
  const credentials = () =>
    Promise.resolve({
      accessKey: new Secret('access'),
      secretKey: new Secret('storage-secret'),
      stsToken: null,
      stsExpiration: null,
    });
  const profile = {
    name: 'main',
    isDefault: true,
    vendor: 1,
    region: 0,
    bucket: 'files',
    fileNamePrefix: [],
    sse: null,
    tag: null,
    endpoint: null,
    credentials,
    readCredentials: null,
    checkFiles: options.checkFiles ?? false,
  };
  const choice = {
    appIds: [options.appId ?? APP_ID],
    appCertificate: () => options.appCertificate ?? null,
    profiles: () => [profile],
    allowInlineStorage: false,
    permitsHost: () => false,
  };
  const newCommands = () => {
    const created = createCommands({ ...calling, queries, ...choice });
    cleanUps.push(() => created.close());
    return created;
  };
  const commands = newCommands();
  return {
    commands,
    start: (input) => commands.startRecording(input, CALLER),
    agora,
    store,
    clock,
    mintId,
    advance: (milliseconds) => void (now += milliseconds),
    commandsOfNextProcess: newCommands,
    watch(fileChecks = { begin: () => undefined, retryAt: () => now }) {
      const watch = startWatch({
        ...calling,
        queries,
        fileChecks,
        restart: (id) => commands.restart(id),
        renewStorage: (id) => commands.renewStorage(id),
      });
      cleanUps.push(() => watch.close());
      return watch;
    },
    async phase(recordingId) {
      const [state] = await store.states([recordingId]);
      if (state == null) throw new Error(`The store has no recording ${recordingId}.`);
      return phaseOf(state);
    },
    async recordings() {
      const page = await store.recordingPage({
        first: 100,
        after: null,
        filter: {},
        orderBy: 'STARTED_AT_ASC',
      });
      return page.items.map(({ item }) => item.id);
    },
  };
}

/** Starts a recording that succeeds, and gives its id. */
export async function startOne(test: CommandsUnderTest, input: Partial<StartInput> = {}): Promise<string> {
  const { recordingId, userErrors } = await test.start({ ...START, ...input });
  if (recordingId === null) throw new Error(`The start failed: ${JSON.stringify(userErrors)}`);
  return recordingId;
}
