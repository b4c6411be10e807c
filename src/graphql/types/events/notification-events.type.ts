import { GraphQLDateTime } from 'graphql-scalars';
import { Field, Float, Int, InterfaceType, ObjectType } from 'type-graphql';
import {
  EventError,
  EventErrorLevel,
  EventModule,
  EventStatus,
  EventWarning,
  LeaveReason,
  ListedLeaveReason,
  StreamReceiveState,
} from '../../enums/event.js';
import { TrackType } from '../../enums/file.js';
import { ServiceStatus } from '../../enums/recording.js';
import { NotificationEventType } from './event.type.js';
import {
  FileListUnion,
  type PlaylistFileType,
  type RecordedFileSetType,
  RecordedFileType,
} from '../file.type.js';

/** Details of the notifications of the recorder, the uploader and the service. Source: docs/agora/notifications.md. */

const fileListField = { nullable: true, description: 'The file list as it stood then.' };
const statusField = { nullable: true, description: 'Whether all is as it should be.' };
const numberField = { nullable: true, description: 'The same as the number Agora gave.' };

@ObjectType('CloudRecordingErrorEvent', {
  implements: NotificationEventType,
  description: 'Event 1: an error during the recording.',
  simpleResolvers: true,
})
export class CloudRecordingErrorEventType extends NotificationEventType {
  @Field(() => EventModule, { nullable: true, description: 'Where it occurred.' })
  module!: string | null;

  @Field(() => Int, numberField)
  moduleCode!: number | null;

  @Field(() => EventErrorLevel, {
    nullable: true,
    description: 'How grave it is. On FATAL the gateway queries at once.',
  })
  errorLevel!: string | null;

  @Field(() => Int, numberField)
  errorLevelCode!: number | null;

  @Field(() => EventError, {
    nullable: true,
    description: 'What went wrong, as far as the codes of its module are documented.',
  })
  error!: string | null;

  @Field(() => Int, numberField)
  errorCode!: number | null;

  @Field(() => EventStatus, { nullable: true, description: 'Whether the service is as it should be (stat).' })
  status!: string | null;

  @Field(() => Int, numberField)
  statusCode!: number | null;

  @Field(() => String, { nullable: true, description: 'In the words of Agora.' })
  errorMessage!: string | null;
}

@ObjectType('CloudRecordingWarningEvent', {
  implements: NotificationEventType,
  description: 'Event 2: a warning during the recording.',
  simpleResolvers: true,
})
export class CloudRecordingWarningEventType extends NotificationEventType {
  @Field(() => EventModule, { nullable: true, description: 'Where it occurred.' })
  module!: string | null;

  @Field(() => Int, numberField)
  moduleCode!: number | null;

  @Field(() => EventWarning, {
    nullable: true,
    description: 'What is warned of, as far as the codes of its module are documented.',
  })
  warning!: string | null;

  @Field(() => Int, numberField)
  warnCode!: number | null;
}

@ObjectType('CloudRecordingStatusUpdateEvent', {
  implements: NotificationEventType,
  description: 'Event 3: the service status changed, or a call did not match it.',
  simpleResolvers: true,
})
export class CloudRecordingStatusUpdateEventType extends NotificationEventType {
  @Field(() => ServiceStatus, { nullable: true, description: 'The service status.' })
  serviceStatus!: string | null;

  @Field(() => Int, numberField)
  serviceStatusCode!: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'As Agora gave it. Its documents contradict each other on what 0 and 1 mean, so it is not decoded.',
  })
  recordingModeCode!: number | null;

  @Field(() => FileListUnion, fileListField)
  fileList!: PlaylistFileType | RecordedFileSetType | null;
}

@ObjectType('CloudRecordingFileInfosEvent', {
  implements: NotificationEventType,
  description: 'Event 4: the playlist was generated and uploaded.',
  simpleResolvers: true,
})
export class CloudRecordingFileInfosEventType extends NotificationEventType {
  @Field(() => FileListUnion, fileListField)
  fileList!: PlaylistFileType | RecordedFileSetType | null;
}

