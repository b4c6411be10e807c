import { createUnionType, Field, Int, ObjectType } from 'type-graphql';
import { UploadState } from '../enums/file.js';
import { PushStatus, WebRecorderPhase } from '../enums/recording.js';
import {
  FileListUnion,
  type PlaylistFileType,
  RecordedFileType,
  type RecordedFileSetType,
} from './file.type.js';

/** What only one mode has, and the states of Agora's extension services. */

@ObjectType('IndividualState', {
  description: 'What only individual recordings have: screenshots.',
  simpleResolvers: true,
})
export class IndividualStateType {
  @Field(() => RecordedFileType, {
    nullable: true,
    description: 'The latest screenshot (event 45); null before the first.',
  })
  latestSnapshot!: RecordedFileType | null;

  @Field(() => Int, { description: 'Screenshots reported so far. `files(kind: SNAPSHOT)` lists them.' })
  snapshotCount!: number;
}

@ObjectType('PushOutput', { description: 'A push of a page recording to a CDN.', simpleResolvers: true })
export class PushOutputType {
  @Field(() => String, { description: 'The address without its stream key.' })
  address!: string;

  @Field(() => PushStatus, {
    nullable: true,
    description: 'How the push goes; null before the first word of it.',
  })
  status!: string | null;

  @Field(() => String, { nullable: true, description: 'The same in the words of Agora.' })
  rawStatus!: string | null;
}

@ObjectType('WebState', { description: 'What only page recordings have.', simpleResolvers: true })
export class WebStateType {
  @Field(() => String, { nullable: true, description: 'Address of the page; null if started elsewhere.' })
  url!: string | null;

  @Field(() => Boolean, { description: 'Whether it is on hold (onhold).' })
  paused!: boolean;

  @Field(() => WebRecorderPhase, {
    nullable: true,
    description: 'State of the recorder; null before the first query.',
  })
  recorderState!: string | null;

  @Field(() => String, { nullable: true, description: 'The same in the words of Agora.' })
  rawRecorderState!: string | null;

  @Field(() => [PushOutputType], { description: 'Where it is pushed to.' })
  outputs!: PushOutputType[];
}

@ObjectType('WebRecorderState', {
  description: 'web_recorder_service: the page recorder.',
  simpleResolvers: true,
})
export class WebRecorderStateType {
  @Field(() => WebRecorderPhase, { nullable: true, description: 'Its state.' })
  state!: string | null;

  @Field(() => String, { nullable: true, description: 'The same in the words of Agora.' })
  rawState!: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether it is on hold.' })
  paused!: boolean | null;

  @Field(() => FileListUnion, { nullable: true, description: 'Its files.' })
  fileList!: PlaylistFileType | RecordedFileSetType | null;
}

@ObjectType('RtmpPublishState', {
  description: 'rtmp_publish_service: pushes to CDNs.',
  simpleResolvers: true,
})
export class RtmpPublishStateType {
  @Field(() => String, { nullable: true, description: 'State of the service, in the words of Agora.' })
  serviceState!: string | null;

  @Field(() => [PushOutputType], { description: 'Each push.' })
  outputs!: PushOutputType[];
}

@ObjectType('UploadServiceState', {
  description: 'upload_service: the upload of a page recording.',
  simpleResolvers: true,
})
export class UploadServiceStateType {
  @Field(() => UploadState, { nullable: true, description: 'Where the files are (uploadingStatus).' })
  uploadState!: string | null;
}

@ObjectType('VodVideo', { description: 'A video of ApsaraVideo for VoD.', simpleResolvers: true })
export class VodVideoType {
  @Field(() => String, { nullable: true, description: 'The playlist that it was made of.' })
  fileName!: string | null;

  @Field(() => String, { nullable: true, description: 'Its id.' })
  videoId!: string | null;
}

@ObjectType('VodServiceState', {
  description: 'aliyun_vod_service: upload to ApsaraVideo for VoD.',
  simpleResolvers: true,
})
export class VodServiceStateType {
  @Field(() => String, { nullable: true, description: 'inProgress or idle, as Agora says.' })
  serviceState!: string | null;

  @Field(() => [VodVideoType], { description: 'Its videos.' })
  videos!: VodVideoType[];
}

@ObjectType('UnknownServiceState', {
  description: 'A service that this gateway does not know.',
  simpleResolvers: true,
})
export class UnknownServiceStateType {
  @Field(() => String, { description: 'Its name.' })
  serviceName!: string;

  @Field(() => String, { nullable: true, description: 'Its state, as Agora says.' })
  serviceState!: string | null;
}

export const ExtensionServiceStateUnion = createUnionType({
  name: 'ExtensionServiceState',
  description: "State of one of Agora's extension services (extensionServiceState).",
  types: () =>
    [
      WebRecorderStateType,
      RtmpPublishStateType,
      UploadServiceStateType,
      VodServiceStateType,
      UnknownServiceStateType,
    ] as const,
});
