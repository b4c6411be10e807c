import { GraphQLDateTime } from 'graphql-scalars';
import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { UploadState } from '../enums/file.js';
import {
  ObservationSource,
  PhaseEvidenceKind,
  RecordingEndReason,
  RecordingMode,
  RecordingPhase,
  ServiceStatus,
  SubServiceState,
} from '../enums/recording.js';
import {
  FileListUnion,
  type PlaylistFileType,
  type RecordedFileSetType,
  type RecordedFileType,
} from './file.type.js';
import { ExtensionServiceStateUnion, IndividualStateType, WebStateType } from './mode-state.type.js';
import { MetadataEntryType } from './metadata.type.js';
import { NodeType } from './node.type.js';
import { PageInfoType } from './page-info.type.js';
import { FileCheckType } from './playback.type.js';
import { type TotalCount, TotalCountType } from './total-count.type.js';
import { type ProblemType } from './problem.type.js';
import { RecordingSettingsUnion, StorageLocationType } from './settings.type.js';

@ObjectType('Upload', { description: 'How far the files have come.', simpleResolvers: true })
export class UploadType {
  @Field(() => UploadState, { description: 'Where the files are.' })
  state!: string;

  @Field(() => Float, {
    nullable: true,
    description:
      'Uploaded files as a share of the recorded ones, 0 to 1 (event 33); null before the first progress.',
  })
  progress!: number | null;
}

@ObjectType('StreamState', {
  description: "Whether a user's streams are received (events 43 and 44).",
  simpleResolvers: true,
})
export class StreamStateType {
  @Field(() => String, { description: 'The user; "0" stands for all users mixed.' })
  uid!: string;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether audio is received; null before the first word of it.',
  })
  audio!: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether video is received; null before the first word of it.',
  })
  video!: boolean | null;
}

@ObjectType('SubServiceStatus', {
  description: 'States of submodules, as older replies to query list them (subServiceStatus).',
  simpleResolvers: true,
})
export class SubServiceStatusType {
  @Field(() => SubServiceState, { nullable: true, description: 'The recording service.' })
  recordingService!: string | null;

  @Field(() => String, { nullable: true, description: 'The same in the words of Agora.' })
  rawRecordingService!: string | null;
}

@ObjectType('SequenceGap', {
  description: 'Notifications that are missing, by their sequence numbers.',
  simpleResolvers: true,
})
export class SequenceGapType {
  @Field(() => String, {
    description: 'The recorder whose numbers these are; a fail-over begins with another one.',
  })
  recorderUid!: string;

  @Field(() => Int, { description: 'First missing number.' })
  from!: number;

  @Field(() => Int, { description: 'Last missing number.' })
  to!: number;
}

@ObjectType('Delivery', {
  description:
    'What the notifications delivered: how far they can be trusted. A gap is shown and never filled, since Agora has no ' +
    'replay; the state is made true by query.',
  simpleResolvers: true,
})
export class DeliveryType {
  @Field(() => Int, { description: 'Notifications stored.' })
  received!: number;

  @Field(() => Int, { description: 'Notifications that had come before; counted, not stored.' })
  duplicates!: number;

  @Field(() => Int, {
    description: 'Notifications whose noticeId had come before with other content; stored.',
  })
  conflicts!: number;

  @Field(() => Int, { description: 'Notifications that came after a later one of the same recorder.' })
  outOfOrder!: number;

  @Field(() => [SequenceGapType], {
    description: 'Gaps in the sequence numbers, the highest first; at most 100.',
  })
  missing!: SequenceGapType[];

  @Field(() => Int, { description: 'How many notifications are missing in all.' })
  missingCount!: number;

  @Field(() => Int, {
    description: 'Jumps in the numbering over more than 10,000: a fault of it, and no gap.',
  })
  jumps!: number;
}

@ObjectType('PhaseEvidence', { description: 'What a phase rests on.', simpleResolvers: true })
export class PhaseEvidenceType {
  @Field(() => PhaseEvidenceKind, {
    nullable: true,
    description: 'What it is; null for a proof that an early release of the gateway stored in words alone.',
  })
  kind!: string | null;

