import { type AssumptionName } from '@agora-recording-gateway/agora/assumptions';
import { type AcquiredStore } from '../starts/acquired.js';
import { type AuditStore } from '../log/audit.js';
import { type UnansweredQueryStore } from '../log/unanswered-queries.js';
import { type AttemptStore, KeyTakenError } from '../starts/attempts.js';
import { type FingerprintStore } from '../log/fingerprints.js';
import { type Leases } from '../coordination/leases.js';
import { type SharedTurns } from '../coordination/turns.js';
import { CursorExpiredError, CursorInvalidError } from '../reads/cursor.js';
import { type MigrationProgress } from '../migrations/migrate.js';
import { type EngineOptions, type StoreEngine } from './engine.js';
import {
  LockFileError,
  NotAStoreError,
  OtherAgoraError,
  StoreDeadlockError,
  StoreFaultError,
  StoreHeldError,
  StoreNewerError,
  StoreSlowError,
  StoreUnavailableError,
  type UnavailableKind,
} from '../errors.js';

/** What the gateway's thread and the engine's say to each other. */

/** What the engine's thread is begun with. */
export interface ThreadData extends Pick<
  EngineOptions,
  'databaseUrl' | 'databaseUrlFile' | 'appIds' | 'maxUnknownRecordings'
> {
  /** Shared memory; its one number is 1 once the process is ending. A message would wait until the migration has ended. */
  stopping: Int32Array<SharedArrayBuffer>;
}

/** What opening the engine gives: its plain values, and whether it has the turns of several gateways. */
export interface Opened extends Pick<StoreEngine, 'inputKey' | 'epoch'> {
  hasTurns: boolean;
}

/** The functions of a part of the engine, by their names with a prefix. */
type Prefixed<Part, Prefix extends string> = {
  [Name in keyof Part & string as `${Prefix}.${Name}`]: Part[Name];
};

/** The functions of the engine, by name. One that is missing on either side of the thread does not compile. */
export interface EngineFunctions
  extends
    Omit<
      StoreEngine,
      | 'attempts'
      | 'acquired'
      | 'audit'
      | 'unanswered'
      | 'fingerprints'
      | 'leases'
      | 'turns'
      | 'inputKey'
      | 'epoch'
    >,
    Prefixed<AttemptStore, 'attempts'>,
    Prefixed<AcquiredStore, 'acquired'>,
    Prefixed<AuditStore, 'audit'>,
    Prefixed<UnansweredQueryStore, 'unanswered'>,
    Prefixed<FingerprintStore, 'fingerprints'>,
    Prefixed<Leases, 'leases'>,
    Prefixed<SharedTurns, 'turns'> {}

/** What the engine's thread can be asked, by name. */
export interface ThreadFunctions extends EngineFunctions {
  open(): Promise<Opened>;
}

/** Events that the thread reports on its own initiative. */
export interface ThreadEvents {
  onCommit(): void;
  onMigration(progress: MigrationProgress): void;
  onContradictions(names: readonly AssumptionName[], recordingId: string): void;
  onUnreadable(problem: string): void;
  onUnavailable(reason: string, kind: UnavailableKind): void;
  onAvailable(): void;
  onSlow(cause: unknown): void;
  onSilence(error: Error): void;
  onRestoreFinished(replaced: string | null): void;
}

/** Errors that callers distinguish; of all others the message is enough. */
const ERRORS = {
  CursorExpiredError,
  CursorInvalidError,
  KeyTakenError,
  LockFileError,
  NotAStoreError,
  OtherAgoraError,
  StoreDeadlockError,
  StoreFaultError,
  StoreHeldError,
  StoreNewerError,
  StoreSlowError,
  StoreUnavailableError,
};

/** A message of birpc: `e` is what a call threw. */
interface Message {
  e?: unknown;
}

interface ErrorData {
  class: string;
  message: string;
  stack: string | undefined;
  properties: object;
}

/** An error crosses from one thread to another as data: its class would be lost. */
export function toData(message: Message): Message {
  const { e: error } = message;
  if (!(error instanceof Error)) return message;
  const { cause: _cause, ...properties } = error as Error & { cause?: unknown };
  const data: ErrorData = {
    class: error.constructor.name,
    message: error.message,
    stack: error.stack,
    properties,
  };
  return { ...message, e: data };
}

export function fromData(message: Message): Message {
  if (message.e === undefined) return message;
  const { class: name, message: text, stack, properties } = message.e as ErrorData;
  const { prototype } = name in ERRORS ? ERRORS[name as keyof typeof ERRORS] : Error;
  const error = Object.assign(new Error(text), properties, { stack });
  return { ...message, e: Object.setPrototypeOf(error, prototype) as Error };
}
