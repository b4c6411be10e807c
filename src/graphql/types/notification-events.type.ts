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
import {
  FileListUnion,
  type PlaylistFileType,
  type RecordedFileSetType,
  RecordedFileType,
} from './file.type.js';
import { PushOutputType } from './mode-state.type.js';

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

@ObjectType('HaRegisterSuccessEvent', {
  implements: RecordingEventType_,
  description:
    'Event 13: the recording is registered for high availability (agora-facts.md; its name is uncertain).',
  simpleResolvers: true,
})
export class HaRegisterSuccessEventType extends RecordingEventType_ {}

@ObjectType('StsExpiredEvent', {
  implements: RecordingEventType_,
  description:
    'Event 34: the temporary credentials of the storage expired (agora-facts.md; its name is uncertain).',
  simpleResolvers: true,
})
export class StsExpiredEventType extends RecordingEventType_ {}

@ObjectType('RecorderSnapshotFileEvent', {
  implements: RecordingEventType_,
  description: 'Event 45: a screenshot was uploaded (agora-facts.md).',
  simpleResolvers: true,
})
export class RecorderSnapshotFileEventType extends RecordingEventType_ {
  @Field(() => RecordedFileType, { nullable: true, description: 'The screenshot.' })
  file!: RecordedFileType | null;
}

@ObjectType('VodStartedEvent', {
  implements: RecordingEventType_,
  description: 'Event 60: uploading to ApsaraVideo for VoD started (agora-facts.md).',
  simpleResolvers: true,
})
export class VodStartedEventType extends RecordingEventType_ {
  @Field(() => String, { nullable: true, description: 'Id of the video.' })
  videoId!: string | null;
}

@ObjectType('VodTriggeredEvent', {
  implements: RecordingEventType_,
  description: 'Event 61: all files are uploaded to ApsaraVideo for VoD (agora-facts.md).',
  simpleResolvers: true,
})
export class VodTriggeredEventType extends RecordingEventType_ {}

@ObjectType('WebRecorderStartedEvent', {
  implements: RecordingEventType_,
  description: 'Event 70: page recording started (agora-facts.md).',
  simpleResolvers: true,
})
export class WebRecorderStartedEventType extends RecordingEventType_ {
  @Field(() => GraphQLDateTime, { nullable: true, description: 'When (recorderStartTime).' })
  startedAt!: number | null;
}

@ObjectType('WebRecorderStoppedEvent', {
  implements: RecordingEventType_,
  description: 'Event 71: page recording stopped (agora-facts.md).',
  simpleResolvers: true,
})
export class WebRecorderStoppedEventType extends RecordingEventType_ {
  @Field(() => Int, {
    nullable: true,
    description:
      '0 as asked, 1 maxRecordingHour reached, 2 capability limit, 3 engine did not start, 4 page did not load, 5 address ' +
      'not reached, 6 recorder error.',
  })
  stopCode!: number | null;

  @Field(() => String, { nullable: true, description: 'In the words of Agora.' })
  message!: string | null;

  @Field(() => String, { nullable: true, description: 'More of them, where there are any.' })
  details!: string | null;

  @Field(() => FileListUnion, fileListField)
  fileList!: PlaylistFileType | RecordedFileSetType | null;
}

@ObjectType('WebRecorderCapabilityLimitEvent', {
  implements: RecordingEventType_,
  description: 'Event 72: the page uses more than can be recorded; the recording ends (agora-facts.md).',
  simpleResolvers: true,
})
export class WebRecorderCapabilityLimitEventType extends RecordingEventType_ {
  @Field(() => String, { nullable: true, description: 'Of what: resolution, WebGL or bandwidth.' })
  limitType!: string | null;
}

@ObjectType('WebRecorderReloadEvent', {
  implements: RecordingEventType_,
  description: 'Event 73: the page was reloaded (agora-facts.md).',
  simpleResolvers: true,
})
export class WebRecorderReloadEventType extends RecordingEventType_ {
  @Field(() => String, { nullable: true, description: 'Why: audio_silence or page_load_timeout.' })
  reloadReason!: string | null;
}

@ObjectType('TranscoderStartedEvent', {
  implements: RecordingEventType_,
  description: 'Event 80: postponed transcoding started (agora-facts.md).',
  simpleResolvers: true,
})
export class TranscoderStartedEventType extends RecordingEventType_ {}

@ObjectType('TranscoderCompletedEvent', {
  implements: RecordingEventType_,
  description: 'Event 81: postponed transcoding ended (agora-facts.md).',
  simpleResolvers: true,
})
export class TranscoderCompletedEventType extends RecordingEventType_ {
  @Field(() => String, { nullable: true, description: 'all_success, partial_success or fail.' })
  result!: string | null;
}

@ObjectType('DownloadFailedEvent', {
  implements: RecordingEventType_,
  description: 'Event 90: recorded files could not be downloaded for transcoding (agora-facts.md).',
  simpleResolvers: true,
})
export class DownloadFailedEventType extends RecordingEventType_ {
  @Field(() => Int, { nullable: true, description: 'Number of the storage vendor.' })
  vendor!: number | null;

  @Field(() => Int, { nullable: true, description: 'Number of its region.' })
  region!: number | null;

  @Field(() => String, { nullable: true, description: 'Name of the bucket.' })
  bucket!: string | null;

  @Field(() => [String], { description: 'Which files.' })
  fileNames!: string[];
}

@ObjectType('RtmpPublishStatusEvent', {
  implements: RecordingEventType_,
  description: 'Event 100: the state of a push to a CDN changed (agora-facts.md).',
  simpleResolvers: true,
})
export class RtmpPublishStatusEventType extends RecordingEventType_ {
  @Field(() => PushOutputType, { nullable: true, description: 'The push.' })
  output!: PushOutputType | null;
}

@ObjectType('PostponeTranscodeFinalResultEvent', {
  implements: RecordingEventType_,
  description: 'Event 1001: the final result of postponed transcoding (agora-facts.md).',
  simpleResolvers: true,
})
export class PostponeTranscodeFinalResultEventType extends RecordingEventType_ {
  @Field(() => String, { nullable: true, description: 'total_success, partial_success or failed.' })
  result!: string | null;

  @Field(() => FileListUnion, fileListField)
  fileList!: PlaylistFileType | RecordedFileSetType | null;
}

@ObjectType('UnknownEvent', {
  implements: RecordingEventType_,
  description: 'A notification without a type of its own; `typeCode` and `raw` tell what it was.',
  simpleResolvers: true,
})
export class UnknownEventType extends RecordingEventType_ {}