@ObjectType('SessionExitEvent', {
  implements: NotificationEventType,
  description: 'Event 11: the service ended its tasks and exited.',
  simpleResolvers: true,
})
export class SessionExitEventType extends NotificationEventType {
  @Field(() => EventStatus, {
    nullable: true,
    description:
      'Whether it exited after the recording had ended and its files were uploaded (older: leaveStatus).',
  })
  exitStatus!: string | null;

  @Field(() => Int, numberField)
  exitStatusCode!: number | null;
}

@ObjectType('SessionFailoverEvent', {
  implements: NotificationEventType,
  description:
    'Event 12: the recording moved to another server and continues there under another recorder uid.',
  simpleResolvers: true,
})
export class SessionFailoverEventType extends NotificationEventType {
  @Field(() => String, { nullable: true, description: 'The uid of the recorder from now on.' })
  newUid!: string | null;
}

@ObjectType('UploaderStartedEvent', {
  implements: NotificationEventType,
  description: 'Event 30: the upload service started.',
  simpleResolvers: true,
})
export class UploaderStartedEventType extends NotificationEventType {
  @Field(() => EventStatus, statusField)
  status!: string | null;

  @Field(() => Int, numberField)
  statusCode!: number | null;
}

@ObjectType('UploadedEvent', {
  implements: NotificationEventType,
  description: 'Event 31: all files are in the storage.',
  simpleResolvers: true,
})
export class UploadedEventType extends NotificationEventType {
  @Field(() => EventStatus, statusField)
  status!: string | null;

  @Field(() => Int, numberField)
  statusCode!: number | null;

  @Field(() => FileListUnion, fileListField)
  fileList!: PlaylistFileType | RecordedFileSetType | null;
}

@ObjectType('BackedUpEvent', {
  implements: NotificationEventType,
  description:
    "Event 32: all files are uploaded, at least one of them to Agora's backup cloud, which forwards it.",
  simpleResolvers: true,
})
export class BackedUpEventType extends NotificationEventType {
  @Field(() => EventStatus, statusField)
  status!: string | null;

  @Field(() => Int, numberField)
  statusCode!: number | null;

  @Field(() => FileListUnion, fileListField)
  fileList!: PlaylistFileType | RecordedFileSetType | null;
}

@ObjectType('UploadingProgressEvent', {
  implements: NotificationEventType,
  description: 'Event 33: progress of the upload, about once a minute.',
  simpleResolvers: true,
})
export class UploadingProgressEventType extends NotificationEventType {
  @Field(() => Float, {
    nullable: true,
    description: 'Uploaded files as a share of the recorded ones, 0 to 1.',
  })
  progress!: number | null;
}

@ObjectType('RecorderStartedEvent', {
  implements: NotificationEventType,
  description: 'Event 40: the recorder started.',
  simpleResolvers: true,
})
export class RecorderStartedEventType extends NotificationEventType {
  @Field(() => EventStatus, statusField)
  status!: string | null;

  @Field(() => Int, numberField)
  statusCode!: number | null;
}

@ObjectType('RecorderLeaveEvent', {
  implements: NotificationEventType,
  description: 'Event 41: the recorder left the channel.',
  simpleResolvers: true,
})
export class RecorderLeaveEventType extends NotificationEventType {
  @Field(() => Int, {
    nullable: true,
    description:
      "The number as Agora sent it. Agora's pages contradict each other on its meaning: the next two fields show both readings, " +
      "and the gateway's own (endReason) uses the bits.",
  })
  leaveCode!: number | null;

  @Field(() => [LeaveReason], { description: 'leaveCode read as a bitmask.' })
  leaveReasons!: string[];

  @Field(() => ListedLeaveReason, {
    nullable: true,
    description: 'leaveCode read as a single value of a list.',
  })
  listedLeaveReason!: string | null;
}

