import { type Priority } from '../agora-calls/permit-queue.js';
import { createNotSentReports } from '../agora-calls/report-not-sent.js';
import { type Upstream } from '../agora-calls/upstream.js';
import { NotSentError } from '../coordination/not-sent-error.js';
import { type StopQueryExclusion } from '../coordination/stop-query-exclusion.js';
import { type Clock } from '../recordings/clock.js';
import { StoreUnavailableError } from '../store/errors.js';
import { type Store } from '../store/store.js';
import { type KnownSecrets } from '../telemetry/known-secrets.js';
import { type Log } from '../telemetry/log.js';
import { type Metrics } from '../telemetry/metrics.js';
import { createContradictionNotes } from '../telemetry/contradictions.js';
import { type AcquireResult, createAcquire } from './acquire.js';
import { type AdoptInput, createAdopt } from './adopt.js';
import { createForget, type ForgetResult } from './forget.js';
import { notSentUserError, STORE_AWAY, STORE_FAILED } from './not-sent.js';
import { askNotificationServers, createNotificationServers } from './notification-servers.js';
import { type RecordingQueries } from './query/recording-queries.js';
import { createRefresh } from './query/refresh.js';
import { AcquiredResources } from './start/acquired-resources.js';
import { type Choice } from './start/choose-storage.js';
import { normalizeAcquire, normalizeStart } from './start/normalize-input.js';
import { type AcquireInput, type StartInput } from './start/start-input.js';
import { StartSender } from './start/start-sender.js';
import { StartSettlement } from './start/start-settlement.js';
import { Starts } from './start/start.js';
import { tokenWarnings } from './start/rtc-token.js';
import { type StopInput, Stops } from './stop/stop.js';
import { createRenewStorage } from './update/renew-storage.js';
import { createChangeSender } from './update/send-change.js';
import { createUpdateLayout, type UpdateLayoutInput } from './update/update-layout.js';
import { createUpdate, type UpdateInput } from './update/update.js';
import { createUpdateMetadata, type UpdateMetadataInput } from './update-metadata.js';
import { type CommandResult, failed, userError, type UserError } from './user-errors.js';

/** The work of the mutations. Expected failures are returned as user errors, never thrown. */
export interface Commands {
  acquireResource(input: AcquireInput): Promise<AcquireResult>;
  /** `caller`: the name of who starts it; null where callers are not authenticated. */
  startRecording(input: StartInput, caller: string | null): Promise<CommandResult>;
  stopRecording(input: StopInput): Promise<CommandResult>;
  updateRecording(input: UpdateInput): Promise<CommandResult>;
  updateLayout(input: UpdateLayoutInput): Promise<CommandResult>;
  /** Changes entries of a recording's metadata. Nothing is sent to Agora. */
  updateMetadata(input: UpdateMetadataInput, caller: string | null): Promise<CommandResult>;
  refreshRecording(recordingId: string): Promise<CommandResult>;
  adoptRecording(input: AdoptInput): Promise<CommandResult>;
  /** For the watch: renews the temporary credentials of a recording's storage. */
  renewStorage(recordingId: string): Promise<void>;
  /** Removes what the gateway knows of a recording that has ended, with its log. */
  forgetRecording(recordingId: string): Promise<ForgetResult>;
  /** The addresses that Agora's notifications come from; null if Agora has not named them, or not within this age. */
  notificationServers(maxAgeMs?: number): Promise<string[] | null>;
  /** For the watch: a start stayed unconfirmed for too long. True if it was sent again, or will be. */
  restart(recordingId: string): Promise<boolean>;
  /** Resumes unconfirmed starts of an earlier process. */
  resume(): Promise<void>;
  /** Accepts no new commands, and resolves when those in flight have ended. */
  close(): Promise<void>;
}

export interface CommandParts extends Choice {
  upstream: Upstream;
  exclusion: StopQueryExclusion;
  queries: RecordingQueries;
  store: Store;
  clock: Clock;
  mintId: () => string;
  knownSecrets: KnownSecrets;
  log: Log;
  metrics: Metrics;
}

const GATEWAY_STOPPING = userError(
  'GATEWAY_STOPPING',
  'The gateway is shutting down and accepts no new requests. Retry; another instance will serve it.',
);

/** The user error for an error that a command may end with; anything else is a bug and thrown on. */
function expectedError(error: unknown): UserError {
  if (error instanceof NotSentError) return notSentUserError(error);
  if (error instanceof StoreUnavailableError) return STORE_FAILED;
  throw error;
}

