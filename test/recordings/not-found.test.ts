import { describe, expect, it } from 'vitest';
import { type NotFoundCause, whyNotFound } from '../../src/recordings/view/not-found.js';
import { recordingOf } from '../../src/recordings/view/recording.js';
import { type RecordingState } from '../../src/recordings/state.js';
import {
  attempt,
  begun,
  deadline,
  foldAll,
  HOUR,
  notFound,
  notification,
  queried,
  SECOND,
  stopped,
  T0,
} from './observations.js';

const moment = (seconds: number) => new Date(T0 + seconds * SECOND).toISOString();
const running = notification(40, {}, { at: 7 });

interface Case {
  what: string;
  state: RecordingState;
  /** Seconds after T0. */
  at: number;
  cause: NotFoundCause;
  evidence: string[];
}

const CASES: readonly Case[] = [
  {
    what: 'a start that was taken a moment ago',
    state: begun(notFound({ at: 12 })),
    at: 12,
    cause: 'NOT_YET',
    evidence: [
      moment(0),
      `not running yet at ${moment(12)}`,
      `until ${moment(90)}`,
      'Likely causes',
      'storage',
    ],
  },
  {
    what: 'a start whose channel was empty for maxIdleTime',
    state: begun(notFound({ at: 35 })),
    at: 35,
    cause: 'NOT_YET',
    evidence: ['no user published for maxIdleTime (30 s)'],
  },
  {
    what: 'a start that was accepted a moment ago, and is under way',
    state: begun(queried(2, { at: 5 }), notFound({ at: 20 })),
    at: 20,
    cause: 'NOT_YET',
    evidence: [`not running yet at ${moment(20)}`],
  },
  {
    what: 'a start that nothing has confirmed for 90 s',
    state: begun(notFound({ at: 90 })),
    at: 90,
    cause: 'FAULT',
    evidence: [moment(0), 'nothing has confirmed', 'Likely causes', 'the token', 'maxIdleTime (30 s)'],
  },
  {
    what: 'one that exited abnormally before it ran',
    state: begun(notification(11, { exitStatus: 1 }, { at: 9 }), notFound({ at: 12 })),
    at: 12,
    cause: 'FAULT',
    evidence: [`exited abnormally at ${moment(9)}`, 'the token'],
  },
  {
    what: 'one with an error that was reported before it ran',
    state: begun(
      notification(
        1,
        { module: 2, errorCode: 52, errorLevel: 5, errorMsg: 'bad transcodingConfig' },
        { at: 6 },
      ),
      notFound({ at: 12 }),
    ),
    at: 12,
    cause: 'FAULT',
    evidence: [moment(6), 'bad transcodingConfig'],
  },
  {
    what: 'one whose storage refused its files while it ran',
    state: begun(
      running,
      notification(
        1,
        { module: 1, errorCode: 32, errorLevel: 5, errorMsg: 'storage configuration rejected' },
        { at: 40 },
      ),
      notFound({ at: 60 }),
    ),
    at: 60,
    cause: 'FAULT',
    evidence: [moment(40), 'storage configuration rejected'],
  },
  {
    what: 'one that ran a moment ago',
    state: begun(running, queried(5, { at: 30 }), notFound({ at: 60 })),
    at: 100,
    cause: 'MOVING',
    evidence: [`until ${moment(150)}`, `last seen at ${moment(30)}`, 'up to 90 s'],
  },
  {
    what: 'one that ran, and was not asked for before',
    state: begun(running),
    at: 60,
    cause: 'MOVING',
    evidence: [`until ${moment(150)}`],
  },
  {
    what: 'one that is not found for longer than a fail-over takes',
    state: begun(running, notFound({ at: 60 }), notFound({ at: 150 })),
    at: 150,
    cause: 'ENDED',
    evidence: [`since ${moment(60)}`, 'counts as ended unless it is found again'],
  },
  {
    what: 'one in whose channel no user publishes any more',
    state: begun(
      running,
      notification(43, { streamUid: '71', state: 0, UtcMs: T0 + 8 * SECOND }, { at: 8 }),
      notification(43, { streamUid: '71', state: 1, UtcMs: T0 + 20 * SECOND }, { at: 20 }),
      notFound({ at: 60 }),
      notFound({ at: 150 }),
      deadline('NOT_FOUND', { at: 150 }),
    ),
    at: 150,
    cause: 'ENDED',
    evidence: ['IDLE: the recorder received no stream'],
  },
  {
    what: 'one that was stopped',
    state: begun(running, stopped({}, { at: 50 })),
    at: 60,
    cause: 'ENDED',
    evidence: [`is ending at ${moment(50)} (STOP_REQUESTED)`, "stop's reply 200"],
  },
  {
    what: 'one that left because the channel was empty',
    state: begun(running, notification(41, { leaveCode: 4 }, { at: 50 })),
    at: 60,
    cause: 'ENDED',
    evidence: [`ended at ${moment(50)} (IDLE, uncertain)`, 'notification 41'],
  },
  {
    what: 'one whose calls Agora answers no more',
    state: begun(running),
    at: (24 * HOUR) / SECOND,
    cause: 'EXPIRED',
    evidence: [moment((24 * HOUR) / SECOND), 'resourceExpiredHours'],
  },
  {
    what: 'one of which Agora never gave a sign',
    state: foldAll([attempt()]),
    at: 30,
    cause: 'NEVER_KNOWN',
    evidence: ['check sid, resource id'],
  },
];

describe('A 404 is explained', () => {
  it.each(CASES.map((row) => [row.what, row.cause, row] as const))('for %s: %s', (_what, cause, row) => {
    const why = whyNotFound(row.state, T0 + row.at * SECOND);
    expect(why.cause).toBe(cause);
    for (const part of row.evidence) expect(why.description).toContain(part);
    expect(why.description).toMatch(/^[A-Z].*\.$/);
  });

  it('names an idle channel as a cause only once maxIdleTime has passed', () => {
    for (const [at, isNamed] of [
      [5, false],
      [29, false],
      [30, true],
    ] as const) {
      const { description } = whyNotFound(begun(notFound({ at })), T0 + at * SECOND);
      expect(description.includes('maxIdleTime')).toBe(isNamed);
      expect(description).toContain(isNamed ? ', or a channel' : ', or a parameter');
    }
  });

  it('in the explanation of a recording, while the latest answer was a 404', () => {
    const state = begun(running, notFound({ at: 60 }));
    expect(recordingOf(state).explanation).toContain(
      `Agora did not find it when last asked (${moment(60)}). It ran, and may be moving to another server`,
    );
    const found = foldAll([queried(5, { at: 70 })], state);
    expect(recordingOf(found).explanation).not.toContain('did not find it');
  });
});
