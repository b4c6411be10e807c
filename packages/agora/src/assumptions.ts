/**
 * What Agora's documents leave open, or contradict each other about, where the gateway's behaviour rests on it or has to
 * absorb it. Each entry says what we take to be so, where that comes from, and what the gateway does should it be
 * otherwise. The sandbox behaves as the claims say, and can be told to run any of them false.
 */
export interface Assumption {
  claim: string;
  source: string;
  ifFalse: string;
}

export const ASSUMPTIONS = {
  // Notifications
  sequenceCountsAllEvents: {
    claim: 'sequence counts every notification of one (sid, uid), whatever events are subscribed to.',
    source: 'callback-service.md ("starting from 0"); agora-facts.md, section 1 (?)',
    ifFalse: 'A subscription to part of the events leaves no gaps: fewer queries, the same state.',
  },
  sequenceBeginsAnewAfterFailover: {
    claim: 'The recorder that takes over after a fail-over counts its notifications from 0.',
    source: 'agora-facts.md, section 1, "Dedup guidance conflicts" (?)',
    ifFalse: 'A gap is shown that is none. It costs a query within the budget, never a wrong state.',
  },
  redundantCopyHasOtherNoticeId: {
    claim: 'A redundant copy of a notification carries another noticeId than the first.',
    source: 'agora-facts.md, section 1 (?)',
    ifFalse:
      'The noticeId decides, and the second key, (sid, uid, eventType, sequence, sendts), never has to.',
  },
  noEventThirteen: {
    claim: 'Event 13 is not sent: best practices speak of it, and no table lists it.',
    source: 'agora-facts.md, section 2 (?)',
    ifFalse: 'It stands in the log as HA_REGISTER_SUCCESS, and decides nothing.',
  },
  consoleCheckIsOfTestWebhook: {
    claim: "The console's check sends events of channel test_webhook.",
    source: 'agora-facts.md, section 1 (?)',
    ifFalse: 'A check whose events carry a sid makes an external recording; one without is ignored.',
  },
  sessionExitSaysExitStatus: {
    claim: 'Event 11 says exitStatus.',
    source: 'agora-facts.md, section 5, row 9; callback-service.md says leaveStatus',
    ifFalse: 'leaveStatus is read in its place.',
  },
  leaveCodeIsBitmask: {
    claim:
      'leaveCode of event 41 is a bitmask in which 4 says that nobody was in the channel, and 16 that a stop came.',
    source: 'agora-facts.md, section 5, row 10; callback-service.md has a list in which 2 and 8 say so',
    ifFalse:
      'An end after maxIdleTime without streams still counts as IDLE, marked uncertain; the raw number stands beside it.',
  },
  eventStatusIsNumber: {
    claim: 'status of events 30, 31, 32 and 40 is a number.',
    source: 'agora-facts.md, section 5, row 8; older samples have text',
    ifFalse: 'The number is read from the text.',
  },
  sliceStartSaysMixedAllUserAsBoolean: {
    claim: 'mixedAllUser of event 42 is a boolean.',
    source: 'agora-facts.md, section 5, row 6; callback-service.md has "true" and "false"',
    ifFalse: 'The boolean is read from the text.',
  },
  webUploadedHasNoFileList: {
    claim: 'Events 31 and 32 of a page recording come without fileList.',
    source: 'agora-facts.md, section 2 (events 31 and 71) and section 10, 7',
    ifFalse: 'Their files are taken in like those of event 71.',
  },
  pushStatusIsWord: {
    claim: 'status of event 100 is one of the words connecting, publishing, onhold and disconnected.',
    source: 'agora-facts.md, section 5, row 12; the type is given as Number',
    ifFalse: 'A number whose meaning nobody publishes changes nothing: what the query said last stands.',
  },

  // Files
  sliceStartTimeIsMilliseconds: {
    claim: 'sliceStartTime of each file is in milliseconds, as in every sample.',
    source: 'agora-facts.md, section 5, row 5; the newer text says seconds',
    ifFalse: 'The unit is told apart by magnitude.',
  },
  webFilesSayFilename: {
    claim: 'Files of a page recording are named by filename, in replies and in event 71.',
    source: 'agora-facts.md, section 5, row 1; query-endpoint.md says fileName',
    ifFalse: 'fileName is read in its place.',
  },
  fileListIsArray: {
    claim: 'Where fileListMode is "json", fileList is an array.',
    source: 'agora-facts.md, section 5, row 3 (?)',
    ifFalse: 'The array is read from the text that holds it.',
  },
  individualAnswersJson: {
    claim: 'Individual recording with the default avFileType answers with fileListMode "json".',
    source: 'agora-facts.md, section 5, row 4; rest-api-reference.md ties it to ["hls","mp4"]',
    ifFalse: 'The reply names one playlist; the others come from event 31.',
  },

  // Replies
  alreadyStartedLacksSid: {
    claim: 'The reply 201/7 of start comes without the sid of the recording that runs.',
    source: 'agora-facts.md, section 3 (?)',
    ifFalse: 'The sid is taken from the reply.',
  },
  successHasNoCode: {
    claim: 'A reply of success has no code in its body.',
    source: 'agora-facts.md, section 5, row 15',
    ifFalse: 'With HTTP 200 any code but those of the table of meanings counts as success.',
  },
  repliesNameChannelAndUid: {
    claim: 'Replies repeat cname and uid.',
    source: 'agora-facts.md, section 5, row 16; older samples lack them',
    ifFalse: 'Nothing: the gateway knows which recording it asked for.',
  },
  namesAgree: {
    claim:
      'A reply is about the recording that was asked for, and a sid is always named with the same channel.',
    source: 'docs/agora/status-and-files.md; seen otherwise with proxies and mocks',
    ifFalse:
      'A reply about another recording is recorded as a problem and changes nothing else; the call counts as unanswered. Of ' +
      'a notification the sid decides.',
  },
  notFoundSaysReason: {
    claim: 'A 404 of the service says code and reason.',
    source: 'agora-facts.md, section 3, error body shape 4, and section 10, 9',
    ifFalse: 'What it says is read from serverResponse.payload.message.',
  },
  rateLimitedNamesNoWait: {
    claim: 'A reply 429 comes without Retry-After.',
    source: 'agora-facts.md, section 10, 10',
    ifFalse: 'The wait that it names is kept, up to a minute.',
  },
  webStopSaysPayload: {
    claim: 'The states of services in the reply of stop are called payload.',
    source: 'agora-facts.md, section 5, row 2; rest-api-reference.md says playload',
    ifFalse: 'playload is read in its place.',
  },
  uploadIsCalledUnknown: {
    claim: 'uploadingStatus is "unknown" where it is not known.',
    source: 'agora-facts.md, section 5, row 14; an older page says "unknow"',
    ifFalse: 'Any other word counts as unknown.',
  },
  lateStopIsOk: {
    claim: 'A stop whose upload takes longer than Agora waits is answered with 200 and code 50.',
    source: 'agora-facts.md, section 3 (no HTTP status is given); quickstart.md says 206',
    ifFalse: 'With 206 it is a stop that was taken just the same.',
  },
  secondStopIsInvalid: {
    claim: 'A second stop of a recording that is ending is answered with 400/49.',
    source: 'agora-facts.md, section 3; stop-endpoint.md: 404 once it has ended',
    ifFalse: 'A 404 counts as a stop that was taken.',
  },
  queryWhileEndingTellsStatus: {
    claim: 'While a recording is ending, query answers with status 6, 7 or 8.',
    source: 'query-endpoint.md, status; agora-facts.md, section 3, older code 501 ("recording is exiting")',
    ifFalse: 'The refusal teaches nothing; notifications, or the 404 that follows, tell the end.',
  },
  expiryEndsOnlyCalls: {
    claim: 'resourceExpiredHour ends the calls for a recording, and not the recording.',
    source: 'agora-facts.md, section 4 (?)',
    ifFalse: 'Its notifications tell the end; without them it counts as lost after the same silence.',
  },

  // Requests
  unsubscribeIsHonoured: {
    claim:
      'unsubscribeAudioUids and unsubscribeVideoUids are honoured, as rest-api-reference.md spells them.',
    source: 'agora-facts.md, section 5, row 18, and section 10, 1',
    ifFalse: 'The lists are sent in the other spelling as well.',
  },
  unSubscribeIsHonoured: {
    claim:
      'unSubscribeAudioUids and unSubscribeVideoUids are honoured, as guides and clients of Agora spell them.',
    source: 'agora-facts.md, section 5, row 18, and section 10, 1',
    ifFalse: 'The lists are sent in the other spelling as well.',
  },
} as const satisfies Record<string, Assumption>;

export type AssumptionName = keyof typeof ASSUMPTIONS;

export const ASSUMPTION_NAMES = Object.keys(ASSUMPTIONS) as AssumptionName[];
