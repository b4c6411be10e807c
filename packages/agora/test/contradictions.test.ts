import { describe, expect, it } from 'vitest';
import { contradictedByReply } from '../src/contradictions.js';
import { readNotification } from '../src/webhook/notification.js';
import { type Operation } from '../src/tables/operations.js';

/** What a notification of this form contradicts; `change` is merged into the documented envelope. */
function contradicted(
  eventType: unknown,
  details: unknown,
  change: { payload?: object; envelope?: object } = {},
): string[] {
  const reading = readNotification(
    {
      ...{ noticeId: 'n', productId: 3, eventType, notifyMs: 1_764_000_000_000 },
      payload: {
        ...{ cname: 'lesson', uid: '1', sid: 's', sequence: 0, sendts: 1_764_000_000_000, serviceType: 0 },
        details,
        ...change.payload,
      },
      ...change.envelope,
    },
    1_764_000_000_000,
  );
  if (reading.about === 'nothing') throw new Error(`thrown away: ${reading.reason}`);
  return reading.contradicted.sort();
}

describe('The form of a notification', () => {
  it.each<[string, number, Record<string, unknown>]>([
    ['noEventThirteen', 13, {}],
    ['sessionExitSaysExitStatus', 11, { leaveStatus: 0 }],
    ['sessionExitSaysExitStatus', 11, { exitStatus: 0, leaveStatus: 0 }],
    ['eventStatusIsNumber', 31, { status: '0' }],
    ['eventStatusIsNumber', 40, { status: '0' }],
    ['sliceStartSaysMixedAllUserAsBoolean', 42, { mixedAllUser: 'true' }],
    ['pushStatusIsWord', 100, { status: 1 }],
    ['pushStatusIsWord', 100, { status: '1' }],
    ['webFilesSayFilename', 71, { fileList: [{ fileName: 'a.mp4' }] }],
    ['namesHaveDocumentedCase', 31, { fileList: [{ filename: 'a.mp4' }] }],
    ['namesHaveDocumentedCase', 45, { filename: 'a.jpg' }],
    ['namesHaveDocumentedCase', 33, { Progress: 7 }],
    ['leaveCodeIsBitmask', 41, { leaveCode: 1 }],
    ['leaveCodeIsBitmask', 41, {}],
    ['valuesHaveDocumentedTypes', 41, { leaveCode: '16' }],
    ['valuesHaveDocumentedTypes', 1, { module: 1, errorCode: '32' }],
    ['valuesHaveDocumentedTypes', 1, { module: 1, errorCode: 32, errorMsg: 7 }],
    ['valuesHaveDocumentedTypes', 42, { startUtcMs: 1_764_000_000 }],
    ['valuesHaveDocumentedTypes', 31, { fileList: ['a.m3u8'] }],
    ['valuesHaveDocumentedTypes', 31, { fileList: [{ fileName: 'a.m3u8', isPlayable: 'true' }] }],
    ['valuesHaveDocumentedTypes', 72, { limitType: ' Resolution' }],
    ['valuesHaveDocumentedTypes', 60, { aliVodInfo: [{ videoId: 'v' }] }],
    ['sliceStartTimeIsMilliseconds', 31, { fileList: [{ fileName: 'a', sliceStartTime: 1_764_000_000 }] }],
    ['fileListIsArray', 31, { fileList: '[{"fileName":"a.m3u8"}]' }],
    ['listsAreArrays', 31, { fileList: { fileName: 'a.m3u8' } }],
    ['listsAreArrays', 81, { uids: { uid: '1' } }],
    ['namesAgree', 31, { sid: 'another' }],
  ])('contradicts %s by event %i with %j', (name, eventType, details) => {
    expect(contradicted(eventType, details)).toEqual([name]);
  });

  it.each<[string, { payload?: object; envelope?: object }]>([
    ['factsHaveDocumentedPlaces', { payload: { sid: undefined }, envelope: { sid: 's' } }],
    ['factsHaveDocumentedPlaces', { payload: { progress: 7 } }],
    ['factsHaveDocumentedPlaces', { envelope: { progress: 7 } }],
    ['factsHaveDocumentedPlaces', { envelope: { data: { progress: 7 } } }],
    ['factsHaveDocumentedPlaces', { payload: { sequence: undefined }, envelope: { sequence: 3 } }],
    ['factsHaveDocumentedPlaces', { payload: { serviceType: undefined }, envelope: { serviceType: 3 } }],
    ['namesAgree', { envelope: { sid: 'another' } }],
    ['namesAgree', { envelope: { cname: 'another' } }],
    ['namesAgree', { envelope: { uid: '2' } }],
    ['valuesHaveDocumentedTypes', { payload: { sid: ' s ' } }],
    ['valuesHaveDocumentedTypes', { payload: { cname: 7 } }],
    ['valuesHaveDocumentedTypes', { payload: { sendts: 1_764_000_000 } }],
    ['valuesHaveDocumentedTypes', { envelope: { eventType: 'uploading_progress' } }],
    ['valuesHaveDocumentedTypes', { envelope: { productId: '3' } }],
    ['productIsCloudRecording', { envelope: { productId: 5 } }],
  ])('contradicts %s by event 33 with %j', (name, change) => {
    expect(contradicted(33, {}, change)).toEqual([name]);
  });

  it('contradicts nothing as the newer documents have it', () => {
    for (const [eventType, details] of [
      [11, { exitStatus: 0 }],
      [31, { status: 0, fileList: [{ fileName: 'a.m3u8', sliceStartTime: 1_764_000_000_000 }] }],
      [4, { fileList: 'a.m3u8' }],
      [41, { leaveCode: 16 | 2 }],
      [42, { mixedAllUser: true }],
      [43, { streamUid: 71, state: 0 }],
      [71, { code: 0, fileList: [{ filename: 'a.mp4' }] }],
      [100, { status: 'publishing' }],
    ] as const) {
      expect(contradicted(eventType, { ...details })).toEqual([]);
    }
    // Real notifications repeat the sid in the envelope.
    expect(contradicted(33, { progress: 1 }, { envelope: { sid: 's' } })).toEqual([]);
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
    ['valuesHaveDocumentedTypes', 'query', 200, { ...about, sid: ' s', serverResponse: { status: 5 } }],
    ['valuesHaveDocumentedTypes', 'query', 200, { ...about, serverResponse: [{ status: 5 }] }],
    ['valuesHaveDocumentedTypes', 'query', 200, { ...about, serverResponse: '{"status":5}' }],
    ['factsHaveDocumentedPlaces', 'query', 200, { ...about, status: 5 }],
    [
      'sliceStartTimeIsMilliseconds',
      'query',
      200,
      { ...about, serverResponse: { sliceStartTime: 1_764_000_000 } },
    ],
    [
      'webFilesSayFilename',
      'query',
      200,
      {
        ...about,
        serverResponse: {
          extensionServiceState: [
            { serviceName: 'web_recorder_service', payload: { fileList: [{ fileName: 'a.mp4' }] } },
          ],
        },
      },
    ],
    ['namesHaveDocumentedCase', 'stop', 200, { ...about, serverResponse: { fileList: [{ filename: 'a' }] } }],
    ['fileListIsArray', 'query', 200, { ...about, serverResponse: { fileListMode: 'json', fileList: 'a' } }],
    ['listsAreArrays', 'ncsIp', 200, { data: { service: { hosts: { primaryIP: '203.0.113.10' } } } }],
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
