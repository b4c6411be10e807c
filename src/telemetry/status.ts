import { type Metrics } from './metrics.js';
import { type Outage, type Outages } from './outages.js';

/** How the gateway fares, for administrators. */
export interface GatewayStatus {
  budget: { callsPerSecond: number; waiting: number };
  /** Calls since the start. */
  callsByReason: { reason: string; count: number }[];
  /** Null before the first notification. */
  webhookLag: { notifications: number; medianSeconds: number; maxSeconds: number } | null;
  gaps: number;
  outages: Outage[];
  subscribers: number;
}

export interface StatusParts {
  metrics: Metrics;
  budget: { callsPerSecond(): number; waiting(): number };
  outages: Outages;
}

/** Reads the status from what is counted anyway. */
export function createStatus({ metrics, budget, outages }: StatusParts): () => Promise<GatewayStatus> {
  return async () => {
    const [reasons, gaps, subscriptions] = await Promise.all([
      metrics.agoraCallReasons.get(),
      metrics.gapsReported.get(),
      metrics.subscriptions.get(),
    ]);
    const lag = metrics.webhookLag.summary();
    return {
      budget: { callsPerSecond: budget.callsPerSecond(), waiting: budget.waiting() },
      callsByReason: reasons.values
        .filter(({ value }) => value > 0)
        .map(({ labels, value }) => ({ reason: String(labels.reason), count: value }))
        .sort((left, right) => right.count - left.count),
      webhookLag:
        lag === null ? null : { notifications: lag.values, medianSeconds: lag.median, maxSeconds: lag.max },
      gaps: gaps.values[0]?.value ?? 0,
      outages: outages.list(),
      subscribers: subscriptions.values[0]?.value ?? 0,
    };
  };
}
