import * as fc from 'fast-check';
import { fold } from '../../src/recordings/fold/fold.js';
import { type Observation } from '../../src/recordings/observation.js';
import { isFinal, phaseOf } from '../../src/recordings/view/phase.js';
import { controlOf, type RecordingState } from '../../src/recordings/state.js';
import { nextStep } from '../../src/recordings/policy/next-step.js';
import {
  attempt,
  blank,
  deadline,
  gapReported,
  HOUR,
  noReply,
  notFound,
  notification,
  outage,
  queried,
  reply,
  SECOND,
  started,
  stopped,
  T0,
  UID,
} from './observations.js';

/**
 * Random histories: what really happened to a recording, and what a gateway saw of it through a network that loses,
 * repeats, delays and reorders, over crashes and outages. Times are whole seconds after T0.
 */

export interface Delivery {
  lost: boolean;
  delay: number;
  /** Delays of further copies. */
  copies: number[];
}

export interface Plan {
  /** Started by this gateway, or elsewhere. */
  ours: boolean;
  start: 'answered' | 'unanswered' | 'never-began';
  /** When the recorder runs; null for one that fails at its start. */
  readyAt: number | null;
  /** Whether no user publishes at all. */
  silent: boolean;
  /** When the one user joins, leaves, joins again, … */
  toggles: number[];
  failovers: { at: number; lasts: number }[];
  end: { kind: 'stop' | 'async-stop' | 'idle' | 'fault' | 'token-expires' | 'vanishes'; at: number };
  uploadTakes: number;
  backup: boolean;
  stopAnswered: boolean;
  deliveries: Delivery[];
  /** Whether Agora's answers to queries arrive. */
  answers: boolean[];
  crashes: { at: number; lasts: number }[];
}

const second = (max: number) => fc.integer({ min: 0, max });

export const anyPlan: fc.Arbitrary<Plan> = fc.record({
  ours: fc.boolean(),
  start: fc.constantFrom('answered', 'answered', 'unanswered', 'never-began'),
  readyAt: fc.option(fc.integer({ min: 2, max: 120 }), { freq: 5 }),
  silent: fc.nat({ max: 4 }).map((number) => number === 0),
  toggles: fc.uniqueArray(second(900), { maxLength: 6 }).map((list) => list.sort((a, b) => a - b)),
  failovers: fc.array(fc.record({ at: second(900), lasts: fc.integer({ min: 1, max: 80 }) }), {
    maxLength: 2,
  }),
  end: fc.record({
    kind: fc.constantFrom('stop', 'async-stop', 'idle', 'fault', 'token-expires', 'vanishes'),
    at: fc.integer({ min: 10, max: 1_000 }),
  }),
  uploadTakes: fc.integer({ min: 1, max: 100 }),
  backup: fc.boolean(),
  stopAnswered: fc.boolean(),
  deliveries: fc.array(
    fc.record({
      lost: fc.oneof(
        { weight: 4, arbitrary: fc.constant(false) },
        { weight: 1, arbitrary: fc.constant(true) },
      ),
      delay: fc.oneof(fc.constant(0), second(8), second(400)),
      copies: fc.array(second(20), { maxLength: 2 }),
    }),
    { minLength: 1, maxLength: 12 },
  ),
  answers: fc.array(fc.boolean(), { minLength: 1, maxLength: 6 }),
  crashes: fc.array(fc.record({ at: second(1_200), lasts: fc.constantFrom(1, 1, 20, 300, 90_000) }), {
    maxLength: 3,
  }),
});

/** Everything that really happens, known beforehand. */
interface World {
  events: { at: number; uid: string; type: number; details: Record<string, unknown> }[];
  readyAt: number;
  /** When the first stream was received; Infinity if none was. */
  mediaAt: number;
  failovers: Plan['failovers'];
  /** When the recorder began to end, the files were up, and the session was over; Infinity for never. */
  endingAt: number;
  uploadedAt: number;
  overAt: number;
  failed: boolean;
}

/** In what a query at that time is answered: Agora's status, or null where it knows no such recording. */
function statusAt(world: World, at: number): number | null {
  if (at >= world.overAt) return null;
  if (world.failovers.some((move) => at >= move.at && at < move.at + move.lasts)) return null;
  if (at >= world.uploadedAt) return 8;
  if (at >= world.endingAt) return world.failed ? 20 : 7;
  if (at >= world.mediaAt) return 5;
  if (at >= world.readyAt) return 4;
  return 2;
}

const FILES = { fileList: [{ fileName: 'lesson.m3u8', trackType: 'audio_and_video', uid: '0' }] };

