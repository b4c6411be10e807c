import {
  CAPABILITY_LIMITS,
  ERROR_LEVELS,
  EVENT_ERRORS,
  EVENT_STATUSES,
  EVENT_WARNINGS,
  LEAVE_REASONS,
  LISTED_LEAVE_REASONS,
  MODULES,
  RELOAD_REASONS,
  SERVICE_TYPES,
  STREAM_STATES,
  TRANSCODING_RESULTS,
  WEB_STOP_REASONS,
} from '@agora-recording-gateway/agora/tables/event-details';
import { EVENT_TYPES } from '@agora-recording-gateway/agora/tables/event-types';
import { defineEnum, named } from './define-enum.js';
import { UNKNOWN } from './unknown.js';

const BACKED_UP = named(EVENT_TYPES).BACKUPED;

export const RecordingEventType = defineEnum(
  'RecordingEventType',
  "The kinds of events: Agora's notifications by their msgName in capitals, and what the gateway saw by itself.",
  {
    ...named(EVENT_TYPES.filter((type) => type.name !== 'BACKUPED')),
    BACKED_UP,
    COMMAND: ['COMMAND', 'A call made for a user, and its outcome.'],
    POLL: ['POLL', "Agora's answer to a query that the gateway made by itself."],
    CLOCK: [
      'CLOCK',
      'A deadline passed without the evidence that was expected, or no gateway ran for a while.',
    ],
    FILE_CHECK: ['FILE_CHECK', 'The storage was asked whether the files are there.'],
    METADATA: ['METADATA', 'The metadata was changed by updateMetadata.'],
    MUTATION: ['MUTATION', 'A caller sent a mutation about the recording.'],
    SEQUENCE_GAP: ['SEQUENCE_GAP', 'Notifications have been missing for some seconds.'],
    UNKNOWN: ['UNKNOWN', 'A notification that this gateway does not know; see `typeCode` and `raw`.'],
  },
);

export const EventService = defineEnum(
  'EventService',
  'The service that sent a notification (`serviceType`).',
  named([...SERVICE_TYPES, UNKNOWN]),
);

export const EventModule = defineEnum(
  'EventModule',
  'The module that an error or warning is of (`module` of events 1 and 2).',
  named([...MODULES, UNKNOWN]),
);

export const EventErrorLevel = defineEnum(
  'EventErrorLevel',
  'How grave an error is (`errorLevel` of event 1).',
  named([...ERROR_LEVELS, UNKNOWN]),
);

export const EventError = defineEnum(
  'EventError',
  'What went wrong: `errorCode` of event 1, of the uploader and of the cloud recording service. The ' +
    'codes of the recorder are listed nowhere.',
  named([...EVENT_ERRORS, UNKNOWN]),
);

export const EventWarning = defineEnum(
  'EventWarning',
  'The warning: `warnCode` of event 2, of the uploader.',
  named([...EVENT_WARNINGS, UNKNOWN]),
);

export const EventStatus = defineEnum(
  'EventStatus',
  'Whether things are as they should be (`stat`, `status` and `exitStatus`).',
  named(EVENT_STATUSES),
);

export const StreamReceiveState = defineEnum(
  'StreamReceiveState',
  'Whether the recorder receives a stream (`state` of events 43 and 44).',
  named([...STREAM_STATES, UNKNOWN]),
);

export const LeaveReason = defineEnum(
  'LeaveReason',
  'Why the recorder left, by the bits of `leaveCode`. The raw code is always given too.',
  named([...LEAVE_REASONS, { name: 'UNKNOWN', description: 'Bits that no document names.' } as const]),
);

export const ListedLeaveReason = defineEnum(
  'ListedLeaveReason',
  'Why the recorder left, by an older list of single values for `leaveCode`. The raw code is always given too.',
  named([...LISTED_LEAVE_REASONS, UNKNOWN]),
);

export const WebStopReason = defineEnum(
  'WebStopReason',
  'Why page recording stopped (`code` of event 71).',
  named([...WEB_STOP_REASONS, UNKNOWN]),
);

export const WebCapabilityLimit = defineEnum(
  'WebCapabilityLimit',
  'What of a page is too much to be recorded (`limitType` of event 72).',
  named([...CAPABILITY_LIMITS, UNKNOWN]),
);

export const WebReloadReason = defineEnum(
  'WebReloadReason',
  'Why a page was reloaded (`reason` of event 73).',
  named([...RELOAD_REASONS, UNKNOWN]),
);

export const TranscodingResult = defineEnum(
  'TranscodingResult',
  'The result of postponed transcoding (`result` of events 81 and 1001).',
  named([...TRANSCODING_RESULTS, UNKNOWN]),
);

export const WatchDeadline = defineEnum('WatchDeadline', "A deadline of the gateway's own.", {
  START_UNCONFIRMED: ['START_UNCONFIRMED', 'No evidence that a start runs, within 90 seconds.'],
  NOT_FOUND: [
    'NOT_FOUND',
    'Agora has not known the recording for longer than a fail-over takes (90 seconds).',
  ],
  END_UNCONFIRMED: [
    'END_UNCONFIRMED',
    'A stop was taken, and no word of the files followed within 30 minutes.',
  ],
  SILENT: ['SILENT', 'A recording that cannot be queried was not heard of for too long.'],
});
