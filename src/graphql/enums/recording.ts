import { SERVICE_STATUSES, SUB_SERVICE_STATUSES } from '@agora-recording-gateway/agora/tables/service-status';
import { defineEnum, named } from './define-enum.js';
import { UNKNOWN } from './unknown.js';

export const RecordingMode = defineEnum(
  'RecordingMode',
  'What is recorded, and how (`mode` in the REST paths).',
  {
    INDIVIDUAL: ['INDIVIDUAL', "Separate files for each user's streams (`individual`)."],
    COMPOSITE: ['COMPOSITE', 'All users mixed into one file (`mix`).'],
    WEB: ['WEB', 'A web page (`web`).'],
    UNKNOWN: ['UNKNOWN', 'Not known: started elsewhere, and its mode has not been reported yet.'],
  },
);

export const RecordingPhase = defineEnum(
  'RecordingPhase',
  'Where a recording stands in its life, worked out from all that was seen of it. What is proven is never taken back; ' +
    'what is inferred from silence (`phaseInferred`) may be overturned by later evidence.',
  {
    STARTING: [
      'STARTING',
      'Asked for, not yet confirmed as running. While `sid` is null it is in doubt whether Agora took the start.',
    ],
    RECORDING: ['RECORDING', 'The recording runs.'],
    PAUSED: ['PAUSED', 'Web page recording on hold (`onhold`).'],
    STOPPING: ['STOPPING', 'Agora has taken the stop.'],
    UPLOADING: ['UPLOADING', 'The recorder has left; files are still on their way to the storage.'],
    COMPLETED: ['COMPLETED', 'Ended. `upload.state` says where the files are, `endReason` why it ended.'],
    FAILED: ['FAILED', 'Ended by a fault, with no files proven uploaded.'],
    LOST: ['LOST', 'Gone, with no word of how it ended.'],
  },
);

export const RecordingEndReason = defineEnum(
  'RecordingEndReason',
  'Why a recording ended. `endReasonCertain` says how sure that is.',
  {
    STOP_REQUESTED: ['STOP_REQUESTED', 'A stop was requested.'],
    IDLE: [
      'IDLE',
      'The recorder received no stream for maxIdleTime. Without notifications this is inferred, and uncertain.',
    ],
    MAX_DURATION: ['MAX_DURATION', 'A web page recording reached its maxRecordingHour.'],
    NOTHING_RECORDED: [
      'NOTHING_RECORDED',
      'No user sent a stream, so nothing was recorded (stop: 206, code 435).',
    ],
    START_FAILED: ['START_FAILED', 'Nothing ever confirmed that it ran.'],
    STORAGE_FAILED: [
      'STORAGE_FAILED',
      'The files could not be uploaded (event 1, uploader codes 32 and 47).',
    ],
    PAGE_LOAD_TIMEOUT: ['PAGE_LOAD_TIMEOUT', 'The recorded page did not load in time.'],
    CAPABILITY_LIMIT: ['CAPABILITY_LIMIT', 'The recorded page uses more than can be recorded.'],
    RECORDER_ERROR: [
      'RECORDER_ERROR',
      'The recorder, or another part of Agora, failed: event 71 said so (certain), or an error of event 1 or an abnormal exit (uncertain).',
    ],
    TOKEN_EXPIRED: [
      'TOKEN_EXPIRED',
      'The token expired (event 1, recorder code 109). A recording cannot renew it: start with one that lasts, up to 24 hours.',
    ],
    TOKEN_OR_PARAMETER: [
      'TOKEN_OR_PARAMETER',
      'A token or a parameter was wrong: event 1 reported it (certain), or the recording exited abnormally before it ran (uncertain).',
    ],
    EXPIRED: ['EXPIRED', 'Agora answers no more calls for it (resourceExpiredHour).'],
    UNKNOWN: ['UNKNOWN', 'Nothing shows why.'],
  },
);

export const ServiceStatus = defineEnum(
  'ServiceStatus',
  "Agora's service status, as in replies to query and in event 3 (`status`).",
  named([...SERVICE_STATUSES, UNKNOWN]),
);

export const SubServiceState = defineEnum(
  'SubServiceState',
  'State of a submodule, as in older replies to query (`subServiceStatus`).',
  named([...SUB_SERVICE_STATUSES, UNKNOWN]),
);

