import { IDLE_SECONDS, type Started, type StartRequest } from './recorder.js';
import { isStatus, record, resourceIdOf, SCENES, SeriesError, type SeriesParts } from './series.js';
import { describeReply } from './shown-by-reply.js';

/** How often a start is tried again where a stop that was answered does not free the channel at once, and how long it is waited between. */
const STARTS = { max: 6, intervalMs: 10_000 };

/** The code of a stop of a recording that is ending (table of status codes). */
const ALREADY_ENDING = 49;

/** Statuses of a recording that is ending (query page). */
const ENDING = [6, 7, 8];

const PARAMETERS: StartRequest = {
  recordingConfig: { channelType: 0, maxIdleTime: IDLE_SECONDS },
  recordingFileConfig: { avFileType: ['hls'] },
};

/** What a stop that was answered leaves behind: for calls about the recording, and for the next start. */
async function afterStop(parts: SeriesParts, uid: string, ended: Started): Promise<Started> {
  const { recorder, answers, pause } = parts;
  const late = await recorder.query('a query after the stop was answered', ended);
  if (late.answered) answers.note('answeredStopEndsTask', isStatus(late, 404), describeReply(late));
  for (let tried = 1; ; tried += 1) {
    const step = 'the next recording of the same channel and uid';
    const acquired = await recorder.acquire(`acquire: ${step}`, uid, SCENES.channel);
    const parameters = recorder.parameters(uid, PARAMETERS);
    const resourceId = resourceIdOf(acquired);
    const { result, started } = await recorder.startWith(step, resourceId, { mode: 'mix', uid }, parameters);
    if (tried === 1 && result.answered) {
      answers.note('answeredStopEndsTask', started !== null, describeReply(result));
    }
    if (started !== null) return started;
    if (tried === STARTS.max) throw new SeriesError(`${describeReply(result)}.`);
    await pause(STARTS.intervalMs);
  }
}

/** What Agora answers while a recording ends. One without files may end at once: then nothing is seen. */
async function whileEnding({ recorder, answers }: SeriesParts, started: Started): Promise<void> {
  await recorder.stop('a stop that does not wait', started, true);
  const queried = await recorder.query('a query while the recording ends', started);
  const again = await recorder.stop('a second stop', started, true);
  const after = await recorder.query('a query after the second stop', started);
  if (queried.answered && queried.httpStatus !== 404) {
    const { status } = queried.reply;
    const holds = isStatus(queried, 200) && status !== null && ENDING.includes(status);
    const detail = `${describeReply(queried)}, status ${status ?? 'not named'}`;
    answers.note('queryWhileEndingTellsStatus', holds, detail);
  }
  const isInvalid = isStatus(again, 400) && again.answered && again.reply.code === ALREADY_ENDING;
  const hasEnded = !isInvalid && isStatus(after, 404);
  if (again.answered && !hasEnded) answers.note('secondStopIsInvalid', isInvalid, describeReply(again));
}

/** Two composite recordings, from acquire to the end, with each call that is answered differently by what went before. */
export async function observeLifetime(parts: SeriesParts): Promise<void> {
  const { recorder } = parts;
  const uid = recorder.newUid();
  const resourceId = resourceIdOf(
    await recorder.acquire('acquire: a composite recording', uid, SCENES.channel),
  );
  const parameters = recorder.parameters(uid, PARAMETERS);
  const place = { mode: 'mix', uid } as const;
  const first = await recorder.startWith('a composite recording', resourceId, place, parameters);
  if (first.started === null) throw new SeriesError(`${describeReply(first.result)}.`);
  await recorder.startWith('a second start with the same resource', resourceId, place, parameters);
  await record(parts, 'a composite recording', first.started);
  await recorder.stop('a stop that waits', first.started);
  const next = await afterStop(parts, uid, first.started);
  await record(parts, 'the next recording', next);
  await whileEnding(parts, next);
}
