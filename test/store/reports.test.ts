import { describe, expect, it } from 'vitest';
import { guardLease, withLease } from '../../src/coordination/lease-guard.js';
import { type Lease } from '../../src/store/coordination/leases.js';
import { tellStoreEvents } from '../../src/store/telling.js';
import { type Log } from '../../src/telemetry/log.js';
import { createMetrics } from '../../src/telemetry/metrics.js';
import { administer } from '../support/databases/databases.js';

import { notification, started } from '../recordings/observations.js';
import { openAttempt, storeDatabase } from './support.js';

/** A store whose events go where a gateway's go. */
async function reportingStore(kind: 'SQLite' | 'PostgreSQL' = 'SQLite') {
  const lines: object[] = [];
  const note = (fields: object, message: string) => void lines.push({ ...fields, message });
  const log: Log = { trace: note, debug: note, info: note, warn: note, error: note };
  const metrics = createMetrics();
  const events = tellStoreEvents(log, metrics, () => undefined);
  const database = await storeDatabase(kind);
  const store = await database.open(events);
  return { store, url: database.url, metrics, events, lines };
}

const valueOf = async (
  metric: { get(): Promise<{ values: { labels: object; value: number }[] }> },
  labels = {},
) =>
  (await metric.get()).values.find(({ labels: found }) => JSON.stringify(found) === JSON.stringify(labels))
    ?.value;

describe('What a store reports', () => {
  it('has the notifications that came after later ones, and counts none that is repeated', async () => {
    const { store, metrics } = await reportingStore();
    await openAttempt(store, 'ours');
    await store.record(started({ at: 1, recordingId: 'ours' }));
    const receive = (sequence: number, id: string) =>
      store.record({
        ...notification(
          45,
          { fileName: `${sequence}.jpg` },
          { at: 10 + sequence, sequence, recordingId: null },
        ),
        id,
      });
    for (const [index, sequence] of [0, 1, 4, 2, 3, 5].entries()) await receive(sequence, `first-${index}`);
    expect(await valueOf(metrics.notificationsLate)).toBe(2);
    await receive(2, 'again');
    expect(await valueOf(metrics.notificationsLate)).toBe(2);
  });

  it('has the leases that are held, by operation, until they are released', async () => {
    const { store } = await reportingStore();
    const [one, two] = (await store.leases.take(['a', 'b'], 'update')) as [Lease, Lease];
    const query = await store.leases.join('a', 'query', 1_000);
    expect(Object.fromEntries(store.heldLeases())).toEqual({ update: 2, query: 1 });
    // As it comes back from another thread.
    await store.leases.release({ ...one });
    await store.leases.release(one);
    await store.leases.release(query as Lease);
    expect(Object.fromEntries(store.heldLeases())).toEqual({ update: 1 });
    await store.leases.release(two);
    expect(store.heldLeases().size).toBe(0);
  });

  it('has how long a lease was waited for, whether it was obtained or not', async () => {
    const { store, metrics } = await reportingStore();
    const [lease] = (await store.leases.take(['a'], 'stop')) as [Lease];
    const work = () => Promise.resolve('done');
    await expect(withLease(store.leases, 'a', 'stop', { waitMs: 150 }, work)).rejects.toThrow(
      'another gateway',
    );
    const waiting = withLease(store.leases, 'a', 'stop', { waitMs: 60_000 }, work);
    await store.leases.release(lease);
    expect(await waiting).toBe('done');
    expect(await withLease(store.leases, 'b', 'stop', { waitMs: 0 }, work)).toBe('done');
    const { values } = await metrics.leaseWaitSeconds.get();
    const of = (suffix: string) => values.find(({ metricName = '' }) => metricName.endsWith(suffix))?.value;
    expect(of('_count')).toBe(2);
    expect(of('_sum')).toBeGreaterThan(0.15);
  });

  it('has the leases that were lost, once each', async () => {
    const { store, metrics, url } = await reportingStore('PostgreSQL');
    const [lease] = (await store.leases.take(['a'], 'stop')) as [Lease];
    await administer(url, async (client) => void (await client.query('update leases set until = 0')));
    const guard = guardLease(store.leases, lease);
    await expect(guard.beforeSending('stop')).rejects.toThrow('another gateway');
    await expect(guard.beforeSending('stop')).rejects.toThrow('another gateway');
    expect(await valueOf(metrics.leasesLost, { operation: 'stop' })).toBe(1);
    expect(await valueOf(metrics.leasesLost, { operation: 'update' })).toBe(0);
    expect(store.heldLeases().size).toBe(0);
  });

  it('has the sum of removed recordings also where the process ends within the minute', async () => {
    const { events, lines } = await reportingStore();
    events.onRemoved(3, 'age');
    events.onRemoved(2, 'age');
    events.onRemoved(1, 'command');
    events.close();
    events.close();
    expect(lines).toEqual([{ recordings: 5, message: 'removed old recordings' }]);
  });
});