export const ObservationSource = defineEnum('ObservationSource', 'Source of an observation.', {
  COMMAND: ['COMMAND', 'A call made for a user.'],
  NOTIFICATION: ['NOTIFICATION', "A notification of Agora's message service."],
  POLL: ['POLL', 'A query that the gateway made by itself.'],
  CLOCK: ['CLOCK', "The gateway's own clock: a deadline passed, or an outage is over."],
});

export const PhaseEvidenceKind = defineEnum(
  'PhaseEvidenceKind',
  'What a phase rests on: a proof, or the silence that it is inferred from. More kinds may be added.',
  {
    START_SENT: ['START_SENT', 'The start that was sent.'],
    START_REPLY: ['START_REPLY', "Agora's reply to a start."],
    QUERY_REPLY: ['QUERY_REPLY', "Agora's reply to a query."],
    STOP_REPLY: ['STOP_REPLY', "Agora's reply to a stop."],
    NOTIFICATION: ['NOTIFICATION', "A notification of Agora's."],
    START_REFUSED: ['START_REFUSED', 'Agora refused the start, and nothing was seen since.'],
    START_UNCONFIRMED: ['START_UNCONFIRMED', 'Nothing confirmed the start in time.'],
    NOT_FOUND: ['NOT_FOUND', 'Agora has not known the recording for longer than a fail-over takes.'],
    END_UNCONFIRMED: ['END_UNCONFIRMED', 'A stop was accepted, and no report of the end followed.'],
    SILENT: ['SILENT', 'Nothing was heard for too long of a recording that cannot be queried.'],
  },
);

export const RecordingsChangeKind = defineEnum(
  'RecordingsChangeKind',
  'What a change is for a list of recordings with the filter of the subscription.',
  {
    STARTED: [
      'STARTED',
      'New in the list: it was started, first seen, or a change brought it into the filter. Put it where the order of the list has it.',
    ],
    CHANGED: ['CHANGED', 'It was in the list, and changed. A list that has not loaded its page ignores it.'],
    LEFT_FILTER: [
      'LEFT_FILTER',
      'It is no longer in the list, and is still there without the filter. Sent once.',
    ],
    REMOVED: [
      'REMOVED',
      'It is gone: removed for its age or by forgetRecording, or found to be the same as another one, which stays.',
    ],
  },
);

export const RecordingOrder = defineEnum('RecordingOrder', 'How a list of recordings is ordered.', {
  STARTED_AT_DESC: ['STARTED_AT_DESC', 'The latest started first.'],
  STARTED_AT_ASC: ['STARTED_AT_ASC', 'The earliest started first.'],
  ENDED_AT_DESC: ['ENDED_AT_DESC', 'Those that have not ended first, then the latest ended.'],
  ENDED_AT_ASC: ['ENDED_AT_ASC', 'The earliest ended first, and those that have not ended last.'],
  CHANGED_AT_DESC: ['CHANGED_AT_DESC', 'The latest changed first.'],
  CHANGED_AT_ASC: ['CHANGED_AT_ASC', 'The earliest changed first.'],
  CHANNEL_ASC: ['CHANNEL_ASC', 'By channel, in the order of its bytes in UTF-8.'],
  CHANNEL_DESC: ['CHANNEL_DESC', 'By channel, backwards.'],
});

export const WebRecorderPhase = defineEnum(
  'WebRecorderPhase',
  'State of the page recorder (web_recorder_service).',
  {
    INIT: ['init', 'It is initialising.'],
    IN_PROGRESS: ['inProgress', 'It works.'],
    EXIT: ['exit', 'It has exited.'],
    UNKNOWN: ['unknown', UNKNOWN.description],
  },
);

export const PushStatus = defineEnum(
  'PushStatus',
  'State of a push to a CDN (rtmp_publish_service, event 100).',
  {
    CONNECTING: ['connecting', 'Connecting to the server.'],
    PUBLISHING: ['publishing', 'Pushing.'],
    ON_HOLD: ['onhold', 'Paused.'],
    DISCONNECTED: [
      'disconnected',
      'The server could not be reached. Check the address, or change it with updateRecording.',
    ],
    UNKNOWN: ['unknown', UNKNOWN.description],
  },
);