export function createCommands(parts: CommandParts): Commands {
  const reportNotSent = createNotSentReports(parts);
  const noteContradictions = createContradictionNotes(parts.log, parts.metrics);
  const sender = new StartSender({ ...parts, noteContradictions });
  const acquired = new AcquiredResources(parts.clock, parts.store);
  const settlement = new StartSettlement({ ...parts, sender, reportNotSent });
  const starts = new Starts({ ...parts, sender, settlement, acquired });
  const stops = new Stops({ ...parts, reportNotSent });
  const changes = createChangeSender(parts);
  const updateRecording = createUpdate(parts, changes);
  const updateLayout = createUpdateLayout(parts, changes);
  const updateMetadata = createUpdateMetadata(parts, changes);
  const renewStorage = createRenewStorage({ ...parts, reportNotSent }, changes);
  const refreshRecording = createRefresh(parts);
  const acquireResource = createAcquire({ ...parts, acquired });
  const adoptRecording = createAdopt(parts);
  const forgetRecording = createForget(parts);
  const notificationServers = createNotificationServers(parts.clock, () =>
    askNotificationServers(parts.upstream, reportNotSent, parts.knownSecrets),
  );
  const inFlight = new Set<Promise<unknown>>();
  let closing = false;

  /** Tracks a command to its end, even if its caller leaves or the process receives SIGTERM. */
  async function track<T>(run: () => Promise<T>): Promise<T> {
    const running = run();
    inFlight.add(running);
    try {
      return await running;
    } finally {
      inFlight.delete(running);
    }
  }

  /**
   * Runs a command unless the gateway is closing or has no store, and turns expected errors into user errors. A call
   * to Agora whose reply cannot be stored would leave no trace.
   */
  async function answer<T>(
    priority: Priority,
    about: { recordingId?: string; appId?: string | null; channel?: string },
    run: () => Promise<T>,
    fail: (error: UserError) => T,
  ): Promise<T> {
    if (closing) return fail(GATEWAY_STOPPING);
    if (!parts.store.isAvailable()) return fail(STORE_AWAY);
    try {
      return await track(run);
    } catch (error) {
      if (error instanceof NotSentError) reportNotSent(error, priority, about);
      return fail(expectedError(error));
    }
  }

  /** A recording that cannot be read cannot be part of the answer. */
  const readable = ({ recordingId, userErrors, ...rest }: CommandResult): CommandResult => ({
    ...rest,
    recordingId: userErrors.some(({ code }) => code === 'STORE_UNAVAILABLE') ? null : recordingId,
    userErrors,
  });

  /** For a recording that exists: it is part of the answer also if the command fails. */
  async function answerFor(
    priority: Priority,
    recordingId: string,
    run: () => Promise<CommandResult>,
  ): Promise<CommandResult> {
    const onError = (error: UserError) => ({ recordingId, userErrors: [error] });
    return readable(await answer(priority, { recordingId }, run, onError));
  }

  return {
    async acquireResource(given) {
      const { input, warnings } = normalizeAcquire(given);
      const onError = (error: UserError): AcquireResult => ({ resource: null, userErrors: [error] });
      const result = await answer('start', namesOf(input), () => acquireResource(input), onError);
      return { ...result, warnings };
    },
    async startRecording(given, caller) {
      const { input, warnings } = normalizeStart(given);
      const result = await answer(
        'start',
        namesOf(input),
        () => starts.startRecording(input, caller),
        failed,
      );
      return { ...result, warnings: [...warnings, ...tokenWarnings(parts, input, parts.clock.now())] };
    },
    stopRecording: (input) => answerFor('stop', input.recordingId, () => stops.stopRecording(input)),
    updateRecording: (input) => answerFor('update', input.recordingId, () => updateRecording(input)),
    updateLayout: (input) => answerFor('update', input.recordingId, () => updateLayout(input)),
    updateMetadata: (input, caller) =>
      answerFor('update', input.recordingId, () => updateMetadata(input, caller)),
    refreshRecording: (recordingId) => answerFor('refresh', recordingId, () => refreshRecording(recordingId)),
    adoptRecording: (input) => answer('refresh', namesOf(input), () => adoptRecording(input), failed),
    forgetRecording: (recordingId) =>
      answer(
        'refresh',
        { recordingId },
        () => forgetRecording(recordingId),
        (error) => ({ forgottenId: null, userErrors: [error] }),
      ),
    renewStorage: async (recordingId) => {
      if (!closing) await track(() => renewStorage(recordingId));
    },
    notificationServers,
    restart: (recordingId) => settlement.restart(recordingId),
    resume: () => settlement.resume(),
    async close() {
      closing = true;
      const ended = Promise.all([settlement.close(), stops.close()]);
      while (inFlight.size > 0) await Promise.allSettled(inFlight);
      await ended;
    },
  };
}

function namesOf({ appId, channel }: { appId?: string | null; channel: string }) {
  return { appId: appId ?? null, channel };
}
