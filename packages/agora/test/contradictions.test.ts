import { describe, expect, it } from 'vitest';
import { contradictedByNotification, contradictedByReply } from '../src/contradictions.js';
import { type Operation } from '../src/tables/operations.js';

describe('The form of a notification', () => {
  it.each<[string, number, Record<string, unknown>]>([
    ['noEventThirteen', 13, {}],
    ['sessionExitSaysExitStatus', 11, { leaveStatus: 0 }],
    ['eventStatusIsNumber', 31, { status: '0' }],
    ['sliceStartSaysMixedAllUserAsBoolean', 42, { mixedAllUser: 'true' }],
    ['pushStatusIsWord', 100, { status: 1 }],
    ['webFilesSayFilename', 71, { fileList: [{ fileName: 'a.mp4' }] }],
    ['leaveCodeIsBitmask', 41, { leaveCode: 1 }],
  ])('contradicts %s by event %i with %j', (name, eventType, details) => {
    expect(contradictedByNotification(eventType, details)).toEqual([name]);
  });

  it('contradicts nothing as the newer documents have it', () => {
    for (const [eventType, details] of [
      [11, { exitStatus: 0 }],
      [31, { status: 0, fileList: [{ fileName: 'a.m3u8' }] }],
      [41, { leaveCode: 16 | 2 }],
      [42, { mixedAllUser: true }],
      [71, { fileList: [{ filename: 'a.mp4' }] }],
      [100, { status: 'publishing' }],
    ] as const) {
      expect(contradictedByNotification(eventType, { ...details })).toEqual([]);
    }
  });
});

describe('The form of a reply', () => {
  const about = { cname: 'lesson', uid: '7', resourceId: 'r', sid: 's' };

  it.each<[string, Operation, number, object]>([
    ['alreadyStartedLacksSid', 'start', 201, { code: 7, sid: 's' }],
    ['successHasNoCode', 'query', 200, { ...about, code: 0 }],
    ['repliesNameChannelAndUid', 'query', 200, { resourceId: 'r' }],
    ['notFoundSaysReason', 'query', 404, { code: 404, serverResponse: { payload: { message: 'gone' } } }],
    [
      'webStopSaysPayload',
      'stop',
      200,
      {
        ...about,
        serverResponse: { extensionServiceState: [{ serviceName: 'upload_service', playload: {} }] },
      },
    ],
    ['namesHaveDocumentedCase', 'query', 200, { ...about, serverResponse: { Status: 5 } }],
    [
      'valuesHaveDocumentedTypes',
      'query',
      200,
      { ...about, serverResponse: { sliceStartTime: '1764000000000' } },
    ],
    [
      'listsAreArrays',
      'query',
      200,
      { ...about, serverResponse: { extensionServiceState: { serviceName: 'upload_service', payload: {} } } },
    ],
    [
      'servicesHaveNames',
      'query',
      200,
      { ...about, serverResponse: { extensionServiceState: [{ payload: { onhold: false } }] } },
    ],
    ['uploadIsCalledUnknown', 'stop', 200, { ...about, serverResponse: { uploadingStatus: 'unknow' } }],
    ['fileListIsArray', 'query', 200, { ...about, serverResponse: { fileListMode: 'json', fileList: '[]' } }],
  ])('contradicts %s by the reply of %s %i %j', (name, operation, httpStatus, body) => {
    expect(contradictedByReply(operation, { httpStatus, raw: JSON.stringify(body) })).toEqual([name]);
  });

  it('contradicts that a 429 names no wait', () => {
    const limited = { httpStatus: 429, raw: '{"message":"API rate limit exceeded"}' };
    expect(contradictedByReply('query', { ...limited, retryAfterMs: 2_000 })).toEqual([
      'rateLimitedNamesNoWait',
    ]);
    expect(contradictedByReply('query', limited)).toEqual([]);
  });

  it('contradicts nothing where it is as documented, or no JSON', () => {
    expect(
      contradictedByReply('stop', { httpStatus: 200, raw: JSON.stringify({ ...about, code: 50 }) }),
    ).toEqual([]);
    expect(contradictedByReply('acquire', { httpStatus: 200, raw: '{"resourceId":"r"}' })).toEqual([]);
    expect(contradictedByReply('query', { httpStatus: 502, raw: '<html>' })).toEqual([]);
  });
});
