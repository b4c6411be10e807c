import { GraphQLDateTime } from 'graphql-scalars';
import { Field, Float, Int, ObjectType } from 'type-graphql';
import {
  AudioProfile,
  AvFileType,
  ChannelType,
  DecryptionMode,
  MixedVideoLayout,
  RenderMode,
  StorageEncryption,
  StorageVendor,
  StreamMode,
  StreamTypes,
  SubscribeUidGroup,
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

@ObjectType('UserBackground', {
  description: 'An image in place of a user who sends no video (backgroundConfig).',
  simpleResolvers: true,
})
export class UserBackgroundType {
  @Field(() => String, { description: 'Whose, a uid.' })
  uid!: string;

  @Field(() => String, { description: 'Address of the image, without credentials; see `WebSettings.url`.' })
  imageUrl!: string;

  @Field(() => RenderMode, { description: 'How the image fills the window.' })
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

  @Field(() => String, {
    nullable: true,
    description: 'Address of the image behind all windows, without credentials.',
  })
  backgroundImage!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Address of the image in place of users who send no video, without credentials.',
  })
  defaultUserBackgroundImage!: string | null;

  @Field(() => [UserBackgroundType], { description: 'Images in place of single users who send no video.' })
  backgroundConfig!: UserBackgroundType[];
}

@ObjectType('WebSettings', {
  description: 'What a page recording was started with (serviceParam).',
  simpleResolvers: true,
})
export class WebSettingsType {
  @Field(() => String, {
    description:
      'Address of the page, without user, password, fragment and the values of its query, which may be credentials.',
  })
  url!: string;

  @Field(() => Int, { description: 'Width in pixels.' })
  videoWidth!: number;

  @Field(() => Int, { description: 'Height in pixels.' })
  videoHeight!: number;

  @Field(() => Int, { description: 'Hours after which it ends by itself.' })
  maxRecordingHour!: number;

  @Field(() => Int, { description: 'Kbps of the video.' })
  videoBitrate!: number;

  @Field(() => Int, { description: 'Frames a second.' })
  videoFps!: number;

  @Field(() => Boolean, { description: 'Whether the page is rendered as on a mobile device.' })
  mobile!: boolean;

  @Field(() => Int, { description: 'Minutes after which a new MP4 file begins.' })
  maxVideoDuration!: number;

  @Field(() => Boolean, { description: 'Whether it was started on hold.' })
  paused!: boolean;

  @Field(() => Int, {
    description: 'Seconds in which the page has to report that it is ready; 0 does not check.',
  })
  readyTimeout!: number;

  @Field(() => [String], { description: 'Push addresses that it was started with, without their keys.' })
  outputs!: string[];
}

@ObjectType('SnapshotSettings', {
  description: 'Screenshots of an individual recording.',
  simpleResolvers: true,
})
export class SnapshotSettingsType {
  @Field(() => Int, { description: 'Seconds between screenshots.' })
  captureInterval!: number;
}

@ObjectType('RecordingSettings', {
  description:
    'What the recording was started with and since updated to, the defaults of Agora filled in, without secrets. What ' +
    'its mode does not have is null.',
  simpleResolvers: true,
})
export class RecordingSettingsType {
  @Field(() => ChannelType, { nullable: true, description: 'The channel profile.' })
  channelType!: number | null;

  @Field(() => StreamTypes, { nullable: true, description: 'Which media are subscribed to.' })
  streamTypes!: number | null;

  @Field(() => VideoStreamType, { nullable: true, description: 'Which video stream, where users send two.' })
  videoStreamType!: number | null;

  @Field(() => AudioProfile, { nullable: true, description: 'Encoding of the recorded audio.' })
  audioProfile!: number | null;

  @Field(() => Int, { nullable: true, description: 'Seconds without a publishing user after which it ends.' })
  maxIdleTime!: number | null;

  @Field(() => [AvFileType], {
    nullable: true,
    description: 'Files that are made; null for screenshots alone.',
  })
  avFileType!: string[] | null;

  @Field(() => DecryptionMode, {
    nullable: true,
    description: 'How the channel is encrypted. Its secret and salt are not kept.',
  })
  decryptionMode!: number | null;

  @Field(() => [String], {
    nullable: true,
    description:
      'Users whose audio is recorded; null: all, but nobody where there is a list for video alone.',
  })
  subscribeAudioUids!: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Users whose audio is left out; null: nobody.' })
  unsubscribeAudioUids!: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description:
      'Users whose video is recorded; null: all, but nobody where there is a list for audio alone.',
  })
  subscribeVideoUids!: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Users whose video is left out; null: nobody.' })
  unsubscribeVideoUids!: string[] | null;

  @Field(() => SubscribeUidGroup, {
    nullable: true,
    description: 'How many users are subscribed to at the peak.',
  })
  subscribeUidGroup!: number | null;

  @Field(() => StreamMode, { nullable: true, description: 'Which files are made of the streams.' })
  streamMode!: string | null;

  @Field(() => SnapshotSettingsType, { nullable: true, description: 'Screenshots; null: none.' })
  snapshot!: SnapshotSettingsType | null;

  @Field(() => WebSettingsType, { nullable: true, description: 'The page and its rendering.' })
  web!: WebSettingsType | null;
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

  @Field(() => StorageVendor, { description: 'Who stores the files.' })
  vendor!: string;

  @Field(() => Int, { description: "Agora's number of the vendor, for example 1 for Amazon S3." })
  vendorCode!: number;

  @Field(() => String, {
    nullable: true,
    description:
      "Name of the vendor's region, for example EU_CENTRAL_1; null where there is none, or it is not known.",
  })
  region!: string | null;

  @Field(() => Int, { description: "Agora's number of the vendor's region." })
  regionCode!: number;

  @Field(() => String, { description: 'Name of the bucket.' })
  bucket!: string;

  @Field(() => [String], { description: 'Directories before the file names.' })
  fileNamePrefix!: string[];

  @Field(() => String, { nullable: true, description: 'Host of an S3-compatible storage.' })
  endpoint!: string | null;

  @Field(() => StorageEncryption, { nullable: true, description: 'Encryption by the storage.' })
  encryption!: string | null;

  @Field(() => String, { nullable: true, description: 'Tag that the files get.' })
  tag!: string | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'When the temporary credentials in force expire; null where they do not.',
  })
  credentialsExpireAt!: number | null;
}
