import { type StoredAttempt } from '../store/attempts.js';
import { type Log } from '../telemetry/log.js';
import { type RecordingQueries } from '../upstream/query.js';
import { createRefresh } from './refresh.js';
import { createStartSettlement } from './settle-starts.js';
import { createStart, prepare } from './start.js';
import { type AttemptParts, createStartAttempts } from './start-attempts.js';
import { type StartInput, type StorageProfile } from './start-input.js';
import { type PreparedStart } from './start-request.js';
import { createStop, type StopInput, type StopParts } from './stop.js';
import { createUpdate, type UpdateInput } from './update.js';
import { type CommandResult, failed, userError } from './user-errors.js';

/** What the mutations do. Each answers with data: expected failures are user errors, never exceptions. */
export interface Commands {
  startRecording(input: StartInput): Promise<CommandResult>;
  stopRecording(input: StopInput): Promise<CommandResult>;
  updateRecording(input: UpdateInput): Promise<CommandResult>;
  refreshRecording(recordingId: string): Promise<CommandResult>;
  /** For the watch: a start was in doubt for too long. True if it was sent anew. */
  startAnew(recordingId: string): Promise<boolean>;
  /** Takes up what an earlier process left in doubt. */
  resume(): Promise<void>;
  /** Takes on nothing more, and resolves when what goes on has ended. */
  close(): Promise<void>;
}

export interface CommandParts extends AttemptParts, StopParts {
  appIds: readonly string[];
  profiles: readonly StorageProfile[];
  queries: RecordingQueries;
  log: Log;
}

const STOPPING = userError(
  'GATEWAY_STOPPING',
  'This gateway is shutting down and takes on nothing new. Try again; another one, or the next, will answer.',
);

export function createCommands(parts: CommandParts): Commands {
  const attempts = createStartAttempts(parts);

  function prepareAgain({ input }: StoredAttempt): PreparedStart | null {
    const prepared = input === null ? [] : prepare(parts, JSON.parse(input) as StartInput);
    return Array.isArray(prepared) ? null : prepared;
  }

  const settlement = createStartSettlement({ ...parts, attempts, prepareAgain });
  const startRecording = createStart({ ...parts, attempts, settlement });
  const [stopRecording, closeStops] = createStop(parts);
  const updateRecording = createUpdate(parts);
  const refreshRecording = createRefresh(parts);
  const inFlight = new Set<Promise<CommandResult>>();
  let closing = false;

  /** Whatever a caller began is finished, even if the caller leaves or the process is told to end. */
  async function admit(begin: () => Promise<CommandResult>): Promise<CommandResult> {
    if (closing) return failed(STOPPING);
    const running = begin();
    inFlight.add(running);
    try {
      return await running;
    } finally {
      inFlight.delete(running);
    }
  }

  return {
    startRecording: (input) => admit(() => startRecording(input)),
    stopRecording: (input) => admit(() => stopRecording(input)),
    updateRecording: (input) => admit(() => updateRecording(input)),
    refreshRecording: (recordingId) => admit(() => refreshRecording(recordingId)),
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
