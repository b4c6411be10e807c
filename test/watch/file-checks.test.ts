import { type IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { explained } from '../../src/media/unavailable.js';
import { recordingOf } from '../../src/recordings/view/recording.js';
import { createLog } from '../../src/telemetry/log.js';
import { createMetrics } from '../../src/telemetry/metrics.js';
import { createFileChecks, fileCheckRetryAt, TRYING_TIMEOUT_MS } from '../../src/watch/file-checks.js';
import { mediaOver, serveStorage } from '../media/support.js';
import { notification } from '../recordings/observations.js';
import { logOf } from '../store/support.js';
import { SID } from '../support/agora/scripted-agora.js';
import { cleanUpAfterEach } from '../support/clean-ups.js';
import { type CommandsUnderTest, commandsUnderTest, START, startOne } from '../support/commands.js';
import { waitFor } from '../support/wait-for.js';

const cleanUps = cleanUpAfterEach();

const MINUTE = 60_000;
const NAMES = ['a.m3u8', 'a_0.mp4', 'b.mp4'];

type Status = (fileName: string) => number | 'no answer';

/** A completed recording whose storage answers with a status for each file, and what checks its files. */
async function completed(status: Status) {
  const test = await commandsUnderTest(cleanUps, { checkFiles: true });
  const requests: string[] = [];
  let answer = status;
  const url = await serveStorage(cleanUps, (request: IncomingMessage, response) => {
    const name = request.url?.split('?')[0]?.split('/').at(-1) ?? '';
    requests.push(`${request.method} ${name}`);
    const found = answer(name);
    if (found !== 'no answer') response.writeHead(found).end();
  });
  const media = mediaOver(cleanUps, url, { proxy: false, clock: test.clock });
  const metrics = createMetrics();
  const newChecks = () => {
    const checks = createFileChecks({
      ...test,
      log: createLog('silent'),
      metrics,
      askStorage: async (storage, names, signal) => {
        const found = await media.filesInStorage(storage, names, signal);
        return typeof found === 'string' ? explained(found) : found;
      },
    });
    cleanUps.push(() => checks.close());
    return checks;
  };
  const id = await startOne(test);
  const about = { recordingId: null, sid: SID, cname: START.channel, uid: START.uid };
  const fileList = NAMES.map((fileName) => ({ fileName, trackType: 'audio_and_video', uid: '0' }));
  await test.store.record(notification(11, { exitStatus: 0 }, { ...about, at: 5 }));
  await test.store.record(notification(31, { status: 0, fileList }, { ...about, at: 10 }));
  return {
    test,
    id,
    requests,
    newChecks,
    answerWith: (next: Status) => void (answer = next),
    outcomes: async () => {
      const { values } = await metrics.fileChecks.get();
      return new Map(values.map(({ labels, value }) => [labels.outcome, value]));
    },
  };
}

async function recording(test: CommandsUnderTest, id: string) {
  const [state] = await test.store.states([id]);
  if (state == null) throw new Error('The store lost the recording.');
  return recordingOf(state);
}

const checksIn = async (test: CommandsUnderTest, id: string) =>
  (await logOf(test.store, id)).filter(({ type }) => type === 'FILE_CHECK');

describe('The watch of a profile with checkFiles', () => {
  it('asks once for each file by HEAD, and records which ones are missing as an event', async () => {
    const { test, id, requests, newChecks, outcomes } = await completed((name) =>
      name === 'b.mp4' ? 404 : 200,
    );
    test.watch(newChecks());
    test.advance(60 * MINUTE);
    const { problems, fileCheck } = await waitFor(async () => {
      const found = await recording(test, id);
      return found.fileCheck !== null && found;
    });
    expect(fileCheck).toMatchObject({ files: 3, missing: ['b.mp4'], denied: [], absent: 1, notMade: null });
    expect(problems).toMatchObject([
      { code: 'FILE_NOT_FOUND_IN_STORAGE', message: expect.stringContaining('b.mp4') as string },
    ]);
    expect(requests.sort()).toEqual(NAMES.map((name) => `HEAD ${name}`).sort());
    expect(await checksIn(test, id)).toHaveLength(1);
    await waitFor(async () => (await outcomes()).get('incomplete') === 1);
    test.advance(48 * 60 * MINUTE);
    await waitFor(async () => (await test.store.nextWatchAt()) === null);
    expect(requests).toHaveLength(3);
  });

  it('is made by one of two that watch the same store', async () => {
    const { test, id, requests, newChecks } = await completed(() => 200);
    test.watch(newChecks());
    test.watch(newChecks());
    test.advance(60 * MINUTE);
    await waitFor(async () => (await recording(test, id)).fileCheck !== null);
    expect(requests).toHaveLength(3);
    expect(await checksIn(test, id)).toHaveLength(1);
  });

  it('asks again after a fault of the storage, and is made by a later process if the first one ends', async () => {
    const { test, id, newChecks, answerWith, outcomes } = await completed(() => 503);
    const first = newChecks();
    const watch = test.watch(first);
    test.advance(60 * MINUTE);
    await waitFor(async () => (await outcomes()).get('retried') === 1);
    await watch.close();
    await first.close();
    expect((await recording(test, id)).fileCheck).toBeNull();
    answerWith(() => 200);
    test.watch(newChecks());
    test.advance(120 * MINUTE);
    const { problems } = await waitFor(async () => {
      const found = await recording(test, id);
      return found.fileCheck !== null && found;
    });
    expect(problems).toEqual([]);
    expect((await outcomes()).get('complete')).toBe(1);
  });

  it('records after a day that the storage cannot be asked, with the reason', async () => {
    const { test, id, newChecks } = await completed(() => 403);
    test.watch(newChecks());
    test.advance(TRYING_TIMEOUT_MS + 60 * MINUTE);
    const { fileCheck, problems } = await waitFor(async () => {
      const found = await recording(test, id);
      return found.fileCheck !== null && found;
    });
    expect(fileCheck?.notMade?.reason).toBe('STORAGE_DENIES_READING');
    expect(problems).toMatchObject([
      { code: 'FILE_CHECK_FAILED', message: expect.stringContaining('readCredentialsFile') as string },
    ]);
  });

  it('takes a refused file for one that is absent where the key reads others', async () => {
    const { test, id, newChecks } = await completed((name) => (name === 'b.mp4' ? 403 : 200));
    test.watch(newChecks());
    test.advance(60 * MINUTE);
    await waitFor(async () => (await recording(test, id)).fileCheck?.denied[0] === 'b.mp4');
  });

  it('ends at once when the gateway closes, although the storage does not answer', async () => {
    const { test, id, requests, newChecks } = await completed(() => 'no answer');
    const checks = newChecks();
    test.watch(checks);
    test.advance(60 * MINUTE);
    await waitFor(() => requests.length === 3);
    await checks.close();
    expect(await checksIn(test, id)).toEqual([]);
  });
});

it('A check that could not be made is tried again after five minutes, then after as long as it has been due', () => {
  const due = 1_000;
  expect(fileCheckRetryAt(due, due)).toBe(due + 5 * MINUTE);
  expect(fileCheckRetryAt(due, due + 20 * MINUTE)).toBe(due + 40 * MINUTE);
});
