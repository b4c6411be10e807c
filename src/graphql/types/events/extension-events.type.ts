import { GraphQLDateTime } from 'graphql-scalars';
import { Field, Int, ObjectType } from 'type-graphql';
import { TranscodingResult, WebCapabilityLimit, WebReloadReason, WebStopReason } from '../../enums/event.js';
import { NotificationEventType } from './event.type.js';
import { FileListUnion, type PlaylistFileType, type RecordedFileSetType } from '../file.type.js';
import { PushOutputType } from '../mode-state.type.js';

/**
 * Details of the notifications of services other than the recorder: ApsaraVideo for VoD, page recording, postponed
 * transcoding, pushing. Source: docs/agora/notifications.md.
 */

const fileListField = { nullable: true, description: 'The file list as it stood then.' };
const numberField = { nullable: true, description: 'The same as the number Agora gave.' };

@ObjectType('VodStartedEvent', {
  implements: NotificationEventType,
  description: 'Event 60: uploading to ApsaraVideo for VoD started.',
  simpleResolvers: true,
})
export class VodStartedEventType extends NotificationEventType {
  @Field(() => String, { nullable: true, description: 'Id of the video.' })
  videoId!: string | null;
}

@ObjectType('VodTriggeredEvent', {
  implements: NotificationEventType,
  description: 'Event 61: all files are uploaded to ApsaraVideo for VoD.',
  simpleResolvers: true,
})
export class VodTriggeredEventType extends NotificationEventType {}

@ObjectType('WebRecorderStartedEvent', {
  implements: NotificationEventType,
  description: 'Event 70: page recording started.',
  simpleResolvers: true,
})
export class WebRecorderStartedEventType extends NotificationEventType {
  @Field(() => GraphQLDateTime, { nullable: true, description: 'When (recorderStartTime).' })
  startedAt!: number | null;
}

@ObjectType('WebRecorderStoppedEvent', {
  implements: NotificationEventType,
  description: 'Event 71: page recording stopped.',
  simpleResolvers: true,
})
export class WebRecorderStoppedEventType extends NotificationEventType {
  @Field(() => WebStopReason, { nullable: true, description: 'Why it stopped.' })
  stopReason!: string | null;

  @Field(() => Int, numberField)
  stopCode!: number | null;

  @Field(() => String, { nullable: true, description: 'In the words of Agora.' })
  message!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Details in the words of Agora; null where it gave none.',
  })
  details!: string | null;

  @Field(() => FileListUnion, fileListField)
  fileList!: PlaylistFileType | RecordedFileSetType | null;
}

@ObjectType('WebRecorderCapabilityLimitEvent', {
  implements: NotificationEventType,
  description: 'Event 72: the page exceeds a limit of the page recorder; the recording ends.',
  simpleResolvers: true,
})
export class WebRecorderCapabilityLimitEventType extends NotificationEventType {
  @Field(() => WebCapabilityLimit, {
    nullable: true,
    description: 'Which limit was exceeded; null where Agora did not say.',
  })
  limitType!: string | null;
}

@ObjectType('WebRecorderReloadEvent', {
  implements: NotificationEventType,
  description: 'Event 73: the page was reloaded.',
  simpleResolvers: true,
})
export class WebRecorderReloadEventType extends NotificationEventType {
  @Field(() => WebReloadReason, { nullable: true, description: 'Why.' })
  reloadReason!: string | null;
}

@ObjectType('TranscoderStartedEvent', {
  implements: NotificationEventType,
  description: 'Event 80: postponed transcoding started.',
  simpleResolvers: true,
})
export class TranscoderStartedEventType extends NotificationEventType {}

@ObjectType('TranscodedUser', {
  description: "What postponed transcoding made of one user's files.",
  simpleResolvers: true,
})
export class TranscodedUserType {
  @Field(() => String, { nullable: true, description: 'Whose files; "0" where all users are mixed.' })
  uid!: string | null;

  @Field(() => TranscodingResult, { nullable: true, description: 'The result for this user.' })
  result!: string | null;

  @Field(() => FileListUnion, { nullable: true, description: 'The files that were made.' })
  fileList!: PlaylistFileType | RecordedFileSetType | null;
}

@ObjectType('TranscoderCompletedEvent', {
  implements: NotificationEventType,
  description: 'Event 81: postponed transcoding ended.',
  simpleResolvers: true,
})
export class TranscoderCompletedEventType extends NotificationEventType {
  @Field(() => TranscodingResult, { nullable: true, description: 'The result for all users together.' })
  result!: string | null;

  @Field(() => [TranscodedUserType], { description: 'The same by user.' })
  users!: TranscodedUserType[];
}

@ObjectType('DownloadFailedEvent', {
  implements: NotificationEventType,
  description: 'Event 90: recorded files could not be downloaded for transcoding.',
  simpleResolvers: true,
})
export class DownloadFailedEventType extends NotificationEventType {
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
  implements: NotificationEventType,
  description: 'Event 100: the state of a push to a CDN changed.',
  simpleResolvers: true,
})
export class RtmpPublishStatusEventType extends NotificationEventType {
  @Field(() => PushOutputType, { nullable: true, description: 'The push.' })
  output!: PushOutputType | null;
}

@ObjectType('PostponeTranscodeFinalResultEvent', {
  implements: NotificationEventType,
  description: 'Event 1001: the final result of postponed transcoding.',
  simpleResolvers: true,
})
export class PostponeTranscodeFinalResultEventType extends NotificationEventType {
  @Field(() => TranscodingResult, { nullable: true, description: 'The result.' })
  result!: string | null;

  @Field(() => FileListUnion, fileListField)
  fileList!: PlaylistFileType | RecordedFileSetType | null;
}
