/**
 * Points on which Agora's documents are silent or contradict each other, where the gateway depends on the answer or must
 * cope with both. The sandbox behaves as each claim says, and can run any of them false. The sandbox's manual lists the
 * documents and clients that the evidence names.
 */
export interface Assumption {
  claim: string;
  /** What speaks for the claim. */
  evidence: string;
  /** What speaks against it; null if it is only undocumented. */
  counterEvidence: string | null;
  /** What the gateway does if the claim is false. */
  ifFalse: string;
}

export const ASSUMPTIONS = {
  // Notifications
  sequenceCountsAllEvents: {
    claim:
      'sequence counts every notification of one (sid, uid), including events that are not subscribed to.',
    evidence: 'Callback page: sequence starts from 0 and identifies lost notifications.',
    counterEvidence: null,
    ifFalse: 'A subscription to some of the events leaves no gaps: fewer queries, the same state.',
  },
  sequenceBeginsAnewAfterFailover: {
    claim: 'The recorder that takes over after a failover counts its notifications from 0.',
    evidence: 'Best practices: after a failover, payload.uid distinguishes the notifications.',
    counterEvidence: null,
    ifFalse: 'A gap is reported that does not exist. It costs one query and never changes the state.',
  },
  redundantCopyHasOtherNoticeId: {
    claim: 'A redundant copy of a notification has a noticeId that differs from the first.',
    evidence: 'Best practices: deduplicate redundant notifications by sid, not by noticeId.',
    counterEvidence: null,
    ifFalse:
      'The noticeId identifies the copy; the second key, (sid, uid, eventType, sequence, sendts), is not needed.',
  },
  noEventThirteen: {
    claim: 'Event 13 is not sent.',
    evidence: 'The table of event types does not list it.',
    counterEvidence:
      'Best practices: open a new task if event 13 does not arrive within 10 seconds of the start.',
    ifFalse: 'It is logged as HA_REGISTER_SUCCESS and changes nothing.',
  },
  consoleCheckIsOfTestWebhook: {
    claim: 'The check of the Agora console sends events of channel test_webhook.',
    evidence: 'Notification pages for RTC; frankly pull request 380 reports the same for Cloud Recording.',
    counterEvidence: null,
    ifFalse: 'A check whose events have a sid creates an external recording; one without is ignored.',
  },
  sessionExitSaysExitStatus: {
    claim: 'Event 11 has exitStatus.',
    evidence: 'Current table of event types.',
    counterEvidence: 'Callback page: leaveStatus.',
    ifFalse: 'leaveStatus is read instead.',
  },
  leaveCodeIsBitmask: {
    claim:
      'leaveCode of event 41 is a bitmask in which 4 means that the channel was empty, and 16 that stop was called.',
    evidence: 'Current table of event types; a public log shows 24 (8 and 16).',
    counterEvidence: 'Callback page: a list in which 2 and 8 have these meanings.',
    ifFalse:
      'An end after maxIdleTime without streams still counts as IDLE, marked uncertain; the number is shown unchanged.',
  },
  eventStatusIsNumber: {
    claim: 'status of events 30, 31, 32 and 40 is a number.',
    evidence: 'Callback page and current table of event types.',
    counterEvidence: 'Samples of the Chinese callback page: the string "0".',
    ifFalse: 'The number is read from the string.',
  },
  sliceStartSaysMixedAllUserAsBoolean: {
    claim: 'mixedAllUser of event 42 is a boolean.',
    evidence: 'Current table of event types.',
    counterEvidence: 'Callback page: the strings "true" and "false".',
    ifFalse: 'The boolean is read from the string.',
  },
  webUploadedHasNoFileList: {
    claim: 'Events 31 and 32 of a web page recording have no fileList.',
    evidence: 'Current table of event types.',
    counterEvidence: 'A sample of the Chinese callback page (2021) has one.',
    ifFalse: 'Its files are read like those of event 71.',
  },
  pushStatusIsWord: {
    claim: 'status of event 100 is one of the strings connecting, publishing, onhold and disconnected.',
    evidence: 'Current table of event types: the values.',
    counterEvidence: 'The same table: the type Number.',
    ifFalse: 'A number changes nothing, since its meaning is not published: the last query result remains.',
  },
  statusUpdateFollowsStatus: {
    claim: 'Event 3 reports that the recording is in progress (status 5).',
    evidence: 'Callback page, table of events: the status of the service changes.',
    counterEvidence:
      'Callback page, event 3: a call failed because it does not match the status, such as a second start.',
    ifFalse: 'It is logged. Its status is evidence like that of a query, whatever caused it.',
  },

  // Files
  sliceStartTimeIsMilliseconds: {
    claim: 'sliceStartTime of each file is in milliseconds.',
    evidence: 'Query page; every published sample.',
    counterEvidence: 'REST reference and stop page: seconds.',
    ifFalse: 'The unit is derived from the magnitude.',
  },
  webFilesSayFilename: {
    claim: 'Files of a web page recording have filename, in replies and in event 71.',
    evidence: 'REST reference and stop page.',
    counterEvidence: 'Query page: fileName.',
    ifFalse: 'fileName is read instead.',
  },
  fileListIsArray: {
    claim: 'fileList is an array if fileListMode is "json".',
    evidence: 'REST reference and query page.',
    counterEvidence: null,
    ifFalse: 'The array is parsed from the string.',
  },
  individualAnswersJson: {
    claim: 'Individual recording with the default avFileType has fileListMode "json".',
    evidence: 'Query page.',
    counterEvidence: 'REST reference: "json" if avFileType is ["hls","mp4"].',
    ifFalse: 'The reply names one playlist; the others follow with event 31.',
  },

  // Replies
  alreadyStartedLacksSid: {
    claim: 'The reply 201/7 of start has no sid of the running recording.',
    evidence: 'Table of status codes; the Node client tests for a missing sid.',
    counterEvidence: null,
    ifFalse: 'The sid is read from the reply.',
  },
  alreadyStartedSaysReason: {
    claim: 'The reply 201/7 of start has a code and a reason.',
    evidence: 'Table of status codes.',
    counterEvidence:
      'A public project quotes a reply with a resourceId, an empty sid and the code, without a reason.',
    ifFalse: 'The code decides. An empty sid counts as none.',
  },
  successHasNoCode: {
    claim: 'A successful reply has no code in its body.',
    evidence: 'REST reference and stop page.',
    counterEvidence: 'Query page: code is part of the body.',
    ifFalse: 'With HTTP 200, any code outside the table of meanings counts as success.',
  },
  repliesNameChannelAndUid: {
    claim: 'Replies repeat cname and uid.',
    evidence: 'REST reference and stop page.',
    counterEvidence: 'Samples of the query page have neither.',
    ifFalse: 'Nothing changes: the gateway knows which recording the call was about.',
  },
  namesHaveDocumentedCase: {
    claim: 'Names of properties have the documented case.',
    evidence: 'Every document and sample.',
    counterEvidence: 'The documents themselves differ: fileName and filename, UtcMs and startUtcMs.',
    ifFalse: 'Known names are read in any case.',
  },
  valuesHaveDocumentedTypes: {
    claim: 'Numbers, booleans, objects and times in milliseconds are sent as such.',
    evidence: 'Every document.',
    counterEvidence: 'Models in public code have sliceStartTime, isPlayable and sequence as strings.',
    ifFalse:
      'They are read from strings, a text from a number, an object also from a list, and a time also from seconds.',
  },
  listsAreArrays: {
    claim: 'A list of one entry is an array.',
    evidence: 'Every document and sample.',
    counterEvidence: 'Models in public code have extensionServiceState as one object.',
    ifFalse: 'The object is read as the only entry.',
  },
  servicesHaveNames: {
    claim: 'Each entry of extensionServiceState has its serviceName.',
    evidence: 'REST reference and query page.',
    counterEvidence: null,
    ifFalse: 'The service is derived from what its state contains, and its files are kept.',
  },
  factsHaveDocumentedPlaces: {
    claim:
      'A notification has noticeId and eventType in its envelope, and cname, uid, sid, sendts and details in its payload.',
    evidence: 'Callback page and current notification pages.',
    counterEvidence:
      'The older envelope has notificationId and eventMs; real notifications repeat sid in the envelope.',
    ifFalse: 'Each is read wherever it is found. Whatever has a sid is stored.',
  },
  productIsCloudRecording: {
    claim: 'The productId of a notification with a sid is 3.',
    evidence: 'Callback page and current notification pages.',
    counterEvidence: null,
    ifFalse: 'The sid decides: the notification is stored. Without a sid it belongs to another product.',
  },
  namesAgree: {
    claim:
      'A reply is about the recording that was asked for, and a sid is always named with the same channel.',
    evidence: 'Every document and sample.',
    counterEvidence: 'Users report it of proxies and mocks that mix up replies.',
    ifFalse:
      'A reply about another recording is recorded as a problem and changes nothing else; the call counts as unanswered. Of ' +
      'a notification the sid decides.',
  },
  notFoundSaysReason: {
    claim: 'A 404 of the service has a code and a reason.',
    evidence: 'Table of status codes.',
    counterEvidence: 'Support tickets show serverResponse.payload.message in failed replies.',
    ifFalse: 'serverResponse.payload.message is read instead.',
  },
  rateLimitedNamesNoWait: {
    claim: 'A reply 429 has no Retry-After header.',
    evidence: 'No document mentions one.',
    counterEvidence: null,
    ifFalse: 'The gateway waits as long as the header says, up to a minute.',
  },
  webStopSaysPayload: {
    claim: 'The state of a service in the reply of stop is named payload.',
    evidence: 'Stop page.',
    counterEvidence: 'REST reference and the Go middleware: playload.',
    ifFalse: 'playload is read instead.',
  },
  uploadIsCalledUnknown: {
    claim: 'uploadingStatus is "unknown" if it is not known.',
    evidence: 'REST reference and stop page.',
    counterEvidence: 'An older stop page: "unknow".',
    ifFalse: 'Any other string counts as unknown.',
  },
  queryHasNoSubServiceStatus: {
    claim: 'The reply of query has no subServiceStatus.',
    evidence: 'REST reference.',
    counterEvidence: 'Query page: it is returned except in web page recording.',
    ifFalse: 'It is shown with the recording.',
  },
  lateStopIsPartial: {
    claim: 'A stop whose upload takes longer than Agora waits has the HTTP status 206.',
    evidence: 'Quick start: 206, and the uploading status is unknown.',
    counterEvidence: 'Stop page: code 50, without an HTTP status.',
    ifFalse: 'With 200 it counts as a stop that was accepted, too.',
  },
  lateStopSaysCode: {
    claim: 'A stop whose upload takes longer than Agora waits has the code 50.',
    evidence: 'Stop page and REST reference.',
    counterEvidence: 'Quick start: 206, without a code.',
    ifFalse: 'Without the code it counts as a stop that was accepted, too.',
  },
  answeredStopEndsTask: {
    claim:
      'After the reply to a synchronous stop, calls for the task get 404, and its channel and uid are free.',
    evidence: 'Quick start, REST reference, query page and stop page: 404 after the recording has stopped.',
    counterEvidence: 'Query page: the statuses 7 (stops) and 8 (exits).',
    ifFalse: 'No query follows an accepted stop. A start that gets 400/53 in this moment is retried.',
  },
  secondStopIsInvalid: {
    claim: 'A second stop of a recording that is ending gets 400/49.',
    evidence: 'Table of status codes.',
    counterEvidence: 'Stop page: 404 if the recording has ended.',
    ifFalse: 'A 404 counts as success if the recording is already ending.',
  },
  queryWhileEndingTellsStatus: {
    claim: 'While a recording is ending, query returns status 6, 7 or 8.',
    evidence: 'Query page and REST reference.',
    counterEvidence: 'Older list of codes: 501, recording is exiting.',
    ifFalse: 'The refusal changes nothing; notifications, or the 404 that follows, show the end.',
  },
  expiryEndsOnlyCalls: {
    claim: 'resourceExpiredHour ends the calls for a recording, but not the recording.',
    evidence: 'REST reference: query, update, updateLayout and stop cannot be called afterwards.',
    counterEvidence: null,
    ifFalse: 'Its notifications show the end; without them it counts as lost after the usual silence.',
  },

  // Requests
  contentTypeIsRequired: {
    claim: 'A request with a body is refused unless its Content-Type is application/json.',
    evidence: 'Query page and the older list of codes (8).',
    counterEvidence: 'REST reference: the header is not required.',
    ifFalse: 'Nothing changes: the gateway always sends the header.',
  },
  otherModesPropertiesAreIgnored: {
    claim: 'Properties of start and update that belong to another recording mode are ignored.',
    evidence:
      'REST reference: they only need to be set in their mode. The guide to web page recording sends a token.',
    counterEvidence: null,
    ifFalse: 'Nothing changes: the gateway sends only properties of the mode.',
  },
  subscribeUidGroupIsOptional: {
    claim: 'Individual recording can be started without subscribeUidGroup, which is then 0.',
    evidence:
      'REST reference: not required. The Go client never sends 0, and an older sample of start has none.',
    counterEvidence: 'REST reference, note: required in individual recording.',
    ifFalse: 'Nothing changes: the gateway always sends it.',
  },
  channelTypeIsOptional: {
    claim: 'A recording can be started without channelType, which is then 0.',
    evidence: 'REST reference: 0 is the default.',
    counterEvidence: 'REST reference: required.',
    ifFalse: 'Nothing changes: the gateway always sends it with recordingConfig.',
  },
  individualMakesNoMp4: {
    claim: 'Individual recording refuses avFileType ["hls","mp4"].',
    evidence: 'REST reference, recordingFileConfig: MP4 files in composite and web page recording.',
    counterEvidence: 'REST reference, fileListMode: avFileType ["hls","mp4"] in individual recording.',
    ifFalse: 'MP4 files in replies and notifications are read like any other file.',
  },
  mismatchSaysRequestHash: {
    claim:
      'A start that differs from the startParameter of acquire gets the reason "request_hash mismatch!".',
    evidence: 'A support ticket.',
    counterEvidence: 'Other reasons of code 2 name the operation and the property.',
    ifFalse: 'Nothing changes: code 2 decides, and the reason is passed on.',
  },
  startRepeatsStartParameter: {
    claim: 'A start whose clientRequest repeats the startParameter of its acquire is accepted.',
    evidence: 'REST reference, acquire-request: startParameter must be consistent with start.',
    counterEvidence:
      'A support ticket advises to leave startParameter out, since it easily leads to a mismatch.',
    ifFalse: 'The gateway acquires once more without startParameter and starts with that resource.',
  },
  unsubscribeIsHonoured: {
    claim: 'unsubscribeAudioUids and unsubscribeVideoUids are honoured.',
    evidence: 'REST reference.',
    counterEvidence: 'The Go, Java and Node clients spell them unSubscribe….',
    ifFalse: 'The lists are also sent in the other spelling.',
  },
  unSubscribeIsHonoured: {
    claim: 'unSubscribeAudioUids and unSubscribeVideoUids are honoured.',
    evidence: 'The Go, Java and Node clients; the guide to subscription lists.',
    counterEvidence: 'The REST reference spells them unsubscribe….',
    ifFalse: 'The lists are also sent in the other spelling.',
  },
} as const satisfies Record<string, Assumption>;

export type AssumptionName = keyof typeof ASSUMPTIONS;

export const ASSUMPTION_NAMES = Object.keys(ASSUMPTIONS) as AssumptionName[];
