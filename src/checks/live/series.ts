import { type CallResult } from '@agora-recording-gateway/agora/client/client';
import { type Answers } from './answers.js';
import { type Recorder, type Started } from './recorder.js';
import { describeReply } from './shown-by-reply.js';

/** Scenes of acquire (REST reference): a channel, or a web page. */
export const SCENES = { channel: 0, page: 1 } as const;

/** How often a recording that was started is asked for until Agora knows it, and how long it is waited between. */
const QUERIES = { max: 8, intervalMs: 2_000 };

export interface SeriesParts {
  recorder: Recorder;
  answers: Answers;
  /** How long a recording runs whose files are of interest; 0 without users. Real milliseconds. */
  recordMs: number;
  /** Waits for real milliseconds. */
  pause: (milliseconds: number) => Promise<void>;
}

/** A call failed on which the rest of a series depends. */
export class SeriesError extends Error {}

export const isStatus = (result: CallResult, httpStatus: number) =>
  result.answered && result.httpStatus === httpStatus;

/** Of the reply to an acquire. */
export function resourceIdOf(result: CallResult): string {
  const resourceId = result.answered && result.httpStatus === 200 ? result.reply.resourceId : null;
  if (resourceId === null) throw new SeriesError(`${describeReply(result)}.`);
  return resourceId;
}

/** Queries a recording until Agora knows it, which may take seconds after its start. */
async function queryUntilKnown(
  { recorder, pause }: SeriesParts,
  step: string,
  started: Started,
): Promise<CallResult> {
  for (let asked = 1; ; asked += 1) {
    const result = await recorder.query(step, started);
    if (isStatus(result, 200) || asked === QUERIES.max) return result;
    await pause(QUERIES.intervalMs);
  }
}

/** Lets a recording run until it has files, if users publish, and queries it. */
export async function record(parts: SeriesParts, step: string, started: Started): Promise<void> {
  const { recorder, pause, recordMs } = parts;
  await queryUntilKnown(parts, `a query of ${step}`, started);
  if (recordMs === 0) return;
  await pause(recordMs);
  await recorder.query(`a query of ${step} that has run for a while`, started);
}