function worldOf(plan: Plan): World {
  const readyAt = plan.readyAt ?? Infinity;
  const faultAtStart = plan.readyAt === null;
  const endAt = faultAtStart ? 4 : Math.max(plan.end.at, readyAt + 3);
  const failed = faultAtStart || plan.end.kind === 'fault' || plan.end.kind === 'token-expires';
  const uploads = !failed && plan.end.kind !== 'vanishes';
  const uploadedAt = uploads ? endAt + plan.uploadTakes : Infinity;
  const overAt = plan.end.kind === 'vanishes' || failed ? endAt : uploadedAt + 1;
  const events: World['events'] = [];
  const failovers: Plan['failovers'] = [];
  let uid = UID;
  const emit = (at: number, type: number, details: Record<string, unknown> = {}) =>
    events.push({ at, uid, type, details });
  if (faultAtStart) {
    emit(3, 1, { module: 0, errorLevel: 5, errorCode: 110, errorMsg: 'no token' });
    emit(4, 11, { exitStatus: 1 });
  } else {
    const happenings: [number, () => void][] = [
      [readyAt, () => emit(readyAt, 40, { status: 0 })],
      ...(plan.silent
        ? []
        : [[readyAt, () => emit(readyAt, 42, { streamUid: '0' })] as [number, () => void]]),
    ];
    plan.toggles.forEach((at, index) => {
      if (!plan.silent && at > readyAt && at < endAt) {
        happenings.push([at, () => emit(at, 43, { streamUid: '7', state: index % 2 })]);
      }
    });
    for (let at = readyAt + 60; at < endAt && !plan.silent; at += 60) {
      happenings.push([at, () => emit(at, 33, { progress: Math.min(9_000, at * 10) })]);
    }
    let free = readyAt + 1;
    for (const move of [...plan.failovers].sort((a, b) => a.at - b.at)) {
      if (move.at < free || move.at + move.lasts >= endAt) continue;
      free = move.at + move.lasts + 1;
      failovers.push(move);
      happenings.push([
        move.at + move.lasts,
        () => {
          const at = move.at + move.lasts;
          const newUid = 1_000 + failovers.indexOf(move);
          emit(at, 12, { newUid });
          uid = String(newUid);
          emit(at, 40, { status: 0 });
        },
      ]);
    }
    if (plan.end.kind === 'token-expires') {
      const error = { module: 0, errorLevel: 5, errorCode: 109, errorMsg: '' };
      happenings.push([endAt, () => emit(endAt, 1, error)]);
    }
    if (failed) happenings.push([endAt, () => emit(endAt, 11, { exitStatus: 1 })]);
    if (uploads) {
      const leaveCode = plan.end.kind === 'idle' ? 4 : 16;
      happenings.push([endAt, () => emit(endAt, 41, { leaveCode })]);
      happenings.push([
        uploadedAt,
        () => (emit(uploadedAt, 33, { progress: 10_000 }), emit(uploadedAt, plan.backup ? 32 : 31, FILES)),
      ]);
      happenings.push([overAt, () => emit(overAt, 11, { exitStatus: 0 })]);
    }
    happenings.sort(([left], [right]) => left - right).forEach(([, happen]) => happen());
  }
  const mediaAt = plan.silent ? Infinity : readyAt;
  return { events, readyAt, mediaAt, failovers, endingAt: endAt, uploadedAt, overAt, failed };
}

/** One thing that reached the gateway, or happened to it, in this order. */
export type Step =
  | { kind: 'observation'; observation: Observation }
  /** A copy of a notification that had come. */
  | { kind: 'copy'; observation: Observation }
  | { kind: 'crash' };

export interface History {
  steps: Step[];
  observations: Observation[];
  /** The state after each observation, in the same order. */
  states: RecordingState[];
  world: World;
  /** When the last thing that the world did had reached the gateway or was lost; seconds after T0. */
  quietAt: number;
  /** When the gateway had nothing left to wait for; null if that never came. */
  settledAt: number | null;
}

/** Longer than any wait of the policy: three days of silence after a day in which Agora answers calls. */
const MAX_WAIT_S = (6 * 24 * HOUR) / SECOND;

const AFTER_NO_ANSWER_S = 15;
const ATTEMPTS_AT_DELIVERY_S = 6;
const MAX_LOOKS_AT_ONCE = 200;

