import { Field, Float, Int, ObjectType } from 'type-graphql';
import {
  AudioProfile,
  AvFileType,
  ChannelType,
  DecryptionMode,
  MixedVideoLayout,
  RenderMode,
  StreamTypes,
  VideoStreamType,
} from '../enums.js';

@ObjectType('LayoutRegion', {
  description: "A user's window in a custom layout (layoutConfig).",
  simpleResolvers: true,
})
export class LayoutRegionType {
  @Field(() => String, {
    nullable: true,
    description: 'Whose window; null: by the order in which users join.',
  })
  uid!: string | null;

  @Field(() => Float, { description: 'Left edge as a fraction of the canvas, 0 to 1 (x_axis).' })
  x!: number;

  @Field(() => Float, { description: 'Upper edge as a fraction of the canvas, 0 to 1 (y_axis).' })
  y!: number;

  @Field(() => Float, { description: 'Width as a fraction of the canvas, 0 to 1.' })
  width!: number;

  @Field(() => Float, { description: 'Height as a fraction of the canvas, 0 to 1.' })
  height!: number;

  @Field(() => Float, { description: 'From 0, transparent, to 1, opaque.' })
  alpha!: number;

  @Field(() => RenderMode, { description: 'How the video fills the window.' })
  renderMode!: number;
}

@ObjectType('CompositeState', {
  description: 'Layout and canvas of a composite recording.',
  simpleResolvers: true,
})
export class CompositeStateType {
  @Field(() => Int, { description: 'Width of the canvas in pixels.' })
  width!: number;

  @Field(() => Int, { description: 'Height of the canvas in pixels.' })
  height!: number;

  @Field(() => Int, { description: 'Frames a second.' })
  fps!: number;

  @Field(() => Int, { description: 'Kbps of the video.' })
  bitrate!: number;

  @Field(() => MixedVideoLayout, { description: 'How users are laid out.' })
  mixedVideoLayout!: number;

  @Field(() => String, { description: 'Colour behind the windows, # and six hexadecimal digits.' })
  backgroundColor!: string;

  @Field(() => String, { nullable: true, description: 'The large window of the VERTICAL layout.' })
  maxResolutionUid!: string | null;

  @Field(() => [LayoutRegionType], { description: 'Windows of the CUSTOM layout.' })
  layoutConfig!: LayoutRegionType[];
}

@ObjectType('RecordingSettings', {
  description:
    "What the recording was started with, Agora's defaults filled in, without secrets (recordingConfig, recordingFileConfig).",
  simpleResolvers: true,
})
export class RecordingSettingsType {
  @Field(() => ChannelType, { description: 'The channel profile.' })
  channelType!: number;

  @Field(() => StreamTypes, { description: 'Which media are subscribed to.' })
  streamTypes!: number;

  @Field(() => VideoStreamType, { description: 'Which video stream, where users send two.' })
  videoStreamType!: number;

  @Field(() => AudioProfile, { description: 'Encoding of the recorded audio.' })
  audioProfile!: number;

  @Field(() => Int, { description: 'Seconds without a publishing user after which it ends.' })
  maxIdleTime!: number;

  @Field(() => [AvFileType], { description: 'Files that are made.' })
  avFileType!: string[];

  @Field(() => DecryptionMode, {
    description: 'How the channel is encrypted. Its secret and salt are not kept.',
  })
  decryptionMode!: number;

  @Field(() => [String], { nullable: true, description: 'Users whose audio is recorded; null: all.' })
  subscribeAudioUids!: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Users whose audio is left out; null: nobody.' })
  unsubscribeAudioUids!: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Users whose video is recorded; null: all.' })
  subscribeVideoUids!: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Users whose video is left out; null: nobody.' })
  unsubscribeVideoUids!: string[] | null;
}

@ObjectType('StorageLocation', {
  description: 'Where the files go, without the keys (storageConfig).',
  simpleResolvers: true,
})
export class StorageLocationType {
  @Field(() => String, {
    nullable: true,
    description: "Name of the storage profile in the gateway's configuration.",
  })
  profile!: string | null;

  @Field(() => Int, { description: "Agora's number of the vendor, for example 1 for Amazon S3." })
  vendor!: number;

  @Field(() => Int, { description: "Agora's number of the vendor's region." })
  region!: number;

  @Field(() => String, { description: 'Name of the bucket.' })
  bucket!: string;

  @Field(() => [String], { description: 'Directories before the file names.' })
  fileNamePrefix!: string[];
}
