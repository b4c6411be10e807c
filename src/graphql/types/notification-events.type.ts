import { GraphQLDateTime } from 'graphql-scalars';
import { Field, Float, Int, InterfaceType, ObjectType } from 'type-graphql';
import {
  EventErrorLevel,
  EventModule,
  LeaveReason,
  ServiceStatus,
  StreamReceiveState,
  TrackType,
} from '../enums.js';
import { RecordingEventType_ } from './event.type.js';
import { FileListUnion, type PlaylistFileType, type RecordedFileSetType } from './file.type.js';

/** Details of Agora's notifications. Source: callback-service.md; what agora-facts.md adds is named at the field. */

const fileListField = { nullable: true, description: 'The file list as it stood then.' };
const statusField = { nullable: true, description: '0 is normal; anything else is not.' };

@ObjectType('CloudRecordingErrorEvent', {
  implements: RecordingEventType_,
  description: 'Event 1: an error during the recording.',
  simpleResolvers: true,
})
export class CloudRecordingErrorEventType extends RecordingEventType_ {
  @Field(() => EventModule, { nullable: true, description: 'Where it occurred.' })
  module!: string | null;

  @Field(() => Int, { nullable: true, description: 'The same as the number Agora gave.' })
  moduleCode!: number | null;

  @Field(() => EventErrorLevel, {
    nullable: true,
    description: 'How grave it is. On FATAL the gateway queries at once.',
  })
  errorLevel!: string | null;

  @Field(() => Int, { nullable: true, description: 'The same as the number Agora gave.' })
  errorLevelCode!: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'Of the uploader: 32 storage configuration wrong, 47 upload failed, 51 files not processed. Of the service: 50 upload ' +
      'timed out, 52 start timed out.',
  })
  errorCode!: number | null;

  @Field(() => Int, { nullable: true, description: '0 is normal; anything else is not.' })
  stat!: number | null;

  @Field(() => String, { nullable: true, description: 'In the words of Agora.' })
  errorMessage!: string | null;
}

@ObjectType('CloudRecordingWarningEvent', {
  implements: RecordingEventType_,
  description: 'Event 2: a warning during the recording.',
  simpleResolvers: true,
})
export class CloudRecordingWarningEventType extends RecordingEventType_ {
  @Field(() => EventModule, { nullable: true, description: 'Where it occurred.' })
  module!: string | null;

  @Field(() => Int, { nullable: true, description: 'The same as the number Agora gave.' })
  moduleCode!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: "Of the uploader: 31 a slice is uploaded again to the storage, 32 to Agora's backup cloud.",
  })
  warnCode!: number | null;
}

@ObjectType('CloudRecordingStatusUpdateEvent', {
  implements: RecordingEventType_,
  description: 'Event 3: the service status changed, or a call did not match it.',
  simpleResolvers: true,
})
export class CloudRecordingStatusUpdateEventType extends RecordingEventType_ {
  @Field(() => ServiceStatus, { nullable: true, description: 'The service status.' })
  serviceStatus!: string | null;

  @Field(() => Int, { nullable: true, description: 'The same as the number Agora gave.' })
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
  implements: RecordingEventType_,
  description: 'Event 4: the playlist was generated and uploaded.',
  simpleResolvers: true,
})
export class CloudRecordingFileInfosEventType extends RecordingEventType_ {
  @Field(() => FileListUnion, fileListField)
  fileList!: PlaylistFileType | RecordedFileSetType | null;
}

@ObjectType('SessionExitEvent', {
  implements: RecordingEventType_,
  description: 'Event 11: the service ended its tasks and exited.',
  simpleResolvers: true,
})
export class SessionExitEventType extends RecordingEventType_ {
  @Field(() => Int, {
    nullable: true,
    description: '0 a normal exit, 1 an abnormal one (exitStatus, older: leaveStatus).',
  })
  exitStatus!: number | null;
}

@ObjectType('SessionFailoverEvent', {
  implements: RecordingEventType_,
  description:
    'Event 12: the recording moved to another server and goes on there under another uid (agora-facts.md).',
  simpleResolvers: true,
})
export class SessionFailoverEventType extends RecordingEventType_ {
  @Field(() => String, { nullable: true, description: 'The uid of the recorder from now on.' })
  newUid!: string | null;
}

@ObjectType('UploaderStartedEvent', {
  implements: RecordingEventType_,
  description: 'Event 30: the upload service started.',
  simpleResolvers: true,
})
export class UploaderStartedEventType extends RecordingEventType_ {
  @Field(() => Int, statusField)
  status!: number | null;
}

@ObjectType('UploadedEvent', {
  implements: RecordingEventType_,
  description: 'Event 31: all files are in the storage.',
  simpleResolvers: true,
})
export class UploadedEventType extends RecordingEventType_ {
  @Field(() => Int, statusField)
  status!: number | null;

  @Field(() => FileListUnion, fileListField)
  fileList!: PlaylistFileType | RecordedFileSetType | null;
}

@ObjectType('BackupedEvent', {
  implements: RecordingEventType_,
  description:
    "Event 32: all files are uploaded, at least one of them to Agora's backup cloud, which forwards it.",
  simpleResolvers: true,
})
export class BackupedEventType extends RecordingEventType_ {
  @Field(() => Int, statusField)
  status!: number | null;

  @Field(() => FileListUnion, fileListField)
  fileList!: PlaylistFileType | RecordedFileSetType | null;
}

@ObjectType('UploadingProgressEvent', {
  implements: RecordingEventType_,
  description: 'Event 33: progress of the upload, about once a minute.',
  simpleResolvers: true,
})
export class UploadingProgressEventType extends RecordingEventType_ {
  @Field(() => Float, {
    nullable: true,
    description: 'Uploaded files as a share of the recorded ones, 0 to 1.',
  })
  progress!: number | null;
}

@ObjectType('RecorderStartedEvent', {
  implements: RecordingEventType_,
  description: 'Event 40: the recorder started.',
  simpleResolvers: true,
})
export class RecorderStartedEventType extends RecordingEventType_ {
  @Field(() => Int, statusField)
  status!: number | null;
}

@ObjectType('RecorderLeaveEvent', {
  implements: RecordingEventType_,
  description: 'Event 41: the recorder left the channel.',
  simpleResolvers: true,
})
export class RecorderLeaveEventType extends RecordingEventType_ {
  @Field(() => Int, { nullable: true, description: 'As Agora gave it.' })
  leaveCode!: number | null;

  @Field(() => [LeaveReason], { description: 'The same by its bits.' })
  leaveReasons!: string[];
}

@ObjectType('RecorderSliceStartEvent', {
  implements: RecordingEventType_,
  description: 'Event 42: a slice began; again after each interruption.',
  simpleResolvers: true,
})
export class RecorderSliceStartEventType extends RecordingEventType_ {
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
  implements: RecordingEventType_,
  description: "A user's audio (event 43) or video (event 44) began or ceased to be received.",
})
export abstract class RecorderStreamStateChangedEventType extends RecordingEventType_ {
  @Field(() => String, { nullable: true, description: 'Whose stream; "0" may stand for all users mixed.' })
  streamUid!: string | null;

  @Field(() => StreamReceiveState, { nullable: true, description: 'Whether the recorder receives it.' })
  state!: string | null;

  @Field(() => Int, { nullable: true, description: 'The same as the number Agora gave.' })
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

@ObjectType('UnknownEvent', {
  implements: RecordingEventType_,
  description: 'A notification without a type of its own; `typeCode` and `raw` tell what it was.',
  simpleResolvers: true,
})
export class UnknownEventType extends RecordingEventType_ {}