/** Plays a plan: the world happens, and the gateway watches it by its policy. */
export function play(plan: Plan): History {
  const world = worldOf(plan);
  const began = !plan.ours || plan.start !== 'never-began';
  const downs = plan.crashes.map(({ at, lasts }) => ({ from: at, to: at + lasts }));
  const down = (at: number) => downs.find(({ from, to }) => at >= from && at < to);
  const steps: Step[] = [];
  const observations: Observation[] = [];
  const states: RecordingState[] = [];
  const came = new Set<string>();
  let state = blank();
  let counted = 0;

  const see = (observation: Observation) => {
    state = fold(state, observation);
    steps.push({ kind: 'observation', observation });
    observations.push(observation);
    states.push(state);
  };

  // What will arrive, and when. Agora tries again for a few seconds; after that a notification is lost.
  const arrivals: { at: number; run: () => unknown }[] = [];
  const arrive = (at: number, run: (at: number) => void) => {
    const outageThen = down(at);
    const actual = outageThen === undefined ? at : outageThen.to;
    if (outageThen !== undefined && outageThen.to - at > ATTEMPTS_AT_DELIVERY_S) return;
    if (down(actual) === undefined) arrivals.push({ at: actual, run: () => run(actual) });
  };
  const sequences = new Map<string, number>();
  for (const { at, uid, type, details } of began ? world.events : []) {
    const sequence = sequences.get(uid) ?? 0;
    sequences.set(uid, sequence + 1);
    const delivery = plan.deliveries[counted++ % plan.deliveries.length];
    if (delivery === undefined) throw new Error('A plan has at least one delivery.');
    const noticeId = `${uid}:${sequence}`;
    const hash = `${type}:${noticeId}`;
    [...(delivery.lost ? [] : [delivery.delay]), ...delivery.copies].forEach((delay) =>
      arrive(at + delay, (receivedAt) => {
        const observation = notification(type, details, { at, receivedAt, uid, sequence, noticeId, hash });
        if (came.has(noticeId)) steps.push({ kind: 'copy', observation });
        else see(observation);
        came.add(noticeId);
      }),
    );
  }
  if (plan.ours) {
    see(attempt({ at: 0, facts: { resourceExpiredHour: 1 } }));
    if (plan.start === 'answered') see(started({ at: 0, receivedAt: 1 }));
    else see(noReply('start', { at: 0, receivedAt: 1 }));
    const stops = plan.end.kind === 'stop' || plan.end.kind === 'async-stop';
    if (stops && plan.readyAt !== null) {
      arrive(world.endingAt, (at) => stopAt(at));
    }
  }
  for (const { from, to } of downs) {
    arrivals.push({ at: from, run: () => steps.push({ kind: 'crash' }) });
    const isLive = () => observations.length > 0 && !isFinal(phaseOf(state).phase);
    if (to - from >= 30) arrivals.push({ at: to, run: () => isLive() && see(outage(from, to)) });
  }

  function stopAt(at: number): void {
    if (controlOf(state) === null || at > world.overAt) return;
    const answersAt = plan.end.kind === 'async-stop' ? at + 1 : Math.min(world.uploadedAt, at + 20);
    // The reply is lost with the gateway, and no query is made while it is awaited.
    stopRunsUntil = answersAt;
    if (downs.some(({ from }) => from >= at && from <= answersAt)) return;
    arrivals.push({
      at: answersAt,
      run: () => {
        const about = { at, receivedAt: answersAt };
        if (!plan.stopAnswered) see(noReply('stop', about));
        else if (plan.end.kind === 'async-stop') see(stopped({}, about));
        else if (world.uploadedAt <= answersAt) {
          see(stopped({ ...FILES, uploadingStatus: plan.backup ? 'backuped' : 'uploaded' }, about));
        } else see(reply('stop', 200, { code: 50 }, about));
      },
    });
  }
  let stopRunsUntil = -1;
  let asked = 0;
  let notBefore = 0;
  let now = 1;

  /** The watch looks at the recording; false if it has nothing to do. */
  function look(): boolean {
    const time = T0 + now * SECOND;
    const next = nextStep(state, time);
    if (next === null || next.at > time) return false;
    if (next.action === 'gap') {
      const { from, to, recorderUid } = next.gap;
      see(gapReported(from, to, { uid: recorderUid, at: (next.at - T0) / SECOND, receivedAt: now }));
      return true;
    }
    if (next.action === 'deadline') {
      see(deadline(next.deadline, { at: (next.at - T0) / SECOND, receivedAt: now }));
      return true;
    }
    const answered = plan.answers[asked++ % plan.answers.length] === true;
    const status = began ? statusAt(world, now) : null;
    if (!answered || now < stopRunsUntil) {
      notBefore = now + AFTER_NO_ANSWER_S;
      return false;
    }
    const files = status !== null && status >= 5 && status !== 20 ? FILES : {};
    see(status === null ? notFound({ at: now }) : queried(status, { at: now, response: files }));
    return true;
  }

  const quietAt = Math.max(0, ...arrivals.map(({ at }) => at), world.overAt === Infinity ? 0 : world.overAt);
  let settledAt: number | null = null;
  const until = quietAt + MAX_WAIT_S;
  while (now <= until) {
    arrivals.sort((left, right) => left.at - right.at);
    while (arrivals[0] !== undefined && arrivals[0].at <= now) arrivals.shift()?.run();
    const outageNow = down(now);
    const mayLook = outageNow === undefined && now >= notBefore && observations.length > 0;
    for (let looks = 0; mayLook && look(); looks += 1) {
      if (looks > MAX_LOOKS_AT_ONCE) throw new Error(`The watch goes in circles, ${now} s after T0.`);
    }
    const lookAt = observations.length === 0 ? null : (nextStep(state, T0 + now * SECOND)?.at ?? null);
    if (lookAt === null && arrivals.length === 0) {
      settledAt = now;
      break;
    }
    const wakeAt =
      lookAt === null ? Infinity : Math.max((lookAt - T0) / SECOND, notBefore, outageNow?.to ?? 0);
    now = Math.max(now + 1, Math.min(Math.ceil(wakeAt), arrivals[0]?.at ?? Infinity));
  }
  return { steps, observations, states, world, quietAt, settledAt };
}