@ObjectType('RecorderSliceStartEvent', {
  implements: NotificationEventType,
  description: 'Event 42: a slice began; again after each interruption.',
  simpleResolvers: true,
})
export class RecorderSliceStartEventType extends NotificationEventType {
  @Field(() => GraphQLDateTime, { nullable: true, description: 'Start of the slice (startUtcMs).' })
  startedAt!: number | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description:
      'After an interruption the end of the last slice before it; else the same as startedAt (discontinueUtcMs).',
  })
  discontinuedAt!: number | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether all users are in this one file.' })
  mixedAllUsers!: boolean | null;

  @Field(() => String, { nullable: true, description: 'Whose stream it holds; "0" in composite mode.' })
  streamUid!: string | null;

  @Field(() => TrackType, { nullable: true, description: 'What it holds.' })
  trackType!: string | null;
}

@InterfaceType('RecorderStreamStateChangedEvent', {
  implements: NotificationEventType,
  description: "A user's audio (event 43) or video (event 44) began or ceased to be received.",
})
export abstract class RecorderStreamStateChangedEventType extends NotificationEventType {
  @Field(() => String, { nullable: true, description: 'Whose stream; "0" may stand for all users mixed.' })
  streamUid!: string | null;

  @Field(() => StreamReceiveState, { nullable: true, description: 'Whether the recorder receives it.' })
  state!: string | null;

  @Field(() => Int, numberField)
  stateCode!: number | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When that changed (UtcMs).' })
  changedAt!: number | null;
}

@ObjectType('RecorderAudioStreamStateChangedEvent', {
  implements: RecorderStreamStateChangedEventType,
  description: "Event 43: a user's audio began or ceased to be received.",
  simpleResolvers: true,
})
export class RecorderAudioStreamStateChangedEventType extends RecorderStreamStateChangedEventType {}

@ObjectType('RecorderVideoStreamStateChangedEvent', {
  implements: RecorderStreamStateChangedEventType,
  description: "Event 44: a user's video began or ceased to be received.",
  simpleResolvers: true,
})
export class RecorderVideoStreamStateChangedEventType extends RecorderStreamStateChangedEventType {}

@ObjectType('HaRegisterSuccessEvent', {
  implements: NotificationEventType,
  description:
    'Event 13: the recording is registered for high availability (uncertain: Agora does not document this event).',
  simpleResolvers: true,
})
export class HaRegisterSuccessEventType extends NotificationEventType {}

@ObjectType('StsExpiredEvent', {
  implements: NotificationEventType,
  description:
    'Event 34: the temporary credentials of the storage expired (uncertain: Agora does not document this event).',
  simpleResolvers: true,
})
export class StsExpiredEventType extends NotificationEventType {}

@ObjectType('RecorderSnapshotFileEvent', {
  implements: NotificationEventType,
  description: 'Event 45: a screenshot was uploaded.',
  simpleResolvers: true,
})
export class RecorderSnapshotFileEventType extends NotificationEventType {
  @Field(() => RecordedFileType, { nullable: true, description: 'The screenshot.' })
  file!: RecordedFileType | null;
}

@ObjectType('RecorderAudioInfoChangedEvent', {
  implements: NotificationEventType,
  description:
    "Event 46: what is known of a user's audio changed (uncertain: Agora does not document this event or its details).",
  simpleResolvers: true,
})
export class RecorderAudioInfoChangedEventType extends NotificationEventType {}

@ObjectType('RecorderVideoInfoChangedEvent', {
  implements: NotificationEventType,
  description:
    "Event 47: what is known of a user's video changed (uncertain: Agora does not document this event or its details).",
  simpleResolvers: true,
})
export class RecorderVideoInfoChangedEventType extends NotificationEventType {}

@ObjectType('UnknownEvent', {
  implements: NotificationEventType,
  description: 'A notification without a specific type; see `typeCode` and `raw`.',
  simpleResolvers: true,
})
export class UnknownEventType extends NotificationEventType {}
