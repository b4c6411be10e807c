import { describe, expect, it, onTestFinished } from 'vitest';
import { createFeed, type Feed } from '../../src/feed/feed.js';
import { type Store } from '../../src/store/store.js';
import { createLog } from '../../src/telemetry/log.js';
import { notification, started } from '../recordings/observations.js';
import { onBothDatabases, openAttempt, recordAll } from '../store/support.js';
import { waitFor } from '../support/wait-for.js';

const incoming: typeof notification = (type, details, about) =>
  notification(type, details, { recordingId: null, ...about });

const progress = (step: number, about: object = {}) =>
  incoming(33, { progress: step }, { at: step, sequence: step, ...about });

onBothDatabases(({ newStore }) => {
  async function open(): Promise<{ store: Store; feed: Feed }> {
    const store = await newStore();
    const feed = await createFeed(store, createLog('silent'));
    onTestFinished(() => feed.close());
    return { store, feed };
  }

  async function versionOf(store: Store, id: string): Promise<number> {
    const [recording] = await store.recordings([id]);
    return recording?.version ?? -1;
  }

  /** A feed that begins after a recording was first seen, so that it reports only later changes. */
  async function openWithRecording(): Promise<{ store: Store; feed: Feed; recordingId: string }> {
    const store = await newStore();
    const { recordingId } = await store.record(progress(1));
    const feed = await createFeed(store, createLog('silent'));
    onTestFinished(() => feed.close());
    return { store, feed, recordingId };
  }

  /** Resolves to what the promise does, or to `silence` if nothing comes for longer than the feed polls. */
  async function orSilence<T>(promise: Promise<T>): Promise<T | 'silence'> {
    return await Promise.race([
      promise,
      new Promise<'silence'>((resolve) => setTimeout(() => resolve('silence'), 1_300)),
    ]);
  }

  describe('who waits for a recording', () => {
    it('is woken by the next commit with the version it reached', async () => {
      const { store, feed, recordingId } = await openWithRecording();
      const changes = feed.recording(recordingId);
      for (const step of [2, 3, 4]) {
        const change = changes.next();
        await store.record(progress(step));
        expect(await change).toEqual({ done: false, value: step });
      }
    });

    it('gets all changes committed since its last read as one, the greatest version', async () => {
      const { store, feed, recordingId } = await openWithRecording();
      const changes = feed.recording(recordingId);
      const others = feed.recording(recordingId);
      await recordAll(
        store,
        [2, 3, 4, 5].map((step) => progress(step)),
      );
      // Another subscriber's wake-up shows that the feed has read on.
      let last = 0;
      while (last < 5) last = (await others.next()).value as number;
      expect(await changes.next()).toEqual({ done: false, value: 5 });
      const next = changes.next();
      await store.record(progress(6));
      expect(await next).toEqual({ done: false, value: 6 });
    });

    it('misses nothing that is committed after it joined, however many recordings change at once', async () => {
      const { store, feed } = await open();
      const about = (index: number) => ({ sid: `sid-${index}`, cname: `channel-${index}` });
      const ids = (
        await recordAll(
          store,
          [0, 1, 2, 3].map((index) => progress(1, about(index))),
        )
      ).map(({ recordingId }) => recordingId);
      const waiting = ids.map(async (id) => {
        let version = 0;
        for await (const reached of feed.recording(id)) {
          expect(reached).toBeGreaterThanOrEqual(version);
          version = reached;
          if (version === 200) break;
        }
        return version;
      });
      for (let step = 2; step <= 200; step += 1) {
        void recordAll(
          store,
          [0, 1, 2, 3].map((index) => progress(step, about(index))),
        );
      }
      expect(await Promise.all(waiting)).toEqual([200, 200, 200, 200]);
    });

    it('is not woken by another recording', async () => {
      const { store, feed, recordingId } = await openWithRecording();
      const change = feed.recording(recordingId).next();
      await store.record(progress(1, { sid: 'another', cname: 'elsewhere' }));
      expect(await orSilence(change)).toBe('silence');
      await store.record(progress(2));
      expect(await change).toEqual({ done: false, value: 2 });
    });

    it('does not get changes that were committed before the feed began', async () => {
      const { feed, recordingId } = await openWithRecording();
      expect(await orSilence(feed.recording(recordingId).next())).toBe('silence');
    });
  });

  describe('who waits for a recording that is found to be another one', () => {
    async function merged() {
      const store = await newStore();
      await openAttempt(store, 'ours');
      const { recordingId: theirs } = await store.record(progress(1, { uid: '104' }));
      await store.record(progress(2, { uid: '104' }));
      const feed = await createFeed(store, createLog('silent'));
      onTestFinished(() => feed.close());
      return { store, feed, theirs };
    }

    it('is woken by the discovery, under either id', async () => {
      const { store, feed, theirs } = await merged();
      const changes = ['ours', theirs].map((id) => feed.recording(id).next());
      await store.record(started({ recordingId: 'ours' }));
      for (const change of changes) expect((await change).done).toBe(false);
    });

    it('gets the version that the merged recording has from then on', async () => {
      const { store, feed, theirs } = await merged();
      const changes = feed.recording(theirs);
      await store.record(started({ recordingId: 'ours' }));
      let latest = 0;
      for (;;) {
        const change = await orSilence(changes.next());
        if (change === 'silence') break;
        latest = change.value as number;
      }
      expect(latest).toBe(await versionOf(store, 'ours'));
    });

    it('is woken when it joins under the id that is an alias', async () => {
      const { store, feed, theirs } = await merged();
      await store.record(started({ recordingId: 'ours' }));
      const next = feed.recording(theirs);
      await store.record(progress(3, { uid: '104' }));
      const reached = await versionOf(store, 'ours');
      await waitFor(async () => (await next.next()).value === reached, { what: 'the wake-up' });
    });
  });

  describe('the end of waiting', () => {
    it('comes to all with the end of the feed', async () => {
      const { feed, recordingId } = await openWithRecording();
      const asking = feed.recording(recordingId).next();
      const later = feed.recording(recordingId);
      await feed.close();
      expect(await asking).toEqual({ done: true, value: undefined });
      expect(await later.next()).toEqual({ done: true, value: undefined });
      expect(await feed.recording(recordingId).next()).toEqual({ done: true, value: undefined });
    });

    it('leaves the store alone: it may be closed after the feed', async () => {
      const { store, feed } = await open();
      void store.record(progress(1));
      await feed.close();
      await expect(store.close()).resolves.toBeUndefined();
    });

    it('comes to one that leaves, and to it alone', async () => {
      const { store, feed, recordingId } = await openWithRecording();
      const [leaving, staying] = [feed.recording(recordingId), feed.recording(recordingId)];
      const pending = leaving.next();
      expect(await leaving.return?.()).toEqual({ done: true, value: undefined });
      expect(await pending).toEqual({ done: true, value: undefined });
      const change = staying.next();
      await store.record(progress(2));
      expect(await change).toEqual({ done: false, value: 2 });
      expect(await leaving.next()).toEqual({ done: true, value: undefined });
    });
  });
});
