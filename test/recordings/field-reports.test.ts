import { describe, expect, it } from 'vitest';
import { type Observation } from '../../src/recordings/observation.js';
import { recordingOf } from '../../src/recordings/view/recording.js';
import {
  attempt,
  deadline,
  foldAll,
  noReply,
  notFound,
  notification,
  queried,
  reply,
  started,
  stopped,
} from './observations.js';

/** What a recording must show: its phase and end, what the explanation says, and which problems it has. */
interface Shown {
  phase: string;
  endReason: string | null;
  says?: (string | RegExp)[];
  problems?: string[];
  /** Entries of the file list as Agora returned it. */
  listed?: number;
}

interface Report {
  situation: string;
  /** Calls and their replies, and deadlines that passed. */
  calls: Observation[];
  notifications: Observation[];
  /** With notifications, whether they arrive in time or after everything else. */
  withNotifications: Shown;
  /** Without any notification. */
  without: Shown;
}

const error = (module: number, errorCode: number, at: number) =>
  notification(1, { module, errorCode, errorLevel: 5, errorMsg: '', stat: 0 }, { at });
const STILL_UNKNOWN = [notFound({ at: 6 }), notFound({ at: 40 }), deadline('START_UNCONFIRMED', { at: 90 })];
const VANISHED = [notFound({ at: 70 }), notFound({ at: 165 }), deadline('NOT_FOUND', { at: 166 })];
const FILES = [{ fileName: 'a.m3u8' }, { fileName: 'b.m3u8' }];
const LIKELY = ['Likely causes', 'token', 'storage'];
const NEVER_RAN: Shown = { phase: 'FAILED', endReason: 'START_FAILED', says: LIKELY };

