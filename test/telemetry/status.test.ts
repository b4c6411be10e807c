import { expect, it } from 'vitest';
import { createMetrics } from '../../src/telemetry/metrics.js';
import { Outages } from '../../src/telemetry/outages.js';
import { createStatus } from '../../src/telemetry/status.js';

it('The status has what was counted, the latest outages first, and the lag of the latest notifications', async () => {
  let now = 0;
  const metrics = createMetrics();
  const outages = new Outages(() => now);
  const budget = { callsPerSecond: () => 9, waiting: () => 3 };
  const status = createStatus({ metrics, budget, outages });
  expect(await status()).toEqual({
    budget: { callsPerSecond: 9, waiting: 3 },
    callsByReason: [],
    webhookLag: null,
    gaps: 0,
    outages: [],
    subscribers: 0,
  });
  metrics.agoraCallReasons.inc({ reason: 'STOP' });
  metrics.agoraCallReasons.inc({ reason: 'HEARTBEAT' }, 7);
  metrics.gapsReported.inc();
  metrics.subscriptions.set(2);
  for (let seconds = 0; seconds < 200; seconds += 1) metrics.webhookLag.note(seconds);
  for (let outage = 0; outage < 30; outage += 1) {
    now += 1;
    outages.begin('STORE');
    outages.begin('STORE');
    now += 1;
    if (outage < 29) outages.end('STORE');
  }
  now += 1;
  outages.begin('AGORA', 59);
  outages.begin('AGORA', 60);
  outages.end('AGORA');
  outages.end('AGORA');
  const seen = await status();
  expect(seen).toMatchObject({
    callsByReason: [
      { reason: 'HEARTBEAT', count: 7 },
      { reason: 'STOP', count: 1 },
    ],
    webhookLag: { notifications: 100, medianSeconds: 150, maxSeconds: 199 },
    gaps: 1,
    subscribers: 2,
  });
  expect(seen.outages).toHaveLength(21);
  expect(seen.outages.slice(0, 3)).toEqual([
    { dependency: 'STORE', from: 59, to: null },
    { dependency: 'AGORA', from: 59, to: 61 },
    { dependency: 'STORE', from: 57, to: 58 },
  ]);
});
