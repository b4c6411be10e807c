import { describe, expect, it } from 'vitest';
import { contradictedByHistory } from '../../src/recordings/contradictions.js';
import { begun, blank, foldAll, noReply, notification, reply, stopped } from './observations.js';

const first = notification(40, {}, { at: 1, sequence: 0 });
const second = notification(42, {}, { at: 2, sequence: 1 });

describe('What is assumed of notifications is contradicted', () => {
  it('by two of one recorder with one number', () => {
    const other = notification(33, { progress: 1 }, { at: 3, sequence: 1 });
    expect(contradictedByHistory(begun(first, second), other)).toEqual(['sequenceCountsAllEvents']);
    expect(contradictedByHistory(begun(first), second)).toEqual([]);
  });

  it('by a recorder that continues the count of the one before it', () => {
    const continued = notification(40, {}, { at: 9, sequence: 2, uid: '104' });
    expect(contradictedByHistory(begun(first, second), continued)).toEqual([
      'sequenceBeginsAnewAfterFailover',
    ]);
    const restarted = notification(40, {}, { at: 9, sequence: 0, uid: '104' });
    expect(contradictedByHistory(begun(first, second), restarted)).toEqual([]);
  });

  it('by a recorder that left an empty channel, though it receives a stream', () => {
    const receives = notification(43, { streamUid: '7', state: 0 }, { at: 3 });
    const over = notification(43, { streamUid: '7', state: 1 }, { at: 4 });
    const left = notification(41, { leaveCode: 4 }, { at: 9 });
    expect(contradictedByHistory(begun(receives), left)).toEqual(['leaveCodeIsBitmask']);
    expect(contradictedByHistory(begun(receives, over), left)).toEqual([]);
    expect(contradictedByHistory(begun(receives), notification(41, { leaveCode: 16 }, { at: 9 }))).toEqual(
      [],
    );
  });

  it('by a sid that is named with another channel', () => {
    const renamed = notification(42, {}, { at: 3, cname: 'another-channel' });
    expect(contradictedByHistory(begun(first), renamed)).toEqual(['namesAgree']);
    expect(contradictedByHistory(begun(first), second)).toEqual([]);
    expect(contradictedByHistory(blank(), renamed)).toEqual([]);
  });

  it('by the files of a page recording in event 31', () => {
    const files = notification(31, { fileList: [{ fileName: 'page.mp4' }] }, { at: 9 });
    expect(contradictedByHistory(foldAll([notification(70)]), files)).toEqual(['webUploadedHasNoFileList']);
    expect(contradictedByHistory(begun(first), files)).toEqual([]);
  });
});

describe('What is assumed of replies is contradicted', () => {
  it('by a reply about another recording', () => {
    const named = { sid: 'another', channel: null, uid: null };
    expect(contradictedByHistory(begun(first), noReply('query', { at: 3, named }))).toEqual(['namesAgree']);
    expect(contradictedByHistory(begun(first), noReply('query', { at: 3 }))).toEqual([]);
  });

  it('by a 404 to a second stop', () => {
    const again = reply('stop', 404, { code: 404 }, { at: 9 });
    expect(contradictedByHistory(begun(stopped({}, { at: 5 })), again)).toEqual(['secondStopIsInvalid']);
    expect(contradictedByHistory(begun(), again)).toEqual([]);
  });
});