const REPORTS: Report[] = [
  {
    situation: 'a token that does not fit, reported by event 1 with code 110 and an empty text',
    calls: STILL_UNKNOWN,
    notifications: [error(0, 110, 3), notification(11, { exitStatus: 1 }, { at: 4 })],
    withNotifications: {
      phase: 'FAILED',
      endReason: 'TOKEN_OR_PARAMETER',
      says: [/fatal error|reported an error/, 'The token is wrong'],
      problems: ['AGORA_ERROR_110'],
    },
    without: NEVER_RAN,
  },
  {
    situation: 'a token that expires while it records',
    calls: [queried(5, { at: 20, response: { fileList: FILES } }), ...VANISHED],
    notifications: [
      notification(40, { status: 0 }, { at: 3 }),
      error(0, 109, 60),
      notification(11, { exitStatus: 1 }, { at: 61 }),
    ],
    withNotifications: {
      phase: 'FAILED',
      endReason: 'TOKEN_EXPIRED',
      says: ['The token has expired'],
      problems: ['AGORA_ERROR_109'],
    },
    without: { phase: 'LOST', endReason: 'UNKNOWN', says: ['has ended'] },
  },
  {
    situation: 'a bucket that does not exist: the start is accepted, and no worker is ever found',
    calls: STILL_UNKNOWN,
    notifications: [error(1, 32, 3), notification(11, { exitStatus: 1 }, { at: 4 })],
    withNotifications: { phase: 'FAILED', endReason: 'STORAGE_FAILED', says: ['cloud storage is wrong'] },
    without: NEVER_RAN,
  },
  {
    situation: 'no user publishes: ready, no file, gone after maxIdleTime',
    calls: [queried(4, { at: 10 }), ...VANISHED],
    notifications: [
      notification(40, { status: 0 }, { at: 3 }),
      notification(41, { leaveCode: 4 }, { at: 33 }),
      notification(11, { exitStatus: 0 }, { at: 34 }),
    ],
    withNotifications: { phase: 'COMPLETED', endReason: 'IDLE', says: ['received no stream', '(30 s)'] },
    without: {
      phase: 'COMPLETED',
      endReason: 'IDLE',
      says: ['IDLE (uncertain)', 'received no stream', '(30 s)'],
    },
  },
  {
    situation: 'the same, and the caller stops it after it has left: 404',
    calls: [
      queried(4, { at: 10 }),
      reply('stop', 404, { code: 404, reason: 'failed to find worker' }, { at: 60 }),
      ...VANISHED,
    ],
    notifications: [],
    withNotifications: { phase: 'COMPLETED', endReason: 'IDLE', says: ['IDLE (uncertain)'] },
    without: { phase: 'COMPLETED', endReason: 'IDLE', says: ['IDLE (uncertain)'] },
  },
  {
    situation: 'stop answers with an empty list and backuped',
    calls: [
      queried(5, { at: 20 }),
      stopped({ fileListMode: 'json', fileList: [], uploadingStatus: 'backuped' }, { at: 100 }),
    ],
    notifications: [notification(40, { status: 0 }, { at: 3 })],
    withNotifications: {
      phase: 'COMPLETED',
      endReason: 'STOP_REQUESTED',
      says: ['notification 31 reports when'],
      problems: ['NO_FILES'],
    },
    without: {
      phase: 'COMPLETED',
      endReason: 'STOP_REQUESTED',
      says: ['notification 31 reports when'],
      problems: ['NO_FILES'],
    },
  },
  {
    situation: 'the same, where a query named two files before',
    calls: [
      queried(5, { at: 20, response: { fileListMode: 'json', fileList: FILES } }),
      stopped({ fileListMode: 'json', fileList: [], uploadingStatus: 'backuped' }, { at: 100 }),
    ],
    notifications: [notification(31, { status: 0, fileList: [] }, { at: 120 })],
    withNotifications: { phase: 'COMPLETED', endReason: 'STOP_REQUESTED', problems: [], listed: 2 },
    without: { phase: 'COMPLETED', endReason: 'STOP_REQUESTED', problems: [], listed: 2 },
  },
  {
    situation: 'events after the exit, in the order of a real log, with leaveCode 24',
    calls: [queried(5, { at: 20, response: { fileList: FILES } }), stopped({}, { at: 100 })],
    notifications: [
      notification(40, { status: 0 }, { at: 3 }),
      notification(44, { streamUid: '1', state: 0 }, { at: 4 }),
      notification(4, { fileList: 'a.m3u8' }, { at: 15 }),
      notification(41, { leaveCode: 24 }, { at: 101 }),
      notification(44, { streamUid: '1', state: 1 }, { at: 100 }),
      notification(11, { exitStatus: 0 }, { at: 104 }),
      notification(43, { streamUid: '1', state: 1 }, { at: 100 }),
      notification(31, { status: 0, fileList: FILES }, { at: 103 }),
    ],
    withNotifications: { phase: 'COMPLETED', endReason: 'STOP_REQUESTED', problems: [] },
    without: { phase: 'STOPPING', endReason: 'STOP_REQUESTED' },
  },
  {
    situation: 'a page recording in progress whose queries name no file',
    calls: [queried(5, { at: 20, response: { fileList: [] } })],
    notifications: [notification(70, {}, { at: 3 }), notification(4, { fileList: 'a.m3u8' }, { at: 15 })],
    withNotifications: { phase: 'RECORDING', endReason: null },
    without: { phase: 'RECORDING', endReason: null },
  },
  {
    situation: 'stop answers 206 with code 435: nothing was recorded',
    calls: [queried(4, { at: 10 }), reply('stop', 206, { code: 435 }, { at: 100 })],
    notifications: [notification(40, { status: 0 }, { at: 3 })],
    withNotifications: {
      phase: 'COMPLETED',
      endReason: 'NOTHING_RECORDED',
      says: ['NOTHING_RECORDED'],
      problems: [],
    },
    without: {
      phase: 'COMPLETED',
      endReason: 'NOTHING_RECORDED',
      says: ['NOTHING_RECORDED'],
      problems: [],
    },
  },
  {
    situation: 'stop answers 400 with code 49, because it is ending',
    calls: [
      queried(5, { at: 20, response: { fileList: FILES } }),
      reply('stop', 400, { code: 49 }, { at: 100 }),
    ],
    notifications: [
      notification(40, { status: 0 }, { at: 3 }),
      notification(31, { status: 0, fileList: FILES }, { at: 105 }),
    ],
    withNotifications: { phase: 'COMPLETED', endReason: 'UNKNOWN' },
    without: { phase: 'STOPPING', endReason: null },
  },
  {
    situation: 'event 31 without its list of files',
    calls: [queried(5, { at: 20 })],
    notifications: [
      notification(40, { status: 0 }, { at: 3 }),
      notification(31, { msgName: 'uploaded', fileUrl: 'a.m3u8' }, { at: 105 }),
    ],
    withNotifications: { phase: 'COMPLETED', endReason: 'UNKNOWN', problems: ['NO_FILES'] },
    without: { phase: 'RECORDING', endReason: null },
  },
  {
    situation: 'a query whose reply names another recording',
    calls: [
      queried(5, { at: 20 }),
      noReply('query', { at: 40, named: { sid: 'f'.repeat(32), channel: 'mixB', uid: '16' } }),
    ],
    notifications: [notification(40, { status: 0 }, { at: 3 })],
    withNotifications: { phase: 'RECORDING', endReason: null, problems: ['REPLY_NAMES_ANOTHER_RECORDING'] },
    without: { phase: 'RECORDING', endReason: null, problems: ['REPLY_NAMES_ANOTHER_RECORDING'] },
  },
];

function expectText(text: string, part: string | RegExp): void {
  if (typeof part === 'string') expect(text).toContain(part);
  else expect(text).toMatch(part);
}

function expectShown(observations: readonly Observation[], expected: Shown): void {
  const { phase, endReason, explanation, problems, fileList } = recordingOf(foldAll(observations));
  const shown = { phase, endReason, problems: problems.map(({ code }) => code) };
  expect(shown).toMatchObject({
    phase: expected.phase,
    endReason: expected.endReason,
    ...(expected.problems === undefined ? {} : { problems: expected.problems }),
  });
  if (expected.listed !== undefined) {
    expect(fileList).toMatchObject({ kind: 'files', files: { length: expected.listed } });
  }
  for (const text of expected.says ?? []) expectText(explanation, text);
  expect(explanation).not.toMatch(/in a few seconds/);
}

const byTime = (left: Observation, right: Observation) => left.occurredAt - right.occurredAt;

describe.each(REPORTS)('$situation', ({ calls, notifications, withNotifications, without }) => {
  const start = [attempt(), started()];

  it('is shown as it is while notifications arrive', () => {
    expectShown([...start, ...[...calls, ...notifications].sort(byTime)], withNotifications);
  });

  it('is shown as far as queries show it without notifications', () => {
    expectShown([...start, ...calls], without);
  });

  it('is shown as it is once notifications arrive after the end', () => {
    expectShown([...start, ...calls, ...notifications], withNotifications);
  });
});