  @Field(() => GraphQLDateTime, {
    description: 'When it happened; of a silence, when it had lasted long enough.',
  })
  at!: number;

  @Field(() => ObservationSource, { description: 'Where the gateway has it from.' })
  source!: string;
}

@ObjectType('Recording', {
  implements: NodeType,
  description:
    'One recording of one channel by one recorder, of whatever mode: what was asked, what Agora said, and what follows ' +
    'from both. `observedAt` shows how fresh it is.',
  simpleResolvers: true,
})
export class RecordingType implements NodeType {
  @Field(() => ID, { description: 'Minted before Agora is asked; it never changes.' })
  id!: string;

  @Field(() => String, { description: 'The Agora project.' })
  appId!: string;

  @Field(() => String, { description: 'The recorded channel (cname).' })
  channel!: string;

  @Field(() => String, { description: 'The uid that the recording was started with.' })
  uid!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The uid of the recorder at work, as notifications name it; another one after a fail-over. Null before the first.',
  })
  currentRecorderUid!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Agora's recording id; null while it is in doubt whether the start was taken.",
  })
  sid!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Agora's resource id; null for a recording started elsewhere, which can be watched but not controlled.",
  })
  resourceId!: string | null;

  @Field(() => RecordingMode, { description: 'What is recorded, and how.' })
  mode!: string;

  @Field(() => RecordingPhase, { description: 'Where it stands in its life.' })
  phase!: string;

  @Field(() => Boolean, {
    description: 'Whether the phase is concluded from silence, so that later evidence may overturn it.',
  })
  phaseInferred!: boolean;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description:
      'Since when it is in its phase; of a recording that was paused and continues, since it first ran. Null while it is ' +
      'PAUSED, since Agora does not date a pause.',
  })
  phaseSince!: number | null;

  @Field(() => PhaseEvidenceType, {
    nullable: true,
    description: 'What the phase rests on; null where nothing proves more than STARTING yet.',
  })
  evidence!: PhaseEvidenceType | null;

  @Field(() => RecordingEndReason, {
    nullable: true,
    description: 'Why it ended or is ending; null while it runs.',
  })
  endReason!: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether a sign of Agora says so, or it is concluded; null while it runs.',
  })
  endReasonCertain!: boolean | null;

  @Field(() => ServiceStatus, {
    nullable: true,
    description: "Agora's latest service status; null before the first.",
  })
  serviceStatus!: string | null;

  @Field(() => Int, { nullable: true, description: 'The same as the number Agora gave.' })
  serviceStatusCode!: number | null;

  @Field(() => SubServiceStatusType, {
    nullable: true,
    description: 'States of submodules, where Agora gives them.',
  })
  subServiceStatus!: SubServiceStatusType | null;

  @Field(() => Int, { description: 'Grows by one with every visible change.' })
  version!: number;

  @Field(() => GraphQLDateTime, {
    description: 'When the start was sent; if started elsewhere, when it was first seen.',
  })
  startedAt!: number;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description:
      'When the recorder wrote its first slice, which is later than the start (sliceStartTime of query). Null until a query has ' +
      'reported it; not in web page recordings.',
  })
  recordingSince!: number | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'When it ended, as well as is known; null before.',
  })
  endedAt!: number | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description:
      'After this Agora answers no more calls for it (resourceExpiredHour). Null if it was started elsewhere, or Agora has not taken its start.',
  })
  expiresAt!: number | null;

  @Field(() => FileListUnion, {
    nullable: true,
    description:
      'The file list of the latest query or stop reply that had one; where none ever had, of events 31, 32 and 71, else of 3 and 4. Null ' +
      "before any. It is in the form of Agora's REST API; `files` has every file, in one form.",
  })
  fileList!: PlaylistFileType | RecordedFileSetType | null;

  @Field(() => FileCheckType, {
    nullable: true,
    description:
      'What the storage said when it was last asked whether the files are there; null until then. `problems` name each file that is not. ' +
      'It is asked once the recording has completed, if the storage profile has `checkFiles`.',
  })
  fileCheck!: FileCheckType | null;

  @Field(() => UploadType, { description: 'How far the files have come.' })
  upload!: UploadType;

  @Field(() => [StreamStateType], { description: 'Streams of the users by uid; at most 64.' })
  streams!: StreamStateType[];

  @Field(() => IndividualStateType, { nullable: true, description: 'Screenshots; null in the other modes.' })
  individual!: IndividualStateType | null;

  @Field(() => WebStateType, {
    nullable: true,
    description: 'The page and its pushes; null in the other modes.',
  })
  web!: WebStateType | null;

  @Field(() => [ExtensionServiceStateUnion], {
    description: "Agora's extension services by name, each as its latest reply reported it.",
  })
  extensionServices!: object[];

  @Field(() => RecordingSettingsUnion, {
    nullable: true,
    description: 'What it was started with and since updated to; null if started elsewhere.',
  })
  settings!: object | null;

  @Field(() => StorageLocationType, {
    nullable: true,
    description: 'Where the files go; null if started elsewhere.',
  })
  storage!: StorageLocationType | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The name of the caller who started it: of the key, or the subject of the token. Null where callers are not authenticated, and if ' +
      'started elsewhere.',
  })
  startedBy!: string | null;

  @Field(() => [MetadataEntryType], {
    description:
      'What startRecording and updateMetadata said about it, by key; at most 20 entries. Agora does not know it.',
  })
  metadata!: MetadataEntryType[];

  @Field(() => DeliveryType, { description: 'What the notifications delivered.' })
  delivery!: DeliveryType;

  @Field(() => String, {
    description:
      'In plain words: why it is in this phase, the latest evidence, what is expected next and by when.',
  })
  explanation!: string;

  @Field(() => GraphQLDateTime, {
    description: 'When the latest visible change was received; `version` counts them.',
  })
  changedAt!: number;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description:
      'When the gateway next queries Agora, or draws a conclusion from silence, by itself; it may be overdue for some seconds. Null ' +
      'if nothing is planned. `explanation` says which of them it is.',
  })
  nextObservationAt!: number | null;

  @Field(() => GraphQLDateTime, { description: 'When the gateway last learned something of it.' })
  observedAt!: number;

  @Field(() => ObservationSource, { description: 'Source of the latest observation.' })
  observedBy!: string;

  /** Behind the field `durationSeconds`. */
  recordedFrom!: number | null;

  /** Behind the field `files`, by name. */
  allFiles!: RecordedFileType[];

  /** Behind the field `problems`. */
  allProblems!: ProblemType[];
}

@ObjectType('RecordingEdge', { description: 'A recording in a page.', simpleResolvers: true })
export class RecordingEdgeType {
  @Field(() => String, { description: 'Pass it as `after` to continue after this recording.' })
  cursor!: string;

  @Field(() => RecordingType, { description: 'The recording.' })
  node!: RecordingType;
}

@ObjectType('RecordingConnection', { description: 'A page of recordings.', simpleResolvers: true })
export class RecordingConnectionType {
  @Field(() => [RecordingEdgeType], { description: 'The recordings of this page.' })
  edges!: RecordingEdgeType[];

  @Field(() => [RecordingType], { description: 'The same recordings, without their cursors.' })
  nodes!: RecordingType[];

  @Field(() => PageInfoType, { description: 'Where the page stands.' })
  pageInfo!: PageInfoType;

  @Field(() => TotalCountType, { description: 'How many recordings the filter lets through.' })
  totalCount!: TotalCount;

  @Field(() => String, {
    description: 'Pass it as `after` to recordingListChanged to continue from this page.',
  })
  changeCursor!: string;

  @Field(() => String, {
    description: 'Pass it as `after` to recordingEvents to follow all events from this page on.',
  })
  eventCursor!: string;
}
