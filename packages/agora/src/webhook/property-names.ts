/** The properties of notifications and replies that are read, as the documents spell them. */
const DOCUMENTED_NAMES: readonly string[] = [
  // Envelope
  ...['noticeId', 'notificationId', 'productId', 'eventType', 'notifyMs', 'eventMs', 'payload'],
  ...['cname', 'channelName', 'uid', 'sid', 'sequence', 'sendts', 'serviceType', 'details'],
  // Details of events
  ...[
    'msgName',
    'module',
    'errorLevel',
    'errorCode',
    'stat',
    'errorMsg',
    'warnCode',
    'status',
    'recordingMode',
  ],
  ...['fileList', 'exitStatus', 'leaveStatus', 'newUid', 'progress', 'leaveCode', 'startUtcMs'],
  ...[
    'discontinueUtcMs',
    'mixedAllUser',
    'streamUid',
    'trackType',
    'state',
    'UtcMs',
    'aliVodInfo',
    'videoId',
  ],
  ...['recorderStartTime', 'code', 'message', 'limitType', 'reason', 'result', 'uids', 'vendor', 'region'],
  ...['bucket', 'rtmpUrl', 'fileName', 'filename', 'isPlayable', 'sliceStartTime'],
  // Replies
  ...['msg', 'resourceId', 'serverResponse', 'fileListMode', 'fileListStr', 'uploadingStatus'],
  ...[
    'subServiceStatus',
    'extensionServiceState',
    'serviceName',
    'playload',
    'onhold',
    'outputs',
    'videoInfo',
  ],
  // The list of notification servers
  ...['data', 'service', 'hosts', 'primaryIP'],
];

const DOCUMENTED = new Set(DOCUMENTED_NAMES);

/** By the name in lower case; of two documented spellings the first. */
const BY_LOWER_CASE = new Map<string, string>();
for (const name of DOCUMENTED_NAMES) {
  const lower = name.toLowerCase();
  if (!BY_LOWER_CASE.has(lower)) BY_LOWER_CASE.set(lower, name);
}

/** The documented spelling of a name that differs from it in case only; null for every other name. */
export function documentedSpelling(name: string): string | null {
  return DOCUMENTED.has(name) ? null : (BY_LOWER_CASE.get(name.toLowerCase()) ?? null);
}
