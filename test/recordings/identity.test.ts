import { describe, expect, it } from 'vitest';
import { type Observation } from '../../src/recordings/observation.js';
import { canBeStartOf } from '../../src/recordings/identity.js';
import { recordingOf, visiblePart } from '../../src/recordings/view/recording.js';
import {
  attempt,
  begun,
  blank,
  foldAll,
  noReply,
  notification,
  queried,
  reply,
  SID,
  started,
  T0,
} from './observations.js';

const running = notification(40, {}, { at: 5 });
const named = { sid: 'f'.repeat(32), channel: 'another-channel', uid: '1' };

describe('The identity of a recording', () => {
  // The reply of a query that named another sid made one recording of two that ran.
  it('is not changed by the sid that a reply to a query, an update or a stop names', () => {
    for (const operation of ['query', 'update', 'updateLayout', 'stop'] as const) {
      const other = reply(operation, 200, { sid: named.sid, serverResponse: { status: 5 } }, { at: 9 });
      expect(recordingOf(begun(running, other)).sid).toBe(SID);
      expect(recordingOf(foldAll([attempt(), other])).sid).toBeNull();
    }
  });

  it("is given by the reply to its own start, even after notifications' sids", () => {
    const late = started({ at: 1, receivedAt: 9 });
    const foreign = notification(40, {}, { at: 5, sid: named.sid });
    expect(recordingOf(foldAll([attempt(), foreign])).sid).toBe(named.sid);
    expect(recordingOf(foldAll([attempt(), foreign, late])).sid).toBe(SID);
    expect(recordingOf(foldAll([attempt(), late, foreign])).sid).toBe(SID);
  });

  it.each(['query', 'update', 'updateLayout', 'start', 'stop'] as const)(
    'and everything else but a problem stays when a reply to %s is about another recording',
    (operation) => {
      const before = begun(running, queried(5, { at: 9 }));
      const after = foldAll([noReply(operation, { at: 20, named })], before);
      const { problems, ...same } = visiblePart(after);
      const { problems: none, ...was } = visiblePart(before);
      expect(none).toEqual([]);
      expect(same).toEqual(was);
      expect(problems).toMatchObject([{ code: 'REPLY_NAMES_ANOTHER_RECORDING' }]);
      expect(problems[0]?.message).toContain(`reply to ${operation}`);
      expect(problems[0]?.message).toContain(named.sid);
      expect(after.bookkeeping.lastQueryAt).toBe(before.bookkeeping.lastQueryAt);
    },
  );

  it('has one problem for replies that keep naming the same other recording', () => {
    const replies = [20, 35, 50].map((at) => noReply('query', { at, named }));
    expect(recordingOf(begun(running, ...replies)).problems).toHaveLength(1);
    expect(recordingOf(begun(running, ...replies.toReversed())).problems).toEqual(
      recordingOf(begun(running, ...replies)).problems,
    );
  });
});

describe('A notification with the sid of a recording that names another channel', () => {
  const CODE = 'NOTIFICATION_NAMES_ANOTHER_CHANNEL';
  const named = (channel: string, at: number) => notification(33, { progress: at }, { at, cname: channel });
  const problems = (...observations: Observation[]) => recordingOf(begun(...observations)).problems;

  it('is one problem for each of the channels, and changes neither channel nor sid', () => {
    const recording = recordingOf(begun(running, named('another', 9), named('another', 8)));
    expect(recording).toMatchObject({ channel: 'lesson-7', sid: SID });
    expect(recording.problems).toMatchObject([{ code: CODE, occurredAt: T0 + 8_000 }]);
    expect(recording.problems[0]?.message).toContain('named channel another.');
    expect(problems(running, named('another', 9), named('zebra', 7)).map(({ code }) => code)).toEqual([
      CODE,
      CODE,
    ]);
    expect(problems(running, named('lesson-7', 9), named('', 9))).toEqual([]);
  });

  it('has the same problems in whatever order the notifications arrive, before the start or after it', () => {
    const all = [attempt(), started(), running, named('another', 9), named('zebra', 7), named('another', 6)];
    const expected = recordingOf(foldAll(all)).problems;
    expect(expected).toHaveLength(2);
    for (const order of [all.toReversed(), [...all.slice(3), ...all.slice(0, 3)]]) {
      expect(recordingOf(foldAll(order)).problems).toEqual(expected);
    }
  });
});

describe('A start whose reply gives the sid of a recording', () => {
  const sent = (uid: string, channel = 'lesson') => foldAll([attempt({ facts: { uid, channel } })], blank());
  const answered = (uid: string) =>
    foldAll([attempt({ facts: { uid, channel: 'lesson' } }), started()], blank());
  const external = (uid: string) => foldAll([notification(40, {}, { uid, cname: 'lesson' })], blank());

  it('can be its start if it was seen under another uid after a fail-over', () => {
    expect(canBeStartOf(external('104'), sent('7'))).toBe(true);
  });

  it('can be its start if no reply to its own start arrived, and channel and uid are the same', () => {
    expect(canBeStartOf(sent('7'), sent('7'))).toBe(true);
  });

  it('is not its start if the reply to its own start gave it the sid', () => {
    expect(canBeStartOf(answered('7'), sent('7'))).toBe(false);
  });

  it('is not its start if the channel or, for one that was started here, the uid differs', () => {
    expect(canBeStartOf(sent('7'), sent('8'))).toBe(false);
    expect(canBeStartOf(sent('7'), sent('7', 'another-lesson'))).toBe(false);
    expect(canBeStartOf(external('104'), sent('7', 'another-lesson'))).toBe(false);
  });
});
