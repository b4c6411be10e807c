import { type StoredAttempt } from '../store/log/attempts.js';
import { askNotificationServers } from '../agora-calls/notification-servers.js';
import { type RecordingQueries } from '../agora-calls/query.js';
import { type AcquireResult, createAcquire } from './acquire.js';
import { type AdoptInput, createAdopt } from './adopt.js';
import { type Choice, prepare } from './start/prepare.js';
import { createNotificationServers } from './notification-servers.js';
import { createRefresh } from './query/refresh.js';
import { createStartSettlement } from './start/settle-starts.js';
import { createStart } from './start/start.js';
import { type AttemptParts, COMMAND_WAITS_MS, createStartAttempts } from './start/start-attempts.js';
import { type AcquireInput, type StartInput } from './start/start-input.js';
import { type PreparedStart } from './start/start-request.js';
import { createStop, type StopInput, type StopParts } from './stop/stop.js';
import { createUpdates, type UpdateInput, type UpdateLayoutInput } from './update/update.js';
import { type CommandResult, failed, userError } from './user-errors.js';

/** What the mutations do. Each answers with data: expected failures are user errors, never exceptions. */
export interface Commands {
  acquireResource(input: AcquireInput): Promise<AcquireResult>;
  startRecording(input: StartInput): Promise<CommandResult>;
  stopRecording(input: StopInput): Promise<CommandResult>;
  updateRecording(input: UpdateInput): Promise<CommandResult>;
  updateLayout(input: UpdateLayoutInput): Promise<CommandResult>;
  refreshRecording(recordingId: string): Promise<CommandResult>;
  adoptRecording(input: AdoptInput): Promise<CommandResult>;
  /** For the watch: the temporary credentials of a recording's storage are due to be renewed. */
  renewStorage(recordingId: string): Promise<void>;
  /** The addresses that Agora's notifications come from; null if Agora never told them. */
  notificationServers(): Promise<string[] | null>;
  /** For the watch: a start was in doubt for too long. True if it was sent anew. */
  startAnew(recordingId: string): Promise<boolean>;
  /** Takes up what an earlier process left in doubt. */
  resume(): Promise<void>;
  /** Takes on nothing more, and resolves when what goes on has ended. */
  close(): Promise<void>;
}

export interface CommandParts extends AttemptParts, StopParts, Choice {
  queries: RecordingQueries;
}

const STOPPING = userError(
  'GATEWAY_STOPPING',
  'This gateway is shutting down and takes on nothing new. Try again; another one, or the next, will answer.',
);

export function createCommands(parts: CommandParts): Commands {
  const attempts = createStartAttempts(parts);

  async function prepareAgain({ input }: StoredAttempt): Promise<PreparedStart | null> {
    if (input === null) return null;
    const prepared = await prepare(parts, JSON.parse(input) as StartInput, parts.clock.now());
    return Array.isArray(prepared) ? null : prepared;
  }

  const settlement = createStartSettlement({ ...parts, attempts, prepareAgain });
  const startRecording = createStart({ ...parts, attempts, settlement });
  const [stopRecording, closeStops] = createStop(parts);
  const updates = createUpdates(parts);
  const refreshRecording = createRefresh(parts);
  const acquireResource = createAcquire(parts);
  const adoptRecording = createAdopt(parts);
  const notificationServers = createNotificationServers(parts.clock, () =>
    askNotificationServers(parts.upstream, COMMAND_WAITS_MS, parts.knownSecrets.configured()),
  );
  const inFlight = new Set<Promise<unknown>>();
  let closing = false;

  /** Whatever a caller began is finished, even if the caller leaves or the process is told to end. */
  async function admit<T>(begin: () => Promise<T>, turnedAway: T): Promise<T> {
    if (closing) return turnedAway;
    const running = begin();
    inFlight.add(running);
    try {
      return await running;
    } finally {
      inFlight.delete(running);
    }
  }

  const admitRecording = (begin: () => Promise<CommandResult>) => admit(begin, failed(STOPPING));

  return {
    acquireResource: (input) =>
      admit(() => acquireResource(input), { resource: null, userErrors: [STOPPING] }),
    startRecording: (input) => admitRecording(() => startRecording(input)),
    stopRecording: (input) => admitRecording(() => stopRecording(input)),
    updateRecording: (input) => admitRecording(() => updates.updateRecording(input)),
    updateLayout: (input) => admitRecording(() => updates.updateLayout(input)),
    refreshRecording: (recordingId) => admitRecording(() => refreshRecording(recordingId)),
    adoptRecording: (input) => admitRecording(() => adoptRecording(input)),
    renewStorage: (recordingId) => admit(() => updates.renewStorage(recordingId), undefined),
    notificationServers,
    startAnew: (recordingId) => settlement.anew(recordingId),
    resume: () => settlement.resume(),
    async close() {
      closing = true;
      const ended = Promise.all([settlement.close(), closeStops()]);
      while (inFlight.size > 0) await Promise.allSettled(inFlight);
      await ended;
    },
  };
}
