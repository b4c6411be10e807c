import { GraphQLDateTime } from 'graphql-scalars';
import { Field, Int, InterfaceType, ObjectType } from 'type-graphql';
import { CallOperation, CallOutcome } from '../../enums/call.js';
import { WatchDeadline } from '../../enums/event.js';
import { ServiceStatus } from '../../enums/recording.js';
import { RecordingEventType_ } from './event.type.js';
import { MetadataEntryType } from '../metadata.type.js';
import { SequenceGapType } from '../recording.type.js';
import { FileCheckType } from '../playback.type.js';
import { FileListUnion, type PlaylistFileType, type RecordedFileSetType } from '../file.type.js';

/** What the gateway saw by itself. */

const operation = { description: 'Which operation was called.' };
const outcome = { description: 'The outcome of the call.' };
const httpStatus = {
  nullable: true,
  description: 'HTTP status of the answer; 201 and 206 carry errors too.',
};
const agoraCode = {
  nullable: true,
  description: '`code` of the answer; it means different things per operation.',
};
const reason = { nullable: true, description: 'The reason in the words of Agora, or why no answer came.' };
const requestId = {
  nullable: true,
  description: 'X-Request-Id of the answer: name it when asking Agora for help.',
};
const serviceStatus = { nullable: true, description: 'The service status in the reply.' };
const serviceStatusCode = { nullable: true, description: 'The same as the number Agora gave.' };
const fileList = { nullable: true, description: 'The file list as it stood then.' };

@InterfaceType('CallEvent', {
  implements: RecordingEventType_,
  description: "A call of Agora's REST API, and its outcome.",
})
export abstract class CallEventType extends RecordingEventType_ {
  @Field(() => CallOperation, operation)
  operation!: string;

  @Field(() => CallOutcome, outcome)
  outcome!: string;

  @Field(() => Int, httpStatus)
  httpStatus!: number | null;

  @Field(() => Int, agoraCode)
  agoraCode!: number | null;

  @Field(() => String, reason)
  reason!: string | null;

  @Field(() => String, requestId)
  requestId!: string | null;

  @Field(() => ServiceStatus, serviceStatus)
  serviceStatus!: string | null;

  @Field(() => Int, serviceStatusCode)
  serviceStatusCode!: number | null;

  @Field(() => FileListUnion, fileList)
  fileList!: PlaylistFileType | RecordedFileSetType | null;
}

@ObjectType('CommandEvent', {
  implements: CallEventType,
  description: 'A call made for a user, and its outcome.',
  simpleResolvers: true,
})
export class CommandEventType extends CallEventType {}

@ObjectType('PollEvent', {
  implements: CallEventType,
  description: "Agora's answer to a query that the gateway made by itself.",
  simpleResolvers: true,
})
export class PollEventType extends CallEventType {}

@ObjectType('SequenceGapEvent', {
  implements: RecordingEventType_,
  description:
    'Notifications have been missing for some seconds. They may still arrive late; `Recording.delivery` shows what is missing now.',
  simpleResolvers: true,
})
export class SequenceGapEventType extends RecordingEventType_ {
  @Field(() => SequenceGapType, { description: 'Which ones.' })
  gap!: SequenceGapType;
}

@ObjectType('FileCheckEvent', {
  implements: RecordingEventType_,
  description: 'The storage was asked whether the files are there (`checkFiles` of the storage profile).',
  simpleResolvers: true,
})
export class FileCheckEventType extends RecordingEventType_ {
  @Field(() => FileCheckType, { description: 'What it said.' })
  fileCheck!: FileCheckType;
}

@ObjectType('MetadataEvent', {
  implements: RecordingEventType_,
  description: 'The metadata of the recording was changed by updateMetadata.',
  simpleResolvers: true,
})
export class MetadataEventType extends RecordingEventType_ {
  @Field(() => [MetadataEntryType], { description: 'All of it, as it was from then on, by key.' })
  metadata!: MetadataEntryType[];

  @Field(() => String, {
    nullable: true,
    description: 'The name of the caller who changed it; null where callers are not authenticated.',
  })
  changedBy!: string | null;
}

@ObjectType('Outage', {
  description:
    'A period with no gateway running. Notifications sent during it may be lost; the state is queried again.',
  simpleResolvers: true,
})
export class OutageType {
  @Field(() => GraphQLDateTime, { description: 'When a gateway was last known to run.' })
  from!: number;

  @Field(() => GraphQLDateTime, { description: 'When one ran again.' })
  to!: number;
}

@ObjectType('ClockEvent', {
  implements: RecordingEventType_,
  description:
    'An observation by the clock of the gateway: a deadline passed without the expected evidence, or no gateway ran for a while.',
  simpleResolvers: true,
})
export class ClockEventType extends RecordingEventType_ {
  @Field(() => WatchDeadline, { nullable: true, description: 'Which deadline passed; null for an outage.' })
  deadline!: string | null;

  @Field(() => OutageType, { nullable: true, description: 'The outage; null for a deadline.' })
  outage!: OutageType | null;
}
