import { createCallerLimits } from '../../src/auth/limits/caller-limits.js';
import { ANYONE } from '../../src/auth/caller.js';
import { type AuditParts } from '../../src/graphql/access/audit.js';
import { mintId } from '../../src/mint-id.js';
import { systemClock } from '../../src/process/clock.js';
import { createLog } from '../../src/telemetry/log.js';
import { createMetrics } from '../../src/telemetry/metrics.js';
import { type Requester } from '../../src/auth/requester.js';

/** Limits that no caller meets. */
export const NO_CALLER_LIMITS = createCallerLimits({
  settings: { operations: null, cost: null, subscriptions: null, connections: null },
  monotonic: () => 0,
  onExceeded: () => undefined,
});

/** No list of documents. */
export const NO_TRUSTED_DOCUMENTS = { documents: null, only: false };

/** An audit trail that keeps nothing. */
export const NO_AUDIT: AuditParts = {
  store: { audit: { keep: () => Promise.resolve() } },
  clock: systemClock,
  mintId,
  log: createLog('silent'),
  metrics: createMetrics(),
};

/** The sender of an operation that a test runs itself. */
export const TEST_REQUESTER: Requester = {
  caller: ANYONE,
  address: '127.0.0.1',
  transport: 'http',
  requestId: 'test',
  trace: null,
};
