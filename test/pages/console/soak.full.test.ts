import { type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  notificationSender,
  notificationSeries,
  recordingSteps,
} from '../../support/agora/send-notification.js';
import { largeSized, SOAK } from '../../support/size.js';
import { openStage, type Stage } from '../../support/stage.js';
import { waitFor } from '../../support/wait-for.js';
import { SKIP_WITHOUT_CHROMIUM } from '../browser.js';
import { type ConsoleBrowser, openConsoleBrowser } from './console-browser.js';

const RECORDINGS = largeSized(60, 500);

/** For how long changes are sent at each rate. Seconds. */
const DURATION_SECONDS = largeSized(3, 300);

/** For how long they are sent before that, so that what is loaded and cached once is not counted as growth. Seconds. */
const WARM_UP_SECONDS = largeSized(2, 30);

/** Recordings that are begun at once. */
const BEGUN_AT_ONCE = 20;

/** At the 95th percentile; only at soak size, on a machine that does nothing else. Milliseconds. */
const MAX_FRAME_MS = 32;

/** How much larger the heap may be after as much as before, and what the measurement itself may add. */
const MAX_HEAP_GROWTH = 1.1;
const HEAP_SLACK_BYTES = 3_000_000;

let stage: Stage;
let site: ConsoleBrowser;
let steps: ReturnType<typeof recordingSteps>;

const channels = Array.from({ length: RECORDINGS }, (_, index) => `soak-${String(index).padStart(4, '0')}`);

interface Frames {
  count: number;
  p50: number;
  p95: number;
  max: number;
}

/** Begins to measure the time from each frame to the next, in the page. */
const MEASURE = `
  globalThis.frames = [];
  globalThis.measuring = true;
  let last = performance.now();
  const frame = (now) => { globalThis.frames.push(now - last); last = now; if (globalThis.measuring) requestAnimationFrame(frame); };
  requestAnimationFrame((now) => { last = now; requestAnimationFrame(frame); });
  undefined;`;

async function framesOf(page: Page): Promise<Frames> {
  const frames = await page.evaluate<number[]>('(globalThis.measuring = false, globalThis.frames)');
  const sorted = frames.toSorted((left, right) => left - right);
  const at = (share: number) => Math.round((sorted[Math.floor((sorted.length - 1) * share)] ?? 0) * 10) / 10;
  return { count: sorted.length, p50: at(0.5), p95: at(0.95), max: at(1) };
}

/** Bytes that are in use after what is not needed was let go. */
async function heapOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize;
}

/** Changes that were sent in all. */
let turns = 0;

/** Changes recordings in turn, at a rate, evenly; a change that is late is not made up for. Returns how many there were. */
async function changeAll(perSecond: number, seconds: number): Promise<number> {
  const until = performance.now() + seconds * 1_000;
  let changes = 0;
  const sent: Promise<void>[] = [];
  for (let next = performance.now(); next < until; next += 1_000 / perSecond) {
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, next - performance.now())));
    const channel = channels[turns % channels.length] ?? '';
    // The state of the stream is another one each time that it is the channel's turn.
    sent.push(steps.stream(channel, Math.floor(turns / channels.length) % 2));
    turns += 1;
    changes += 1;
    if (sent.length > 100) await sent.shift();
  }
  await Promise.all(sent);
  return changes;
}

describe.skipIf(SKIP_WITHOUT_CHROMIUM)(`The console with ${RECORDINGS} live recordings`, () => {
  beforeAll(async () => {
    stage = await openStage();
    site = await openConsoleBrowser(() => stage.gateway.url);
    steps = recordingSteps(notificationSeries(await notificationSender(stage), () => Date.now()));
    for (let from = 0; from < channels.length; from += BEGUN_AT_ONCE)
      await Promise.all(channels.slice(from, from + BEGUN_AT_ONCE).map((channel) => steps.begin(channel)));
  });

  afterAll(async () => {
    await site.close();
    await stage.close();
  });

  it.each([10, 100])(
    'stays smooth, right and as small as it was with %i changes a second',
    async (perSecond) => {
      const page = await site.open('?phase=RECORDING');
      const counted = (count: number) =>
        page.getByRole('button', { name: `Recording ${count}`, exact: true });
      await counted(RECORDINGS).waitFor();
      let received = 0;
      page.on('websocket', (socket) => socket.on('framereceived', () => (received += 1)));
      await page.reload();
      await page.locator('.list[data-status="live"] .row').first().waitFor();
      await changeAll(perSecond, WARM_UP_SECONDS);
      const before = await heapOf(page);
      received = 0;
      await page.evaluate(MEASURE);
      const changes = await changeAll(perSecond, DURATION_SECONDS);
      const frames = await framesOf(page);
      await waitFor(() => received > 0, { what: 'changes in the page' });
      const after = await heapOf(page);
      const megabytes = (bytes: number) => Math.round(bytes / 100_000) / 10;
      console.log(
        JSON.stringify({
          ...{ recordings: RECORDINGS, perSecond, changes, received, frames },
          heapMB: [megabytes(before), megabytes(after)],
        }),
      );
      expect(frames.count).toBeGreaterThan(10);
      // Of changes that come together the latest state is sent.
      expect(received).toBeGreaterThan(changes / 20);
      expect(after).toBeLessThan(before * MAX_HEAP_GROWTH + HEAP_SLACK_BYTES);
      if (SOAK) expect(frames.p95).toBeLessThan(MAX_FRAME_MS);
      // A change of phase is shown, so what was sent before it was taken as well.
      const extra = `soak-extra-${perSecond}`;
      await steps.begin(extra);
      await counted(RECORDINGS + 1).waitFor();
      await steps.end(extra);
      await counted(RECORDINGS).waitFor();
    },
  );
});
