/** The operations of the Cloud Recording REST API. Source: docs/agora/starting-and-stopping.md, Operations. */
export const OPERATIONS = {
  /** Reserves a resource for one recording. */
  acquire: { method: 'POST', timeoutMs: 10_000 },
  /** Starts a recording with a resource. */
  start: { method: 'POST', timeoutMs: 15_000 },
  /** Asks for the state of a recording. */
  query: { method: 'GET', timeoutMs: 10_000 },
  /** Changes subscriptions, pause, push addresses or storage credentials. */
  update: { method: 'POST', timeoutMs: 10_000 },
  /** Replaces the layout of a composite recording. */
  updateLayout: { method: 'POST', timeoutMs: 10_000 },
  /** Ends a recording. A synchronous stop takes Agora up to 20 s (docs/agora/starting-and-stopping.md, stop). */
  stop: { method: 'POST', timeoutMs: 35_000 },
  /** Lists the addresses that notifications come from. It does not concern a recording. */
  ncsIp: { method: 'GET', timeoutMs: 10_000 },
} as const;

export type Operation = keyof typeof OPERATIONS;

export const OPERATION_NAMES = Object.keys(OPERATIONS) as Operation[];

/** The modes as the REST API spells them in its paths. */
export type Mode = 'individual' | 'mix' | 'web';

/** Hours after the start during which calls for a recording are answered, unless acquire said otherwise. */
export const DEFAULT_RESOURCE_EXPIRED_HOURS = 72;

/** Seconds without a publishing user after which a recording ends, unless start said otherwise. */
export const DEFAULT_MAX_IDLE_SECONDS = 30;

/** How long a resource id may wait for its start. */
export const RESOURCE_VALID_MS = 5 * 60_000;

/** Within this time start should follow acquire. */
export const START_AFTER_ACQUIRE_MS = 2_000;

/** A fail-over is over after this time (docs/agora/status-and-files.md, Fail-over). */
export const FAILOVER_MS = 90_000;
