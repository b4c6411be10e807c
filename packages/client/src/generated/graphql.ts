/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** A resource to reserve for a recording (acquire). With config, Agora can choose a server that fits. */
export type AcquireResourceInput = {
  /** The Agora project. Default: the first one configured. */
  appId?: string | null | undefined;
  /** Name of the channel to record, at most 63 bytes (cname). A page recording joins no channel: there the name only identifies the recording, at most 1024 bytes. */
  channel: string;
  /** The config of the start that is to follow (startParameter); the start must then say the same. */
  config?: RecordingConfigInput | null | undefined;
  /** Resource ids of other recordings whose servers are to be avoided: at most 50. */
  excludeResourceIds?: Array<string> | null | undefined;
  /** Area of Agora's servers. The storage must be in the same area. Default: near the gateway. */
  region?: Region | null | undefined;
  /** Hours after the start in which the recording can be queried and stopped: 1 to 720. With a resourceId: what it was acquired with. Default 72. */
  resourceExpiredHours?: number | null | undefined;
  /** What the resource is for. Default: what config says, else REAL_TIME. */
  scene?: ResourceScene | null | undefined;
  /** Name of a storage profile. Default: the one marked so in the configuration. */
  storage?: string | null | undefined;
  /** A storage with its keys, instead of a profile, where the configuration allows it. */
  storageConfig?: StorageConfigInput | null | undefined;
  /** RTC token for this channel and this uid, where the project has an App Certificate: at most 4096 characters. It cannot be renewed: create one that outlives the recording. Without effect in a web page recording. Default: one that the gateway makes, valid for 24 hours, if it has the App Certificate; otherwise none. It is never returned. */
  token?: string | null | undefined;
  /** The recording's own uid in the channel, an integer from 1 to 4294967295 that no user has there. */
  uid: string;
};

/** A recording that was started elsewhere, with what its start was made with and answered. */
export type AdoptRecordingInput = {
  /** The Agora project. Default: the first one configured. */
  appId?: string | null | undefined;
  /** The channel (cname) that it was started with. */
  channel: string;
  /** The mode that it was started in. */
  mode: RecordingMode;
  /** resourceExpiredHour that it was acquired with, 1 to 720. Default 72. */
  resourceExpiredHours?: number | null | undefined;
  /** The resource id that it was started with. */
  resourceId: string;
  /** The recording id of start's reply. */
  sid: string;
  /** The uid that it was started with. */
  uid: string;
};

/** Regions of Alibaba Cloud (storageConfig.region). A region that is missing here goes as its number in `other`. */
export type AlibabaCloudRegion =
  /** Alibaba Cloud, region AP_NORTHEAST_1; number 14 at Agora. */
  | 'AP_NORTHEAST_1'
  /** Alibaba Cloud, region AP_SOUTHEAST_1; number 10 at Agora. */
  | 'AP_SOUTHEAST_1'
  /** Alibaba Cloud, region AP_SOUTHEAST_2; number 11 at Agora. */
  | 'AP_SOUTHEAST_2'
  /** Alibaba Cloud, region AP_SOUTHEAST_3; number 12 at Agora. */
  | 'AP_SOUTHEAST_3'
  /** Alibaba Cloud, region AP_SOUTHEAST_5; number 13 at Agora. */
  | 'AP_SOUTHEAST_5'
  /** Alibaba Cloud, region AP_SOUTHEAST_6; number 19 at Agora. */
  | 'AP_SOUTHEAST_6'
  /** Alibaba Cloud, region AP_SOUTH_1; number 15 at Agora. */
  | 'AP_SOUTH_1'
  /** Alibaba Cloud, region CN_BEIJING; number 3 at Agora. */
  | 'CN_BEIJING'
  /** Alibaba Cloud, region CN_CHENGDU; number 22 at Agora. */
  | 'CN_CHENGDU'
  /** Alibaba Cloud, region CN_FUZHOU; number 24 at Agora. */
  | 'CN_FUZHOU'
  /** Alibaba Cloud, region CN_GUANGZHOU; number 21 at Agora. */
  | 'CN_GUANGZHOU'
  /** Alibaba Cloud, region CN_HANGZHOU; number 0 at Agora. */
  | 'CN_HANGZHOU'
  /** Alibaba Cloud, region CN_HEYUAN; number 20 at Agora. */
  | 'CN_HEYUAN'
  /** Alibaba Cloud, region CN_HONGKONG; number 7 at Agora. */
  | 'CN_HONGKONG'
  /** Alibaba Cloud, region CN_HUHEHAOTE; number 5 at Agora. */
  | 'CN_HUHEHAOTE'
  /** Alibaba Cloud, region CN_NANJING; number 23 at Agora. */
  | 'CN_NANJING'
  /** Alibaba Cloud, region CN_NORTHEAST_2; number 26 at Agora. */
  | 'CN_NORTHEAST_2'
  /** Alibaba Cloud, region CN_QINGDAO; number 2 at Agora. */
  | 'CN_QINGDAO'
  /** Alibaba Cloud, region CN_SHANGHAI; number 1 at Agora. */
  | 'CN_SHANGHAI'
  /** Alibaba Cloud, region CN_SHENZHEN; number 6 at Agora. */
  | 'CN_SHENZHEN'
  /** Alibaba Cloud, region CN_SOUTHEAST_7; number 27 at Agora. */
  | 'CN_SOUTHEAST_7'
  /** Alibaba Cloud, region CN_WULANCHABU; number 25 at Agora. */
  | 'CN_WULANCHABU'
  /** Alibaba Cloud, region CN_ZHANGJIAKOU; number 4 at Agora. */
  | 'CN_ZHANGJIAKOU'
  /** Alibaba Cloud, region EU_CENTRAL_1; number 16 at Agora. */
  | 'EU_CENTRAL_1'
  /** Alibaba Cloud, region EU_EAST_1; number 18 at Agora. */
  | 'EU_EAST_1'
  /** Alibaba Cloud, region EU_WEST_1; number 17 at Agora. */
  | 'EU_WEST_1'
  /** Alibaba Cloud, region US_EAST_1; number 9 at Agora. */
  | 'US_EAST_1'
  /** Alibaba Cloud, region US_WEST_1; number 8 at Agora. */
  | 'US_WEST_1';

/** Regions of Amazon S3 (storageConfig.region). A region that is missing here goes as its number in `other`. */
export type AmazonS3Region =
  /** Amazon S3, region AF_SOUTH_1; number 18 at Agora. */
  | 'AF_SOUTH_1'
  /** Amazon S3, region AP_EAST_1; number 19 at Agora. */
  | 'AP_EAST_1'
  /** Amazon S3, region AP_NORTHEAST_1; number 10 at Agora. */
  | 'AP_NORTHEAST_1'
  /** Amazon S3, region AP_NORTHEAST_2; number 11 at Agora. */
  | 'AP_NORTHEAST_2'
  /** Amazon S3, region AP_NORTHEAST_3; number 20 at Agora. */
  | 'AP_NORTHEAST_3'
  /** Amazon S3, region AP_SOUTHEAST_1; number 8 at Agora. */
  | 'AP_SOUTHEAST_1'
  /** Amazon S3, region AP_SOUTHEAST_2; number 9 at Agora. */
  | 'AP_SOUTHEAST_2'
  /** Amazon S3, region AP_SOUTHEAST_3; number 24 at Agora. */
  | 'AP_SOUTHEAST_3'
  /** Amazon S3, region AP_SOUTH_1; number 14 at Agora. */
  | 'AP_SOUTH_1'
  /** Amazon S3, region CA_CENTRAL_1; number 13 at Agora. */
  | 'CA_CENTRAL_1'
  /** Amazon S3, region CN_NORTHWEST_1; number 16 at Agora. */
  | 'CN_NORTHWEST_1'
  /** Amazon S3, region CN_NORTH_1; number 15 at Agora. */
  | 'CN_NORTH_1'
  /** Amazon S3, region EU_CENTRAL_1; number 7 at Agora. */
  | 'EU_CENTRAL_1'
  /** Amazon S3, region EU_NORTH_1; number 21 at Agora. */
  | 'EU_NORTH_1'
  /** Amazon S3, region EU_SOUTH_1; number 25 at Agora. */
  | 'EU_SOUTH_1'
  /** Amazon S3, region EU_WEST_1; number 4 at Agora. */
  | 'EU_WEST_1'
  /** Amazon S3, region EU_WEST_2; number 5 at Agora. */
  | 'EU_WEST_2'
  /** Amazon S3, region EU_WEST_3; number 6 at Agora. */
  | 'EU_WEST_3'
  /** Amazon S3, region IL_CENTRAL_1; number 28 at Agora. */
  | 'IL_CENTRAL_1'
  /** Amazon S3, region ME_SOUTH_1; number 22 at Agora. */
  | 'ME_SOUTH_1'
  /** Amazon S3, region SA_EAST_1; number 12 at Agora. */
  | 'SA_EAST_1'
  /** Amazon S3, region US_EAST_1; number 0 at Agora. */
  | 'US_EAST_1'
  /** Amazon S3, region US_EAST_2; number 1 at Agora. */
  | 'US_EAST_2'
  /** Amazon S3, region US_GOV_EAST_1; number 23 at Agora. */
  | 'US_GOV_EAST_1'
  /** Amazon S3, region US_GOV_WEST_1; number 17 at Agora. */
  | 'US_GOV_WEST_1'
  /** Amazon S3, region US_WEST_1; number 2 at Agora. */
  | 'US_WEST_1'
  /** Amazon S3, region US_WEST_2; number 3 at Agora. */
  | 'US_WEST_2';

/** Encoding of the recorded audio (recordingConfig.audioProfile). All at 48 kHz. */
export type AudioProfile =
  /** Mono, about 128 Kbps. */
  | 'MUSIC_HIGH_QUALITY'
  /** Stereo, about 192 Kbps. */
  | 'MUSIC_HIGH_QUALITY_STEREO'
  /** Mono, about 48 Kbps. */
  | 'MUSIC_STANDARD';

/** Files to be made (recordingFileConfig.avFileType). */
export type AvFileType =
  /** An M3U8 playlist with TS slices. */
  | 'HLS'
  /** MP4 files, only in addition to HLS; a new one about every 2 hours or 2 GB. */
  | 'MP4';

/** Regions of Baidu IntelligentCloud (storageConfig.region). A region that is missing here goes as its number in `other`. */
export type BaiduIntelligentCloudRegion =
  /** Baidu IntelligentCloud, region BAODING; number 1 at Agora. */
  | 'BAODING'
  /** Baidu IntelligentCloud, region BEIJING; number 0 at Agora. */
  | 'BEIJING'
  /** Baidu IntelligentCloud, region GUANGZHOU; number 3 at Agora. */
  | 'GUANGZHOU'
  /** Baidu IntelligentCloud, region HONGKONG; number 4 at Agora. */
  | 'HONGKONG'
  /** Baidu IntelligentCloud, region SHANGHAI; number 7 at Agora. */
  | 'SHANGHAI'
  /** Baidu IntelligentCloud, region SINGAPORE; number 5 at Agora. */
  | 'SINGAPORE'
  /** Baidu IntelligentCloud, region SUZHOU; number 2 at Agora. */
  | 'SUZHOU'
  /** Baidu IntelligentCloud, region WUHAN; number 6 at Agora. */
  | 'WUHAN';

/** An operation of Agora's REST API. */
export type CallOperation =
  /** Reserves a resource. */
  | 'ACQUIRE'
  /** Asks for the state of a recording. */
  | 'QUERY'
  /** Starts a recording. */
  | 'START'
  /** Ends a recording. */
  | 'STOP'
  /** Changes subscriptions, pause, push addresses or storage credentials. */
  | 'UPDATE'
  /** Replaces the layout of a composite recording. */
  | 'UPDATE_LAYOUT';

/** The outcome of a call. Later releases may add values. */
export type CallOutcome =
  /** A recording that was started elsewhere was taken over, after a query that found it. */
  | 'ADOPTED'
  /** Agora answered; see `httpStatus` and `agoraCode`. */
  | 'ANSWERED'
  /** No answer came; whether Agora acted is in doubt. */
  | 'NOT_ANSWERED'
  /** The gateway did not send the call: the call budget was used up, or no connection could be made. */
  | 'NOT_SENT'
  /** Written down, and about to be sent. */
  | 'SENT';

/** Why Agora is called about a recording. Later releases may add values. */
export type CallReason =
  /** Its start is not confirmed yet. */
  | 'CONFIRMATION'
  /** Agora reported a fatal error. */
  | 'FATAL_ERROR'
  /** Its files are named by now. */
  | 'FILE_NAMES'
  /** Notifications are missing. */
  | 'GAP'
  /** It was not queried for two minutes. */
  | 'HEARTBEAT'
  /** Agora did not find it: it may be moving to another server. */
  | 'NOT_FOUND'
  /** A progress report is overdue. */
  | 'PROGRESS_OVERDUE'
  /** A caller wants it fresh: refreshRecording, `maxAgeSeconds`, adoptRecording. */
  | 'REFRESH'
  /** The temporary credentials of its storage are renewed. */
  | 'RENEWAL'
  /** A caller starts a recording, or a start is repeated that was in doubt: acquire and start. */
  | 'START'
  /** A caller stops it. */
  | 'STOP'
  /** Agora did not confirm a stop. */
  | 'STOP_IN_DOUBT'
  /** A caller changes it or its layout. */
  | 'UPDATE';

/** The channel profile; it must be that of the SDK in the channel (recordingConfig.channelType). */
export type ChannelType =
  /** Communication. */
  | 'COMMUNICATION'
  /** Live streaming. */
  | 'LIVE_BROADCASTING';

/** A composite recording: all users mixed into one file. What is left out has the default of Agora. */
export type CompositeConfigInput = {
  /** Encoding of the recorded audio. Default MUSIC_STANDARD. */
  audioProfile?: AudioProfile | null | undefined;
  /** Files that are made. [HLS] or [HLS, MP4]. Default [HLS]. */
  avFileType?: Array<AvFileType> | null | undefined;
  /** The channel profile of the SDK. Default COMMUNICATION. */
  channelType?: ChannelType | null | undefined;
  /** How the channel is encrypted. Default NONE. */
  decryptionMode?: DecryptionMode | null | undefined;
  /** Seconds without a publishing user after which the recording ends: 5 to 2592000. Default 30. */
  maxIdleTime?: number | null | undefined;
  /** Salt of the encryption, for the modes with GCM2: 32 bytes in Base64. It is never returned. */
  salt?: string | null | undefined;
  /** Key of the encryption. It is never returned. */
  secret?: string | null | undefined;
  /** The media that are subscribed to. Default AUDIO_AND_VIDEO. */
  streamTypes?: StreamTypes | null | undefined;
  /** Users whose audio is recorded: at most 32. ["#allstream#"] means all. Default: all users; with a list for video only, no user. */
  subscribeAudioUids?: Array<string> | null | undefined;
  /** Users whose video is recorded: at most 32. ["#allstream#"] means all. Default: all users; with a list for audio only, no user. */
  subscribeVideoUids?: Array<string> | null | undefined;
  /** Canvas and layout of the mixed video. */
  transcodingConfig?: TranscodingConfigInput | null | undefined;
  /** Users whose audio is not recorded: at most 32. Not with subscribeAudioUids. Default: no user. */
  unsubscribeAudioUids?: Array<string> | null | undefined;
  /** Users whose video is not recorded: at most 32. Not with subscribeVideoUids. Default: no user. */
  unsubscribeVideoUids?: Array<string> | null | undefined;
  /** The video stream that is recorded of users who send two. Default HIGH. */
  videoStreamType?: VideoStreamType | null | undefined;
};

/** How the channel is encrypted; the same as in the SDK (recordingConfig.decryptionMode). */
export type DecryptionMode =
  /** 128-bit AES, ECB. */
  | 'AES_128_ECB'
  /** 128-bit AES, GCM. */
  | 'AES_128_GCM'
  /** 128-bit AES, GCM, with a salt. */
  | 'AES_128_GCM2'
  /** 128-bit AES, XTS. */
  | 'AES_128_XTS'
  /** 256-bit AES, GCM. */
  | 'AES_256_GCM'
  /** 256-bit AES, GCM, with a salt. */
  | 'AES_256_GCM2'
  /** 256-bit AES, XTS. */
  | 'AES_256_XTS'
  /** Not encrypted. */
  | 'NONE'
  /** 128-bit SM4, ECB. */
  | 'SM4_128_ECB';

/** What the gateway depends on. Later releases may add values. */
export type Dependency =
  /** Agora's REST API: no call was answered. */
  | 'AGORA'
  /** The gateway's store: it could not be read or written. */
  | 'STORE';

/** Files must match all fields that are given. Lists take at most 50 values; an empty list matches nothing. */
export type FileFilter = {
  /** Whose time is after this moment. FileOrder says what the time of a file is. */
  after?: string | null | undefined;
  /** Of recordings of one of these Agora projects. */
  appIds?: Array<string> | null | undefined;
  /** Whose time is before this moment. */
  before?: string | null | undefined;
  /** Of recordings of channels whose names begin with this text; upper and lower case differ. */
  channelPrefix?: string | null | undefined;
  /** Of recordings of one of these channels. */
  channels?: Array<string> | null | undefined;
  /** Of one of these kinds. */
  kinds?: Array<FileKind> | null | undefined;
  /** Whose names, with their prefix directories, begin with this text; upper and lower case differ. */
  namePrefix?: string | null | undefined;
};

/** What kind of file it is, by the ending of its name. Later releases may add values. */
export type FileKind =
  /** An MP4 file. */
  | 'MP4'
  /** An MPD index. */
  | 'MPD'
  /** Anything else. */
  | 'OTHER'
  /** An M3U8 playlist. */
  | 'PLAYLIST'
  /** A JPEG screenshot. */
  | 'SNAPSHOT';

/** How a list of files is ordered. The time of a file is its `startedAt`; where that is null, when its recording started or, for a screenshot, when it was reported. */
export type FileOrder =
  /** By name, in the order of its bytes in UTF-8. */
  | 'NAME_ASC'
  /** The same, backwards. */
  | 'NAME_DESC'
  /** The earliest first. */
  | 'TIME_ASC'
  /** The latest first. */
  | 'TIME_DESC';

/** What forgetRecording is asked with. */
export type ForgetRecordingInput = {
  /** The recording. It must have ended. */
  recordingId: string | number;
};

/** What the gateway works with. */
export type GatewayMode =
  /** Agora Cloud Recording. */
  | 'AGORA'
  /** A sandbox, which records nothing. */
  | 'SANDBOX';

/** Vendors whose region Agora ignores. */
export type GlobalStorageVendor =
  /** Google Cloud. */
  | 'GOOGLE_CLOUD'
  /** Microsoft Azure. */
  | 'MICROSOFT_AZURE';

/** Regions of Huawei Cloud (storageConfig.region). A region that is missing here goes as its number in `other`. */
export type HuaweiCloudRegion =
  /** Huawei Cloud, region AF_SOUTH_1; number 9 at Agora. */
  | 'AF_SOUTH_1'
  /** Huawei Cloud, region AP_SOUTHEAST_1; number 6 at Agora. */
  | 'AP_SOUTHEAST_1'
  /** Huawei Cloud, region AP_SOUTHEAST_2; number 7 at Agora. */
  | 'AP_SOUTHEAST_2'
  /** Huawei Cloud, region AP_SOUTHEAST_3; number 8 at Agora. */
  | 'AP_SOUTHEAST_3'
  /** Huawei Cloud, region CN_EAST_2; number 2 at Agora. */
  | 'CN_EAST_2'
  /** Huawei Cloud, region CN_EAST_3; number 3 at Agora. */
  | 'CN_EAST_3'
  /** Huawei Cloud, region CN_NORTH_1; number 0 at Agora. */
  | 'CN_NORTH_1'
  /** Huawei Cloud, region CN_NORTH_4; number 1 at Agora. */
  | 'CN_NORTH_4'
  /** Huawei Cloud, region CN_SOUTHWEST_2; number 5 at Agora. */
  | 'CN_SOUTHWEST_2'
  /** Huawei Cloud, region CN_SOUTH_1; number 4 at Agora. */
  | 'CN_SOUTH_1'
  /** Huawei Cloud, region LA_SOUTH_2; number 14 at Agora. */
  | 'LA_SOUTH_2'
  /** Huawei Cloud, region NA_MEXICO_1; number 12 at Agora. */
  | 'NA_MEXICO_1'
  /** Huawei Cloud, region SA_ARGENTINA_1; number 10 at Agora. */
  | 'SA_ARGENTINA_1'
  /** Huawei Cloud, region SA_BRAZIL_1; number 13 at Agora. */
  | 'SA_BRAZIL_1'
  /** Huawei Cloud, region SA_CHILE_1; number 15 at Agora. */
  | 'SA_CHILE_1'
  /** Huawei Cloud, region SA_PERU_1; number 11 at Agora. */
  | 'SA_PERU_1';

/** An individual recording: separate files for each user's streams. Omitted fields have Agora's defaults. */
export type IndividualConfigInput = {
  /** Files that are made. [HLS] or [HLS, MP4]; the documents contradict each other on whether Agora makes MP4 files here. With snapshotConfig the default is none: only screenshots are taken. Default [HLS]. */
  avFileType?: Array<AvFileType> | null | undefined;
  /** The channel profile of the SDK. Default COMMUNICATION. */
  channelType?: ChannelType | null | undefined;
  /** How the channel is encrypted. Default NONE. */
  decryptionMode?: DecryptionMode | null | undefined;
  /** Seconds without a publishing user after which the recording ends: 5 to 2592000. Default 30. */
  maxIdleTime?: number | null | undefined;
  /** Salt of the encryption, for the modes with GCM2: 32 bytes in Base64. It is never returned. */
  salt?: string | null | undefined;
  /** Key of the encryption. It is never returned. */
  secret?: string | null | undefined;
  /** Takes screenshots, in addition to the recording (with avFileType) or alone (without it). Default none. */
  snapshotConfig?: SnapshotConfigInput | null | undefined;
  /** Files that are made of the streams. Default DEFAULT. */
  streamMode?: StreamMode | null | undefined;
  /** The media that are subscribed to. Default AUDIO_AND_VIDEO. */
  streamTypes?: StreamTypes | null | undefined;
  /** Users whose audio is recorded: at most 32. ["#allstream#"] means all. Default: all users; with a list for video only, no user. */
  subscribeAudioUids?: Array<string> | null | undefined;
  /** Estimated number of users that are subscribed to at the peak. Default UIDS_1_TO_2. */
  subscribeUidGroup?: SubscribeUidGroup | null | undefined;
  /** Users whose video is recorded: at most 32. ["#allstream#"] means all. Default: all users; with a list for audio only, no user. */
  subscribeVideoUids?: Array<string> | null | undefined;
  /** Users whose audio is not recorded: at most 32. Not with subscribeAudioUids. Default: no user. */
  unsubscribeAudioUids?: Array<string> | null | undefined;
  /** Users whose video is not recorded: at most 32. Not with subscribeVideoUids. Default: no user. */
  unsubscribeVideoUids?: Array<string> | null | undefined;
  /** The video stream that is recorded of users who send two. Default HIGH. */
  videoStreamType?: VideoStreamType | null | undefined;
};

/** Regions of Kingsoft Cloud (storageConfig.region). A region that is missing here goes as its number in `other`. */
export type KingsoftCloudRegion =
  /** Kingsoft Cloud, region CN_BEIJING; number 3 at Agora. */
  | 'CN_BEIJING'
  /** Kingsoft Cloud, region CN_GUANGZHOU; number 4 at Agora. */
  | 'CN_GUANGZHOU'
  /** Kingsoft Cloud, region CN_HANGZHOU; number 0 at Agora. */
  | 'CN_HANGZHOU'
  /** Kingsoft Cloud, region CN_HONGKONG; number 5 at Agora. */
  | 'CN_HONGKONG'
  /** Kingsoft Cloud, region CN_QINGDAO; number 2 at Agora. */
  | 'CN_QINGDAO'
  /** Kingsoft Cloud, region CN_SHANGHAI; number 1 at Agora. */
  | 'CN_SHANGHAI'
  /** Kingsoft Cloud, region JR_BEIJING; number 6 at Agora. */
  | 'JR_BEIJING'
  /** Kingsoft Cloud, region JR_SHANGHAI; number 7 at Agora. */
  | 'JR_SHANGHAI'
  /** Kingsoft Cloud, region NA_RUSSIA_1; number 8 at Agora. */
  | 'NA_RUSSIA_1'
  /** Kingsoft Cloud, region NA_SINGAPORE_1; number 9 at Agora. */
  | 'NA_SINGAPORE_1';

/** A user's window in a custom layout (layoutConfig). */
export type LayoutRegionInput = {
  /** Opacity; 0 is transparent, 1 opaque: 0 to 1. Default 1. */
  alpha?: number | null | undefined;
  /** Height as a fraction of the canvas: 0 to 1. */
  height: number;
  /** How the video fills the window. Default CROPPED. */
  renderMode?: RenderMode | null | undefined;
  /** User of the window: a uid, an integer from 1 to 4294967295, or "#allstream#". Default: by the order in which users join. */
  uid?: string | null | undefined;
  /** Width as a fraction of the canvas: 0 to 1. */
  width: number;
  /** Left edge as a fraction of the canvas: 0 to 1. */
  x: number;
  /** Upper edge as a fraction of the canvas: 0 to 1. */
  y: number;
};

/** Why the recorder left, by the bits of `leaveCode`. The raw code is always given too. */
export type LeaveReason =
  /** A stop was requested (bit 16). */
  | 'CLIENT_LEFT'
  /** The initialization failed (0). */
  | 'INITIALIZATION_FAILED'
  /** No user was in the channel for maxIdleTime (bit 4). */
  | 'NO_USERS'
  /** The recorder process received SIGINT (bit 2). */
  | 'SIGINT'
  /** A timer of the recorder; to be ignored (bit 8). */
  | 'TIMER'
  /** Bits that no document names. */
  | 'UNKNOWN';

/** A change of an entry of metadata. */
export type MetadataChangeInput = {
  /** 1 to 64 letters, digits and _ . : - characters; upper and lower case differ. */
  key: string;
  /** The new value, 1 to 256 characters; null or left out removes the entry. */
  value?: string | null | undefined;
};

/** An entry of metadata: a key with its value. */
export type MetadataEntryInput = {
  /** 1 to 64 letters, digits and _ . : - characters; upper and lower case differ. */
  key: string;
  /** 1 to 256 characters. */
  value: string;
};

/** How users are laid out (transcodingConfig.mixedVideoLayout). Up to 17 users. */
export type MixedVideoLayout =
  /** All windows alike, sized by their number. */
  | 'ADAPTIVE'
  /** As layoutConfig says. */
  | 'CUSTOM'
  /** The first user fills the canvas, the others are small windows above the bottom edge. */
  | 'FLOATING'
  /** maxResolutionUid large at the left, the others in up to two columns at the right. */
  | 'VERTICAL';

/** Source of an observation. Later releases may add values. */
export type ObservationSource =
  /** The gateway's own clock: a deadline passed, or an outage is over. */
  | 'CLOCK'
  /** A call made for a user. */
  | 'COMMAND'
  /** A notification of Agora's message service. */
  | 'NOTIFICATION'
  /** A query that the gateway made by itself. */
  | 'POLL';

/** The kind of a problem. More kinds may be added. Later releases may add values. */
export type ProblemCode =
  /** Agora reported an error (event 1). `agoraCode` is its number; the message has Agora's words. */
  | 'AGORA_ERROR'
  /** Agora reported a warning (event 2). `agoraCode` is its number. The recording continues. */
  | 'AGORA_WARNING'
  /** Recorded files could not be downloaded for transcoding (event 90). */
  | 'DOWNLOAD_FAILED'
  /** The storage could not be asked whether the files are there (`checkFiles` of the storage profile). The message says why. */
  | 'FILE_CHECK_FAILED'
  /** Agora named a file that the storage did not have when it was asked, after the recording had completed (`checkFiles` of the storage profile). */
  | 'FILE_NOT_FOUND_IN_STORAGE'
  /** The recording ended, and no file of a type that was asked for was named. It goes when one is. */
  | 'FILE_TYPE_MISSING'
  /** A notification with the recording's sid named another channel. The sid decides. Check what is between Agora and the gateway. */
  | 'NOTIFICATION_NAMES_ANOTHER_CHANNEL'
  /** A notification named the recording in its payload, and another one in another place. The payload decides. Check what is between Agora and the gateway. */
  | 'NOTIFICATION_NAMES_ANOTHER_RECORDING'
  /** The recording ended, and no file was named. It goes when one is. */
  | 'NO_FILES'
  /** A user of the channel has the uid of the recorder, and the two disturb each other. Start with a uid that no user has. */
  | 'RECORDER_UID_IN_CHANNEL'
  /** A reply with the recording's sid named another channel or uid. The sid decides. Check what is between the gateway and Agora. */
  | 'REPLY_NAMES_ANOTHER_CHANNEL'
  /** A reply was about another recording, and was ignored. Check what is between the gateway and Agora. */
  | 'REPLY_NAMES_ANOTHER_RECORDING'
  /** A stop could not be sent. Stop the recording again. */
  | 'STOP_NOT_SENT'
  /** The storage's credentials could not be renewed. Send fresh ones before they expire. */
  | 'STORAGE_RENEWAL_FAILED'
  /** The storage's temporary credentials expired (event 34). Renew them with updateRecording. */
  | 'STS_EXPIRED'
  /** The recorded page uses more than can be recorded (event 72). Make it lighter. */
  | 'WEB_CAPABILITY_LIMIT'
  /** The recorded page was reloaded (event 73). The recording continues. */
  | 'WEB_PAGE_RELOADED';

/** Problems must match all fields that are given. Lists take at most 50 values; an empty list matches nothing. */
export type ProblemFilter = {
  /** That happened after this moment. */
  after?: string | null | undefined;
  /** Of recordings of one of these Agora projects. */
  appIds?: Array<string> | null | undefined;
  /** That happened before this moment. */
  before?: string | null | undefined;
  /** Of recordings of channels whose names begin with this text; upper and lower case differ. */
  channelPrefix?: string | null | undefined;
  /** Of recordings of one of these channels. */
  channels?: Array<string> | null | undefined;
  /** Of one of these kinds. */
  codes?: Array<ProblemCode> | null | undefined;
  /** Of one of these severities. */
  severities?: Array<ProblemSeverity> | null | undefined;
};

/** How bad a problem is. */
export type ProblemSeverity =
  /** Something is missing, or will be without action. */
  | 'ERROR'
  /** The recording continues, and its files are expected. */
  | 'WARNING';

/** Where to push the page recording to (rtmp_publish_service). */
export type PushOutputInput = {
  /** rtmp or rtmps address with the stream key: an address of the form rtmp://host/path or rtmps://host/path. It is returned without its key. */
  rtmpUrl: string;
};

/** Which recording: exactly one of the fields. */
export type RecordingBy =
  {   /** The gateway's id of it. */
  id: string | number; idempotencyKey?: never; sid?: never; }
  |  { id?: never;   /** The idempotencyKey that it was started with. */
  idempotencyKey: string; sid?: never; }
  |  { id?: never; idempotencyKey?: never;   /** Agora's recording id. */
  sid: string; };

/** What to change: at least one of the fields. They are sent in one update. */
export type RecordingChangeInput = {
  /** Fresh credentials for the recording's storage. */
  storageCredentials?: StorageCredentialsInput | null | undefined;
  /** Whose streams are recorded; not in page recordings. */
  streams?: StreamSubscriptionInput | null | undefined;
  /** Pause and push of a page recording. */
  web?: WebChangeInput | null | undefined;
};

/** What to record, and how: exactly one of the fields. */
export type RecordingConfigInput =
  {   /** All users mixed into one file. */
  composite: CompositeConfigInput; individual?: never; web?: never; }
  |  { composite?: never;   /** Separate files for each user's streams. */
  individual: IndividualConfigInput; web?: never; }
  |  { composite?: never; individual?: never;   /** A web page. */
  web: WebConfigInput; };

/** Recordings must match all fields that are given. Lists take at most 50 values; an empty list matches nothing. */
export type RecordingCountsFilter = {
  /** Of one of these Agora projects. */
  appIds?: Array<string> | null | undefined;
  /** Of channels whose names begin with this text; upper and lower case differ. */
  channelPrefix?: string | null | undefined;
  /** Of one of these channels. */
  channels?: Array<string> | null | undefined;
  /** Started on the day of this moment or later. Days are counted whole, by UTC. */
  from?: string | null | undefined;
  /** Started on the day of this moment or earlier. */
  to?: string | null | undefined;
};

/** Why a recording ended. `endReasonCertain` says how sure that is. Later releases may add values. */
export type RecordingEndReason =
  /** The recorded page uses more than can be recorded. */
  | 'CAPABILITY_LIMIT'
  /** Agora answers no more calls for it (resourceExpiredHour). */
  | 'EXPIRED'
  /** The recorder received no stream for maxIdleTime. Without notifications this is inferred, and uncertain. */
  | 'IDLE'
  /** A web page recording reached its maxRecordingHour. */
  | 'MAX_DURATION'
  /** No user sent a stream, so nothing was recorded (stop: 206, code 435). */
  | 'NOTHING_RECORDED'
  /** The recorded page did not load in time. */
  | 'PAGE_LOAD_TIMEOUT'
  /** The recorder, or another part of Agora, failed: event 71 said so (certain), or an error of event 1 or an abnormal exit (uncertain). */
  | 'RECORDER_ERROR'
  /** Nothing ever confirmed that it ran. */
  | 'START_FAILED'
  /** A stop was requested. */
  | 'STOP_REQUESTED'
  /** The files could not be uploaded (event 1, uploader codes 32 and 47). */
  | 'STORAGE_FAILED'
  /** The token expired (event 1, recorder code 109). A recording cannot renew it: start with one that lasts, up to 24 hours. */
  | 'TOKEN_EXPIRED'
  /** A token or a parameter was wrong: event 1 reported it (certain), or the recording exited abnormally before it ran (uncertain). */
  | 'TOKEN_OR_PARAMETER'
  /** Nothing shows why. */
  | 'UNKNOWN';

/** Events must match all fields that are given. */
export type RecordingEventFilter = {
  /** Of this recording. */
  recordingId?: string | number | null | undefined;
  /** Of recordings that fit this filter as they are now. */
  recordings?: RecordingFilter | null | undefined;
  /** Of these kinds, at most 50. */
  types?: Array<RecordingEventType> | null | undefined;
};

/** The kinds of events: Agora's notifications by their msgName in capitals, and what the gateway saw by itself. Later releases may add values. */
export type RecordingEventType =
  /** All recorded files are uploaded, at least one of them to Agora's backup cloud, which forwards it. */
  | 'BACKED_UP'
  /** A deadline passed without the evidence that was expected, or no gateway ran for a while. */
  | 'CLOCK'
  /** An error occurred during the recording. */
  | 'CLOUD_RECORDING_ERROR'
  /** The M3U8 playlist was generated and uploaded. */
  | 'CLOUD_RECORDING_FILE_INFOS'
  /** The status of the cloud recording service changed, or a call did not match it. */
  | 'CLOUD_RECORDING_STATUS_UPDATE'
  /** A warning occurred during the recording. */
  | 'CLOUD_RECORDING_WARNING'
  /** A call made for a user, and its outcome. */
  | 'COMMAND'
  /** Recorded files could not be downloaded for transcoding. */
  | 'DOWNLOAD_FAILED'
  /** The storage was asked whether the files are there. */
  | 'FILE_CHECK'
  /** The recording is registered for high availability. */
  | 'HA_REGISTER_SUCCESS'
  /** The metadata was changed by updateMetadata. */
  | 'METADATA'
  /** A caller sent a mutation about the recording. */
  | 'MUTATION'
  /** Agora's answer to a query that the gateway made by itself. */
  | 'POLL'
  /** The final result of postponed transcoding. */
  | 'POSTPONE_TRANSCODE_FINAL_RESULT'
  /** What is known of a user's audio changed (uncertain: no document describes it). */
  | 'RECORDER_AUDIO_INFO_CHANGED'
  /** A user's audio began or ceased to be received. */
  | 'RECORDER_AUDIO_STREAM_STATE_CHANGED'
  /** The recorder left the channel. */
  | 'RECORDER_LEAVE'
  /** A slice of the recording began. */
  | 'RECORDER_SLICE_START'
  /** A screenshot was uploaded. */
  | 'RECORDER_SNAPSHOT_FILE'
  /** The recorder started. */
  | 'RECORDER_STARTED'
  /** What is known of a user's video changed (uncertain: no document describes it). */
  | 'RECORDER_VIDEO_INFO_CHANGED'
  /** A user's video began or ceased to be received. */
  | 'RECORDER_VIDEO_STREAM_STATE_CHANGED'
  /** The state of a push to a CDN changed. */
  | 'RTMP_PUBLISH_STATUS'
  /** Notifications have been missing for some seconds. */
  | 'SEQUENCE_GAP'
  /** The cloud recording service ended its tasks and exited. */
  | 'SESSION_EXIT'
  /** The recording moved to another server and continues there. */
  | 'SESSION_FAILOVER'
  /** The temporary credentials of the storage expired. */
  | 'STS_EXPIRED'
  /** Postponed transcoding ended. */
  | 'TRANSCODER_COMPLETED'
  /** Postponed transcoding started. */
  | 'TRANSCODER_STARTED'
  /** A notification that this gateway does not know; see `typeCode` and `raw`. */
  | 'UNKNOWN'
  /** All recorded files are in the third-party cloud storage. */
  | 'UPLOADED'
  /** The upload service started. */
  | 'UPLOADER_STARTED'
  /** Progress of the upload, about once a minute. */
  | 'UPLOADING_PROGRESS'
  /** Uploading to ApsaraVideo for VoD started. */
  | 'VOD_STARTED'
  /** All files are uploaded to ApsaraVideo for VoD. */
  | 'VOD_TRIGGERED'
  /** The page uses more than can be recorded. */
  | 'WEB_RECORDER_CAPABILITY_LIMIT'
  /** The recorded page was reloaded. */
  | 'WEB_RECORDER_RELOAD'
  /** Web page recording started. */
  | 'WEB_RECORDER_STARTED'
  /** Web page recording stopped. */
  | 'WEB_RECORDER_STOPPED';

/** Recordings must match all fields that are given. Lists take at most 50 values; an empty list matches nothing. */
export type RecordingFilter = {
  /** Of one of these Agora projects. */
  appIds?: Array<string> | null | undefined;
  /** Last changed after this moment (`changedAt`). */
  changedAfter?: string | null | undefined;
  /** Last changed before this moment. */
  changedBefore?: string | null | undefined;
  /** Of channels whose names begin with this text; upper and lower case differ. */
  channelPrefix?: string | null | undefined;
  /** Of one of these channels. */
  channels?: Array<string> | null | undefined;
  /** Ended, or ending, for one of these reasons. */
  endReasons?: Array<RecordingEndReason> | null | undefined;
  /** Ended after this moment. */
  endedAfter?: string | null | undefined;
  /** Ended before this moment. */
  endedBefore?: string | null | undefined;
  /** With problems, or without any. */
  hasProblems?: boolean | null | undefined;
  /** With all of these entries in their metadata. */
  metadata?: Array<MetadataEntryInput> | null | undefined;
  /** In one of these modes. */
  modes?: Array<RecordingMode> | null | undefined;
  /** In one of these phases. */
  phases?: Array<RecordingPhase> | null | undefined;
  /** Whose worst problem has one of these severities. */
  problemSeverities?: Array<ProblemSeverity> | null | undefined;
  /** With one of these recording ids of Agora's. */
  sids?: Array<string> | null | undefined;
  /** Started after this moment. */
  startedAfter?: string | null | undefined;
  /** Started before this moment. */
  startedBefore?: string | null | undefined;
  /** Started by one of these callers, by name. */
  startedBy?: Array<string> | null | undefined;
  /** Started with one of these storage profiles. */
  storageProfiles?: Array<string> | null | undefined;
  /** Started with one of these uids. */
  uids?: Array<string> | null | undefined;
  /** With their files in one of these states. */
  uploadStates?: Array<UploadState> | null | undefined;
};

/** What is recorded, and how (`mode` in the REST paths). */
export type RecordingMode =
  /** All users mixed into one file (`mix`). */
  | 'COMPOSITE'
  /** Separate files for each user's streams (`individual`). */
  | 'INDIVIDUAL'
  /** Not known: started elsewhere, and its mode has not been reported yet. */
  | 'UNKNOWN'
  /** A web page (`web`). */
  | 'WEB';

/** How a list of recordings is ordered. */
export type RecordingOrder =
  /** The earliest changed first. */
  | 'CHANGED_AT_ASC'
  /** The latest changed first. */
  | 'CHANGED_AT_DESC'
  /** By channel, in the order of its bytes in UTF-8. */
  | 'CHANNEL_ASC'
  /** By channel, backwards. */
  | 'CHANNEL_DESC'
  /** The earliest ended first, and those that have not ended last. */
  | 'ENDED_AT_ASC'
  /** Those that have not ended first, then the latest ended. */
  | 'ENDED_AT_DESC'
  /** The earliest started first. */
  | 'STARTED_AT_ASC'
  /** The latest started first. */
  | 'STARTED_AT_DESC';

/** Where a recording stands in its life, worked out from all that was seen of it. What is proven is never taken back; what is inferred from silence (`phaseInferred`) may be overturned by later evidence. Later releases may add values. */
export type RecordingPhase =
  /** Ended. `upload.state` says where the files are, `endReason` why it ended. */
  | 'COMPLETED'
  /** Ended by a fault, with no files proven uploaded. */
  | 'FAILED'
  /** Gone, with no word of how it ended. */
  | 'LOST'
  /** Web page recording on hold (`onhold`). */
  | 'PAUSED'
  /** The recording runs. */
  | 'RECORDING'
  /** Asked for, not yet confirmed as running. While `sid` is null it is in doubt whether Agora took the start. */
  | 'STARTING'
  /** Agora has taken the stop. */
  | 'STOPPING'
  /** The recorder has left; files are still on their way to the storage. */
  | 'UPLOADING';

/** What a change is for a list of recordings with the filter of the subscription. Later releases may add values. */
export type RecordingsChangeKind =
  /** It was in the list, and changed. A list that has not loaded its page ignores it. */
  | 'CHANGED'
  /** It is no longer in the list, and is still there without the filter. Sent once. */
  | 'LEFT_FILTER'
  /** It is gone: removed for its age or by forgetRecording, or found to be the same as another one, which stays. */
  | 'REMOVED'
  /** New in the list: it was started, first seen, or a change brought it into the filter. Put it where the order of the list has it. */
  | 'STARTED';

/** A recording to ask Agora for. */
export type RefreshRecordingInput = {
  /** Which recording. */
  recordingId: string | number;
};

/** Where Agora's servers may be (acquire's region). The storage must lie in it. */
export type Region =
  /** Asia without mainland China. */
  | 'AP'
  /** Mainland China. */
  | 'CN'
  /** Europe. */
  | 'EU'
  /** North America. */
  | 'NA';

/** How a video fills its window (render_mode). */
export type RenderMode =
  /** Fills the window; what is too much is cut. */
  | 'CROPPED'
  /** Shows the whole video; borders may stay black. */
  | 'FIT';

/** What a resource is for (scene of acquire). */
export type ResourceScene =
  /** Recording of a channel, individual or composite. */
  | 'REAL_TIME'
  /** Recording of a web page. */
  | 'WEB_PAGE';

/** Storage with the interface of S3 (vendor 11). */
export type S3CompatibleStorageInput = {
  /** Name of its host (extensionParams.endpoint). */
  endpoint: string;
};

/** Agora's service status, as in replies to query and in event 3 (`status`). */
export type ServiceStatus =
  /** The service is about to exit, or has exited. */
  | 'EXITED'
  /** The service exited abnormally. */
  | 'EXITED_ABNORMALLY'
  /** The initialization is complete. */
  | 'INITIALIZED'
  /** The recording runs, and its first file has been uploaded. */
  | 'IN_PROGRESS'
  /** The cloud service has not started. */
  | 'NOT_STARTED'
  /** The service is partially ready: the uploader is. */
  | 'PARTIALLY_READY'
  /** The recorder is ready: the recording runs. */
  | 'READY'
  /** The recorder is starting. */
  | 'STARTING'
  /** The service has stopped recording. */
  | 'STOPPED'
  /** The service has received the request to stop. */
  | 'STOP_RECEIVED'
  /** A value that this gateway does not know; see the raw value next to it, or in `raw`. */
  | 'UNKNOWN';

/** Screenshots of the video, as JPEG files (snapshotConfig). */
export type SnapshotConfigInput = {
  /** Seconds between screenshots: 5 to 3600. Default 10. */
  captureInterval?: number | null | undefined;
};

/** A recording to start (acquire and start). */
export type StartRecordingInput = {
  /** The Agora project. Default: the first one configured. */
  appId?: string | null | undefined;
  /** Name of the channel to record, at most 63 bytes (cname). A page recording joins no channel: there the name only identifies the recording, at most 1024 bytes. */
  channel: string;
  /** What to record, and how. */
  config: RecordingConfigInput;
  /** Resource ids of other recordings whose servers are to be avoided: at most 50. */
  excludeResourceIds?: Array<string> | null | undefined;
  /** A text of your own, 1 to 255 characters, new for each recording. Repeating a start with its key gives the first one's recording, whatever happened between, and never a second task. A refused start frees its key. */
  idempotencyKey?: string | null | undefined;
  /** What you want to know of the recording later, such as a title or a tenant: at most 20 entries, by which lists can be filtered. Agora never gets it. All who may see the recording can read it, so put no secrets in it. */
  metadata?: Array<MetadataEntryInput> | null | undefined;
  /** Area of Agora's servers. The storage must be in the same area. Default: near the gateway. */
  region?: Region | null | undefined;
  /** Hours after the start in which the recording can be queried and stopped: 1 to 720. With a resourceId: what it was acquired with. Default 72. */
  resourceExpiredHours?: number | null | undefined;
  /** A resource of acquireResource, for the same channel and uid; acquire is skipped then. Default: one is acquired. */
  resourceId?: string | null | undefined;
  /** Name of a storage profile. Default: the one marked so in the configuration. */
  storage?: string | null | undefined;
  /** A storage with its keys, instead of a profile, where the configuration allows it. */
  storageConfig?: StorageConfigInput | null | undefined;
  /** RTC token for this channel and this uid, where the project has an App Certificate: at most 4096 characters. It cannot be renewed: create one that outlives the recording. Without effect in a web page recording. Default: one that the gateway makes, valid for 24 hours, if it has the App Certificate; otherwise none. It is never returned. */
  token?: string | null | undefined;
  /** The recording's own uid in the channel, an integer from 1 to 4294967295 that no user has there. */
  uid: string;
};

/** A recording to stop. */
export type StopRecordingInput = {
  /** Whether Agora answers at once, without waiting for the upload (async_stop). */
  async?: boolean | null | undefined;
  /** Which recording. */
  recordingId: string | number;
  /** Seconds, 0 to 25, that the mutation waits for a synchronous stop. It then answers with the current state of the recording, while the stop continues. */
  waitSeconds?: number | null | undefined;
};

/** A storage that comes with the request (storageConfig), where the configuration allows it (allowInlineStorage); else INLINE_STORAGE_FORBIDDEN. A profile of the configuration keeps the keys away from callers. */
export type StorageConfigInput = {
  /** Access key. It is never returned. */
  accessKey: string;
  /** Name of the bucket. */
  bucket: string;
  /** Encryption and tag. Default none. */
  extensionParams?: StorageExtensionInput | null | undefined;
  /** Directories before the file names, each of letters and digits: at most 128. Their length with the slashes is at most 128. */
  fileNamePrefix?: Array<string> | null | undefined;
  /** Who stores the files, and in which region. */
  location: StorageLocationInput;
  /** Secret key. It is never returned. */
  secretKey: string;
  /** When stsToken expires. Agora asks for a validity of at least 4 hours. */
  stsExpiration?: string | null | undefined;
  /** Temporary security token; Amazon S3, Alibaba Cloud and Tencent Cloud only. A recording of more than an hour needs fresh credentials every 60 minutes: updateRecording, storageCredentials. It is never returned. */
  stsToken?: string | null | undefined;
};

/** Fresh credentials for the recording's storage, from a profile or with the request. Both left out: from the profile it was started with. */
export type StorageCredentialsInput = {
  /** Name of a storage profile of the same bucket. Temporary credentials of a profile are also renewed without asking. */
  profile?: string | null | undefined;
  /** The storage with its fresh credentials, where the configuration allows it. */
  storageConfig?: StorageConfigInput | null | undefined;
};

/** How Amazon S3 encrypts the files (extensionParams.sse). */
export type StorageEncryption =
  /** AES-256. */
  | 'AES256'
  /** With keys of KMS. */
  | 'KMS';

/** What the storage does with the uploaded files (extensionParams). */
export type StorageExtensionInput = {
  /** Encryption by the storage; Amazon S3 only. It needs tag. Default: none. */
  sse?: StorageEncryption | null | undefined;
  /** Tag of the files; Amazon S3 and Alibaba Cloud only. At Amazon S3, it needs sse. Default: none. */
  tag?: string | null | undefined;
};

/** Who stores the files, and in which region: exactly one of the fields. */
export type StorageLocationInput =
  {   /** Alibaba Cloud (vendor 2). */
  alibabaCloud: AlibabaCloudRegion; amazonS3?: never; baiduIntelligentCloud?: never; global?: never; huaweiCloud?: never; kingsoftCloud?: never; other?: never; s3Compatible?: never; tencentCloud?: never; }
  |  { alibabaCloud?: never;   /** Amazon S3 (vendor 1). */
  amazonS3: AmazonS3Region; baiduIntelligentCloud?: never; global?: never; huaweiCloud?: never; kingsoftCloud?: never; other?: never; s3Compatible?: never; tencentCloud?: never; }
  |  { alibabaCloud?: never; amazonS3?: never;   /** Baidu IntelligentCloud (vendor 8). */
  baiduIntelligentCloud: BaiduIntelligentCloudRegion; global?: never; huaweiCloud?: never; kingsoftCloud?: never; other?: never; s3Compatible?: never; tencentCloud?: never; }
  |  { alibabaCloud?: never; amazonS3?: never; baiduIntelligentCloud?: never;   /** Microsoft Azure (vendor 5) or Google Cloud (vendor 6). */
  global: GlobalStorageVendor; huaweiCloud?: never; kingsoftCloud?: never; other?: never; s3Compatible?: never; tencentCloud?: never; }
  |  { alibabaCloud?: never; amazonS3?: never; baiduIntelligentCloud?: never; global?: never;   /** Huawei Cloud (vendor 7). */
  huaweiCloud: HuaweiCloudRegion; kingsoftCloud?: never; other?: never; s3Compatible?: never; tencentCloud?: never; }
  |  { alibabaCloud?: never; amazonS3?: never; baiduIntelligentCloud?: never; global?: never; huaweiCloud?: never;   /** Kingsoft Cloud (vendor 4), which only older documents list. */
  kingsoftCloud: KingsoftCloudRegion; other?: never; s3Compatible?: never; tencentCloud?: never; }
  |  { alibabaCloud?: never; amazonS3?: never; baiduIntelligentCloud?: never; global?: never; huaweiCloud?: never; kingsoftCloud?: never;   /** A vendor or region that has no name here yet, by Agora's numbers. */
  other: StorageVendorCodeInput; s3Compatible?: never; tencentCloud?: never; }
  |  { alibabaCloud?: never; amazonS3?: never; baiduIntelligentCloud?: never; global?: never; huaweiCloud?: never; kingsoftCloud?: never; other?: never;   /** Any storage with the interface of S3 (vendor 11). */
  s3Compatible: S3CompatibleStorageInput; tencentCloud?: never; }
  |  { alibabaCloud?: never; amazonS3?: never; baiduIntelligentCloud?: never; global?: never; huaweiCloud?: never; kingsoftCloud?: never; other?: never; s3Compatible?: never;   /** Tencent Cloud (vendor 3). */
  tencentCloud: TencentCloudRegion; };

/** Agora's numbers, for what has no name here yet. */
export type StorageVendorCodeInput = {
  /** Number of the vendor's region (storageConfig.region). */
  region: number;
  /** Number of the vendor (storageConfig.vendor). */
  vendor: number;
};

/** Which files an individual recording makes of the streams (recordingConfig.streamMode). */
export type StreamMode =
  /** An audio and a video playlist for each user; audio is transcoded. */
  | 'DEFAULT'
  /** Audio alone as it was sent, without transcoding. Only with streamTypes AUDIO. */
  | 'ORIGINAL'
  /** These, and a playlist of both merged. Agora recommends it. */
  | 'STANDARD';

/** Whose streams are recorded from now on. The lists replace the previous ones. If only lists for one medium are given, no user is recorded in the other; ["#allstream#"] means all users. At most 32 users a list. */
export type StreamSubscriptionInput = {
  /** Users whose audio is recorded: at most 32. ["#allstream#"] means all. Default: all users; with a list for video only, no user. */
  subscribeAudioUids?: Array<string> | null | undefined;
  /** Users whose video is recorded: at most 32. ["#allstream#"] means all. Default: all users; with a list for audio only, no user. */
  subscribeVideoUids?: Array<string> | null | undefined;
  /** Users whose audio is not recorded: at most 32. Not with subscribeAudioUids. Default: no user. */
  unsubscribeAudioUids?: Array<string> | null | undefined;
  /** Users whose video is not recorded: at most 32. Not with subscribeVideoUids. Default: no user. */
  unsubscribeVideoUids?: Array<string> | null | undefined;
};

/** Which media are subscribed to (recordingConfig.streamTypes). */
export type StreamTypes =
  /** Audio only. */
  | 'AUDIO'
  /** Audio and video. */
  | 'AUDIO_AND_VIDEO'
  /** Video only. */
  | 'VIDEO';

/** How many users an individual recording subscribes to at the peak (recordingConfig.subscribeUidGroup). */
export type SubscribeUidGroup =
  /** 1 or 2 users. */
  | 'UIDS_1_TO_2'
  /** 3 to 7 users. */
  | 'UIDS_3_TO_7'
  /** 8 to 12 users. */
  | 'UIDS_8_TO_12'
  /** 13 to 17 users. */
  | 'UIDS_13_TO_17'
  /** 18 to 32 users. */
  | 'UIDS_18_TO_32'
  /** 33 to 49 users. */
  | 'UIDS_33_TO_49';

/** Regions of Tencent Cloud (storageConfig.region). A region that is missing here goes as its number in `other`. */
export type TencentCloudRegion =
  /** Tencent Cloud, region AP_BANGKOK; number 13 at Agora. */
  | 'AP_BANGKOK'
  /** Tencent Cloud, region AP_BEIJING; number 1 at Agora. */
  | 'AP_BEIJING'
  /** Tencent Cloud, region AP_BEIJING_1; number 0 at Agora. */
  | 'AP_BEIJING_1'
  /** Tencent Cloud, region AP_BEIJING_FSI; number 8 at Agora. */
  | 'AP_BEIJING_FSI'
  /** Tencent Cloud, region AP_CHENGDU; number 4 at Agora. */
  | 'AP_CHENGDU'
  /** Tencent Cloud, region AP_CHONGQING; number 5 at Agora. */
  | 'AP_CHONGQING'
  /** Tencent Cloud, region AP_GUANGZHOU; number 3 at Agora. */
  | 'AP_GUANGZHOU'
  /** Tencent Cloud, region AP_HONGKONG; number 9 at Agora. */
  | 'AP_HONGKONG'
  /** Tencent Cloud, region AP_MUMBAI; number 11 at Agora. */
  | 'AP_MUMBAI'
  /** Tencent Cloud, region AP_SEOUL; number 12 at Agora. */
  | 'AP_SEOUL'
  /** Tencent Cloud, region AP_SHANGHAI; number 2 at Agora. */
  | 'AP_SHANGHAI'
  /** Tencent Cloud, region AP_SHANGHAI_FSI; number 7 at Agora. */
  | 'AP_SHANGHAI_FSI'
  /** Tencent Cloud, region AP_SHENZHEN_FSI; number 6 at Agora. */
  | 'AP_SHENZHEN_FSI'
  /** Tencent Cloud, region AP_SINGAPORE; number 10 at Agora. */
  | 'AP_SINGAPORE'
  /** Tencent Cloud, region AP_TOKYO; number 14 at Agora. */
  | 'AP_TOKYO'
  /** Tencent Cloud, region EU_FRANKFURT; number 18 at Agora. */
  | 'EU_FRANKFURT'
  /** Tencent Cloud, region EU_MOSCOW; number 19 at Agora. */
  | 'EU_MOSCOW'
  /** Tencent Cloud, region NA_ASHBURN; number 16 at Agora. */
  | 'NA_ASHBURN'
  /** Tencent Cloud, region NA_SILICONVALLEY; number 15 at Agora. */
  | 'NA_SILICONVALLEY'
  /** Tencent Cloud, region NA_TORONTO; number 17 at Agora. */
  | 'NA_TORONTO';

/** What a file or slice holds (`trackType`). */
export type TrackType =
  /** Audio only. */
  | 'AUDIO'
  /** Audio and video. */
  | 'AUDIO_AND_VIDEO'
  /** A value that this gateway does not know; see the raw value next to it, or in `raw`. */
  | 'UNKNOWN'
  /** Video only. */
  | 'VIDEO';

/** The mixed video (transcodingConfig). */
export type TranscodingConfigInput = {
  /** Colour behind the windows: # and six hexadecimal digits, for example #FF8800. Default #000000. */
  backgroundColor?: string | null | undefined;
  /** Images in place of single users who send no video for 3.5 seconds: at most 50. */
  backgroundConfig?: Array<UserBackgroundInput> | null | undefined;
  /** Address of an image behind all windows: an http or https address. It is cropped to the canvas. Default: none. It is returned without credentials. */
  backgroundImage?: string | null | undefined;
  /** Bitrate of the video in Kbps: at least 1. Default 500. */
  bitrate?: number | null | undefined;
  /** Address of an image in place of users who send no video for 3.5 seconds: an http or https address. backgroundConfig takes precedence. Default: none. It is returned without credentials. */
  defaultUserBackgroundImage?: string | null | undefined;
  /** Frames per second: at least 1. Default 15. */
  fps?: number | null | undefined;
  /** Height of the canvas in pixels: at least 1. Default 640. */
  height?: number | null | undefined;
  /** Windows of the CUSTOM layout: at most 17. */
  layoutConfig?: Array<LayoutRegionInput> | null | undefined;
  /** User of the large window in the VERTICAL layout: a uid, an integer from 1 to 4294967295. */
  maxResolutionUid?: string | null | undefined;
  /** How users are laid out. Default FLOATING. */
  mixedVideoLayout?: MixedVideoLayout | null | undefined;
  /** Width of the canvas in pixels: at least 1. width × height at most 1920 × 1080. Default 360. */
  width?: number | null | undefined;
};

/** A new layout for a composite recording. It replaces the one before: what is left out falls back to its default. */
export type UpdateLayoutInput = {
  /** Colour behind the windows: # and six hexadecimal digits, for example #FF8800. Default #000000. */
  backgroundColor?: string | null | undefined;
  /** Images in place of single users who send no video for 3.5 seconds: at most 50. */
  backgroundConfig?: Array<UserBackgroundInput> | null | undefined;
  /** Address of an image behind all windows: an http or https address. It is cropped to the canvas. Default: none. It is returned without credentials. */
  backgroundImage?: string | null | undefined;
  /** Address of an image in place of users who send no video for 3.5 seconds: an http or https address. backgroundConfig takes precedence. Default: none. It is returned without credentials. */
  defaultUserBackgroundImage?: string | null | undefined;
  /** Windows of the CUSTOM layout: at most 17. */
  layoutConfig?: Array<LayoutRegionInput> | null | undefined;
  /** User of the large window in the VERTICAL layout: a uid, an integer from 1 to 4294967295. */
  maxResolutionUid?: string | null | undefined;
  /** How users are laid out. Default FLOATING. */
  mixedVideoLayout?: MixedVideoLayout | null | undefined;
  /** Which recording. */
  recordingId: string | number;
};

/** Entries of metadata to change. */
export type UpdateMetadataInput = {
  /** The entries to set or to remove; others stay. A recording has at most 20. */
  metadata: Array<MetadataChangeInput>;
  /** Which recording. */
  recordingId: string | number;
};

/** A recording to change while it runs. */
export type UpdateRecordingInput = {
  /** What to change. */
  change: RecordingChangeInput;
  /** Which recording. */
  recordingId: string | number;
};

/** Where the files are. */
export type UploadState =
  /** All files are uploaded, some of them to Agora's backup cloud, which forwards them (event 32, or stop: `backuped`). */
  | 'BACKED_UP'
  /** The upload failed. */
  | 'FAILED'
  /** Files are being uploaded, during the recording or after it. */
  | 'IN_PROGRESS'
  /** Nothing has been uploaded. */
  | 'NOT_STARTED'
  /** The recording has ended, and nothing shows where its files are. */
  | 'UNKNOWN'
  /** All files are in the storage (event 31, or stop: `uploaded`). */
  | 'UPLOADED';

/** An image in place of a user who sends no video for 3.5 seconds (backgroundConfig). */
export type UserBackgroundInput = {
  /** Address of the image: the https address of a JPG or BMP image of at most 6 MB. An image that cannot be fetched has no effect. It is returned without credentials. */
  imageUrl: string;
  /** How the image fills the window. Default CROPPED. */
  renderMode?: RenderMode | null | undefined;
  /** User, by uid: a uid, an integer from 1 to 4294967295. */
  uid: string;
};

/** Why a mutation did not succeed. Later releases may add values. */
export type UserErrorCode =
  /** The Agora account is not active. The operator must check whether a payment is overdue. */
  | 'AGORA_ACCOUNT_INACTIVE'
  /** Agora refused the gateway's credentials. The operator must check the customer ID and secret. */
  | 'AGORA_CREDENTIALS_INVALID'
  /** Agora refused a parameter. The message explains the reason as far as it is known; not every reason names the field. */
  | 'AGORA_PARAMETER_INVALID'
  /** Agora rate limit exceeded. Retry in a few seconds; the operator can ask Agora for a higher limit. */
  | 'AGORA_RATE_LIMITED'
  /** Agora refused the call. See its reason in the message. */
  | 'AGORA_REFUSED'
  /** A reply was about another recording than the one asked for, and was ignored. The operator must check what is between the gateway and Agora, such as a proxy or a mock. */
  | 'AGORA_REPLY_MISMATCH'
  /** Agora could not read the request: its headers, address, method or JSON. The operator must check proxies between the gateway and Agora. */
  | 'AGORA_REQUEST_UNREADABLE'
  /** Agora does not know the address that was called. The operator must check AGORA_API_URLS. */
  | 'AGORA_ROUTE_NOT_FOUND'
  /** Agora cannot serve the call now. Retry in a few seconds. */
  | 'AGORA_UNAVAILABLE'
  /** The recording is already being stopped. Wait for its files. */
  | 'ALREADY_STOPPING'
  /** Agora refused the App ID. Enable Cloud Recording for the project in the Agora console. */
  | 'APP_ID_INVALID'
  /** The gateway is not configured for this App ID. Omit appId for the default, or ask the operator to add the project. */
  | 'APP_ID_UNKNOWN'
  /** Agora refused the name of the channel. Use fewer than 64 of the permitted characters. */
  | 'CHANNEL_NAME_INVALID'
  /** This gateway is shutting down: it accepts no new requests and does not send queued stops. Retry; another instance will serve it. */
  | 'GATEWAY_STOPPING'
  /** The idempotencyKey was used for a start with other input. Use a new key for a new recording. */
  | 'IDEMPOTENCY_KEY_REUSED'
  /** Inline storage credentials are disabled. Use a storage profile. */
  | 'INLINE_STORAGE_FORBIDDEN'
  /** A parameter breaks a rule of Agora. Correct it: `field` names it, and the message states the rule. */
  | 'INVALID_PARAMETER'
  /** Agora cannot read the layout. Check that every region lies within the canvas, and send the whole layout. */
  | 'LAYOUT_INVALID'
  /** Other calls for this recording are queued or in progress, perhaps on another gateway. Nothing was sent. Retry in a few seconds. */
  | 'RECORDING_BUSY'
  /** The recording has ended; there is nothing left to do. */
  | 'RECORDING_ENDED'
  /** The recording was started elsewhere. Adopt it to control it from here. */
  | 'RECORDING_NOT_CONTROLLABLE'
  /** The recording has not ended, or the gateway still expects something of it. Stop it, or wait until its nextObservationAt is null. */
  | 'RECORDING_NOT_ENDED'
  /** Neither the gateway nor Agora finds the recording. The message has the likely cause; while the recording may be starting or moving to another server, the same call may succeed later. */
  | 'RECORDING_NOT_FOUND'
  /** A recording was already started with this resource. Start without resourceId, or acquire another. */
  | 'RESOURCE_ALREADY_STARTED'
  /** The resource is older than five minutes. Acquire another, or start without resourceId. */
  | 'RESOURCE_EXPIRED'
  /** Agora cannot read the resource id. Acquire another, or start without resourceId. */
  | 'RESOURCE_INVALID'
  /** The resource was acquired for another App ID, channel, uid, recording or config. Use the same values, or acquire again. */
  | 'RESOURCE_MISMATCH'
  /** The start with this key was never confirmed and is considered failed. Start again with a new key. */
  | 'START_FAILED'
  /** Agora did not confirm the start. Follow the recording; its state will resolve automatically. Repeat the start only with the same idempotencyKey. */
  | 'START_IN_DOUBT'
  /** Agora did not confirm the stop. The gateway keeps checking; call stopRecording again if the recording is still running. */
  | 'STOP_IN_DOUBT'
  /** The credentials of the storage profile cannot be read. Retry; the gateway's log has the cause. */
  | 'STORAGE_CREDENTIALS_UNAVAILABLE'
  /** No storage profile has this name. Use one of those in the message. */
  | 'STORAGE_PROFILE_UNKNOWN'
  /** The gateway's store is unavailable, so the gateway can neither read nor change recordings. Retry later, a start only with the same idempotencyKey. */
  | 'STORE_UNAVAILABLE'
  /** A recording of this channel with this uid is running; `recordingId` names it where it is known. Stop it first, or start with another uid. */
  | 'TASK_CONFLICT'
  /** The token is invalid or has expired. Create one for this App ID, this channel and the recording's own uid. */
  | 'TOKEN_INVALID'
  /** Too many recordings of the Agora account run at the same time. Stop some, or ask Agora for a higher quota. */
  | 'TOO_MANY_RECORDINGS'
  /** The call budget of the gateway is used up. Nothing was sent. Retry in a few seconds. */
  | 'UPSTREAM_BUSY'
  /** Agora could not be reached, or did not answer in time. Retry. */
  | 'UPSTREAM_UNAVAILABLE';

/** Which video stream, where users send two (recordingConfig.videoStreamType). */
export type VideoStreamType =
  /** The stream of high resolution and bitrate. */
  | 'HIGH'
  /** The stream of low resolution and bitrate. */
  | 'LOW';

/** A change of a page recording: one of the fields, or both. */
export type WebChangeInput = {
  /** Where to push from now on, instead of before: one address. */
  outputs?: Array<PushOutputInput> | null | undefined;
  /** Whether to pause the recording (onhold) or to resume it. */
  paused?: boolean | null | undefined;
};

/** A page recording (web_recorder_service). What is left out has the default of Agora. */
export type WebConfigInput = {
  /** Encoding of the recorded audio. */
  audioProfile: AudioProfile;
  /** Files that are made. [HLS] or [HLS, MP4]. Default [HLS]. */
  avFileType?: Array<AvFileType> | null | undefined;
  /** Hours after which the recording ends: 1 to 720. Charged until then. At most resourceExpiredHours is advised. */
  maxRecordingHour: number;
  /** Minutes after which a new MP4 file begins: 30 to 240. Default 120. */
  maxVideoDuration?: number | null | undefined;
  /** Whether the page is rendered as on a mobile device. Default false. */
  mobile?: boolean | null | undefined;
  /** Push addresses: at most 1. Default none. */
  outputs?: Array<PushOutputInput> | null | undefined;
  /** Whether the recording starts on hold. Then the page is opened, but nothing is recorded until updateRecording resumes it. Default false. */
  paused?: boolean | null | undefined;
  /** Seconds in which the page must report that it is ready; 0 does not check: 0 to 60. Default 0. */
  readyTimeout?: number | null | undefined;
  /** Address of the page: an http or https address. It is returned without credentials. */
  url: string;
  /** Bitrate of the video in Kbps: at least 0. Default 2000 from 1280 × 720 on, otherwise 1500. */
  videoBitrate?: number | null | undefined;
  /** Frames per second: 5 to 60. Default 15. */
  videoFps?: number | null | undefined;
  /** Height in pixels: 1 to 2073600. */
  videoHeight: number;
  /** Width in pixels: 1 to 2073600. videoWidth × videoHeight at most 1920 × 1080. */
  videoWidth: number;
};

export type AcquireResourceMutationVariables = Exact<{
  input: AcquireResourceInput;
}>;


export type AcquireResourceMutation = { acquireResource: { resource: { resourceId: string, startBefore: string, validUntil: string } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryable: boolean, recordingId: string | null, agora: { httpStatus: number, code: number | null, reason: string | null, requestId: string | null } | null }> } };

export type AdoptRecordingMutationVariables = Exact<{
  input: AdoptRecordingInput;
}>;


export type AdoptRecordingMutation = { adoptRecording: { recording: { resourceId: string | null, id: string, sid: string | null, channel: string, uid: string, mode: RecordingMode, phase: RecordingPhase, phaseInferred: boolean, phaseSince: string | null, endReason: RecordingEndReason | null, version: number, startedAt: string, recordingSince: string | null, endedAt: string | null, explanation: string, startedBy: string | null, metadata: Array<{ key: string, value: string }>, upload: { state: UploadState, progress: number | null }, fileList:
        | { __typename: 'PlaylistFile', fileName: string }
        | { __typename: 'RecordedFileSet', files: Array<{ fileName: string, kind: FileKind, trackType: TrackType | null, startedAt: string | null }> }
       | null } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryable: boolean, recordingId: string | null, agora: { httpStatus: number, code: number | null, reason: string | null, requestId: string | null } | null }> } };

export type ForgetRecordingMutationVariables = Exact<{
  input: ForgetRecordingInput;
}>;


export type ForgetRecordingMutation = { forgetRecording: { forgottenId: string | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryable: boolean, recordingId: string | null, agora: { httpStatus: number, code: number | null, reason: string | null, requestId: string | null } | null }> } };

export type RefreshRecordingMutationVariables = Exact<{
  input: RefreshRecordingInput;
}>;


export type RefreshRecordingMutation = { refreshRecording: { recording: { id: string, sid: string | null, channel: string, uid: string, mode: RecordingMode, phase: RecordingPhase, phaseInferred: boolean, phaseSince: string | null, endReason: RecordingEndReason | null, version: number, startedAt: string, recordingSince: string | null, endedAt: string | null, explanation: string, startedBy: string | null, metadata: Array<{ key: string, value: string }>, upload: { state: UploadState, progress: number | null }, fileList:
        | { __typename: 'PlaylistFile', fileName: string }
        | { __typename: 'RecordedFileSet', files: Array<{ fileName: string, kind: FileKind, trackType: TrackType | null, startedAt: string | null }> }
       | null } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryable: boolean, recordingId: string | null, agora: { httpStatus: number, code: number | null, reason: string | null, requestId: string | null } | null }> } };

export type StartRecordingMutationVariables = Exact<{
  input: StartRecordingInput;
}>;


export type StartRecordingMutation = { startRecording: { recording: { id: string, sid: string | null, channel: string, uid: string, mode: RecordingMode, phase: RecordingPhase, phaseInferred: boolean, phaseSince: string | null, endReason: RecordingEndReason | null, version: number, startedAt: string, recordingSince: string | null, endedAt: string | null, explanation: string, startedBy: string | null, metadata: Array<{ key: string, value: string }>, upload: { state: UploadState, progress: number | null }, fileList:
        | { __typename: 'PlaylistFile', fileName: string }
        | { __typename: 'RecordedFileSet', files: Array<{ fileName: string, kind: FileKind, trackType: TrackType | null, startedAt: string | null }> }
       | null } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryable: boolean, recordingId: string | null, agora: { httpStatus: number, code: number | null, reason: string | null, requestId: string | null } | null }> } };

export type UserErrorDetailsFragment = { code: UserErrorCode, message: string, field: Array<string> | null, retryable: boolean, recordingId: string | null, agora: { httpStatus: number, code: number | null, reason: string | null, requestId: string | null } | null };

export type StopRecordingMutationVariables = Exact<{
  input: StopRecordingInput;
}>;


export type StopRecordingMutation = { stopRecording: { recording: { id: string, sid: string | null, channel: string, uid: string, mode: RecordingMode, phase: RecordingPhase, phaseInferred: boolean, phaseSince: string | null, endReason: RecordingEndReason | null, version: number, startedAt: string, recordingSince: string | null, endedAt: string | null, explanation: string, startedBy: string | null, metadata: Array<{ key: string, value: string }>, upload: { state: UploadState, progress: number | null }, fileList:
        | { __typename: 'PlaylistFile', fileName: string }
        | { __typename: 'RecordedFileSet', files: Array<{ fileName: string, kind: FileKind, trackType: TrackType | null, startedAt: string | null }> }
       | null } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryable: boolean, recordingId: string | null, agora: { httpStatus: number, code: number | null, reason: string | null, requestId: string | null } | null }> } };

export type UpdateLayoutMutationVariables = Exact<{
  input: UpdateLayoutInput;
}>;


export type UpdateLayoutMutation = { updateLayout: { recording: { id: string, settings:
        | { transcoding: { mixedVideoLayout: MixedVideoLayout, backgroundColor: string, layoutConfig: Array<{ uid: string | null, x: number, y: number, width: number, height: number }> } }
        | Record<PropertyKey, never>
       | null } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryable: boolean, recordingId: string | null, agora: { httpStatus: number, code: number | null, reason: string | null, requestId: string | null } | null }> } };

export type UpdateMetadataMutationVariables = Exact<{
  input: UpdateMetadataInput;
}>;


export type UpdateMetadataMutation = { updateMetadata: { recording: { id: string, sid: string | null, channel: string, uid: string, mode: RecordingMode, phase: RecordingPhase, phaseInferred: boolean, phaseSince: string | null, endReason: RecordingEndReason | null, version: number, startedAt: string, recordingSince: string | null, endedAt: string | null, explanation: string, startedBy: string | null, metadata: Array<{ key: string, value: string }>, upload: { state: UploadState, progress: number | null }, fileList:
        | { __typename: 'PlaylistFile', fileName: string }
        | { __typename: 'RecordedFileSet', files: Array<{ fileName: string, kind: FileKind, trackType: TrackType | null, startedAt: string | null }> }
       | null } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryable: boolean, recordingId: string | null, agora: { httpStatus: number, code: number | null, reason: string | null, requestId: string | null } | null }> } };

export type UpdateRecordingMutationVariables = Exact<{
  input: UpdateRecordingInput;
}>;


export type UpdateRecordingMutation = { updateRecording: { recording: { id: string, sid: string | null, channel: string, uid: string, mode: RecordingMode, phase: RecordingPhase, phaseInferred: boolean, phaseSince: string | null, endReason: RecordingEndReason | null, version: number, startedAt: string, recordingSince: string | null, endedAt: string | null, explanation: string, startedBy: string | null, metadata: Array<{ key: string, value: string }>, upload: { state: UploadState, progress: number | null }, fileList:
        | { __typename: 'PlaylistFile', fileName: string }
        | { __typename: 'RecordedFileSet', files: Array<{ fileName: string, kind: FileKind, trackType: TrackType | null, startedAt: string | null }> }
       | null } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null, retryable: boolean, recordingId: string | null, agora: { httpStatus: number, code: number | null, reason: string | null, requestId: string | null } | null }> } };

export type ChannelsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: RecordingCountsFilter | null | undefined;
}>;


export type ChannelsQuery = { channels: { nodes: Array<{ appId: string, name: string, total: number, running: number, recordings: { nodes: Array<{ id: string, sid: string | null, channel: string, uid: string, mode: RecordingMode, phase: RecordingPhase, phaseInferred: boolean, phaseSince: string | null, endReason: RecordingEndReason | null, version: number, startedAt: string, recordingSince: string | null, endedAt: string | null, explanation: string, startedBy: string | null, metadata: Array<{ key: string, value: string }>, upload: { state: UploadState, progress: number | null }, fileList:
            | { __typename: 'PlaylistFile', fileName: string }
            | { __typename: 'RecordedFileSet', files: Array<{ fileName: string, kind: FileKind, trackType: TrackType | null, startedAt: string | null }> }
           | null }> } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null }, totalCount: { count: number, exact: boolean } } };

export type EventCursorQueryVariables = Exact<{ [key: string]: never; }>;


export type EventCursorQuery = { recordings: { eventCursor: string } };

export type FilesQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: FileFilter | null | undefined;
  orderBy?: FileOrder | null | undefined;
}>;


export type FilesQuery = { files: { nodes: Array<{ id: string, fileName: string, kind: FileKind, startedAt: string | null, playable: boolean | null, recording: { id: string, channel: string, phase: RecordingPhase } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null }, totalCount: { count: number, exact: boolean } } };

export type GatewayStatusQueryVariables = Exact<{ [key: string]: never; }>;


export type GatewayStatusQuery = { gateway: { version: string, mode: GatewayMode, status: { gaps: number, subscribers: number, budget: { callsPerSecond: number, waiting: number }, callsByReason: Array<{ reason: CallReason, count: number }>, webhookLag: { notifications: number, medianSeconds: number, maxSeconds: number } | null, outages: Array<{ dependency: Dependency, from: string, to: string | null }> } | null } };

export type NodeQueryVariables = Exact<{
  id: string | number;
}>;


export type NodeQuery = { node:
    | { __typename: 'BackedUpEvent', type: RecordingEventType, occurredAt: string, id: string }
    | { __typename: 'ClockEvent', type: RecordingEventType, occurredAt: string, id: string }
    | { __typename: 'CloudRecordingErrorEvent', type: RecordingEventType, occurredAt: string, id: string }
    | { __typename: 'CloudRecordingFileInfosEvent', type: RecordingEventType, occurredAt: string, id: string }
    | { __typename: 'CloudRecordingStatusUpdateEvent', type: RecordingEventType, occurredAt: string, id: string }
    | { __typename: 'CloudRecordingWarningEvent', type: RecordingEventType, occurredAt: string, id: string }
    | { __typename: 'CommandEvent', type: RecordingEventType, occurredAt: string, id: string }
    | { __typename: 'DownloadFailedEvent', type: RecordingEventType, occurredAt: string, id: string }
    | { __typename: 'FileCheckEvent', type: RecordingEventType, occurredAt: string, id: string }
    | { __typename: 'HaRegisterSuccessEvent', type: RecordingEventType, occurredAt: string, id: string }
    | { __typename: 'MetadataEvent', type: RecordingEventType, occurredAt: string, id: string }
    | { __typename: 'MutationEvent', type: RecordingEventType, occurredAt: string, id: string }
    | { __typename: 'PollEvent', type: RecordingEventType, occurredAt: string, id: string }
    | { __typename: 'PostponeTranscodeFinalResultEvent', type: RecordingEventType, occurredAt: string, id: string }
    | { __typename: 'RecordedFile', fileName: string, id: string }
    | { __typename: 'RecorderAudioInfoChangedEvent', type: RecordingEventType, occurredAt: string, id: string }
    | { __typename: 'RecorderAudioStreamStateChangedEvent', type: RecordingEventType, occurredAt: string, id: string }
    | { __typename: 'RecorderLeaveEvent', type: RecordingEventType, occurredAt: string, id: string }
    | { __typename: 'RecorderSliceStartEvent', type: RecordingEventType, occurredAt: string, id: string }
    | { __typename: 'RecorderSnapshotFileEvent', type: RecordingEventType, occurredAt: string, id: string }
    | { __typename: 'RecorderStartedEvent', type: RecordingEventType, occurredAt: string, id: string }
    | { __typename: 'RecorderVideoInfoChangedEvent', type: RecordingEventType, occurredAt: string, id: string }
    | { __typename: 'RecorderVideoStreamStateChangedEvent', type: RecordingEventType, occurredAt: string, id: string }
    | { __typename: 'Recording', id: string, sid: string | null, channel: string, uid: string, mode: RecordingMode, phase: RecordingPhase, phaseInferred: boolean, phaseSince: string | null, endReason: RecordingEndReason | null, version: number, startedAt: string, recordingSince: string | null, endedAt: string | null, explanation: string, startedBy: string | null, metadata: Array<{ key: string, value: string }>, upload: { state: UploadState, progress: number | null }, fileList:
        | { __typename: 'PlaylistFile', fileName: string }
        | { __typename: 'RecordedFileSet', files: Array<{ fileName: string, kind: FileKind, trackType: TrackType | null, startedAt: string | null }> }
       | null }
    | { __typename: 'RtmpPublishStatusEvent', type: RecordingEventType, occurredAt: string, id: string }
    | { __typename: 'SequenceGapEvent', type: RecordingEventType, occurredAt: string, id: string }
    | { __typename: 'SessionExitEvent', type: RecordingEventType, occurredAt: string, id: string }
    | { __typename: 'SessionFailoverEvent', type: RecordingEventType, occurredAt: string, id: string }
    | { __typename: 'StsExpiredEvent', type: RecordingEventType, occurredAt: string, id: string }
    | { __typename: 'TranscoderCompletedEvent', type: RecordingEventType, occurredAt: string, id: string }
    | { __typename: 'TranscoderStartedEvent', type: RecordingEventType, occurredAt: string, id: string }
    | { __typename: 'UnknownEvent', type: RecordingEventType, occurredAt: string, id: string }
    | { __typename: 'UploadedEvent', type: RecordingEventType, occurredAt: string, id: string }
    | { __typename: 'UploaderStartedEvent', type: RecordingEventType, occurredAt: string, id: string }
    | { __typename: 'UploadingProgressEvent', type: RecordingEventType, occurredAt: string, id: string }
    | { __typename: 'VodStartedEvent', type: RecordingEventType, occurredAt: string, id: string }
    | { __typename: 'VodTriggeredEvent', type: RecordingEventType, occurredAt: string, id: string }
    | { __typename: 'WebRecorderCapabilityLimitEvent', type: RecordingEventType, occurredAt: string, id: string }
    | { __typename: 'WebRecorderReloadEvent', type: RecordingEventType, occurredAt: string, id: string }
    | { __typename: 'WebRecorderStartedEvent', type: RecordingEventType, occurredAt: string, id: string }
    | { __typename: 'WebRecorderStoppedEvent', type: RecordingEventType, occurredAt: string, id: string }
   | null };

export type NotificationServersQueryVariables = Exact<{ [key: string]: never; }>;


export type NotificationServersQuery = { notificationServers: Array<string> | null };

export type ProblemsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: ProblemFilter | null | undefined;
}>;


export type ProblemsQuery = { problems: { nodes: Array<{ id: string, code: ProblemCode, agoraCode: number | null, severity: ProblemSeverity, message: string, occurredAt: string, recording: { id: string, channel: string, phase: RecordingPhase } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null }, totalCount: { count: number, exact: boolean } } };

export type RecordingCallsQueryVariables = Exact<{
  by: RecordingBy;
}>;


export type RecordingCallsQuery = { recording: { id: string, calls: Array<{ id: string, operation: CallOperation, reason: CallReason | null, requestedAt: string | null, sentAt: string | null, answeredAt: string | null, outcome: CallOutcome, httpStatus: number | null, agoraCode: number | null, message: string | null, requestId: string | null }> } | null };

export type RecordingCountsQueryVariables = Exact<{
  filter?: RecordingCountsFilter | null | undefined;
}>;


export type RecordingCountsQuery = { recordingCounts: { total: number, byPhase: Array<{ phase: RecordingPhase, count: number }>, byMode: Array<{ mode: RecordingMode, count: number }>, byEndReason: Array<{ endReason: RecordingEndReason, count: number }>, byDay: Array<{ day: string, count: number }> } };

export type CountsDetailsFragment = { total: number, byPhase: Array<{ phase: RecordingPhase, count: number }>, byMode: Array<{ mode: RecordingMode, count: number }>, byEndReason: Array<{ endReason: RecordingEndReason, count: number }>, byDay: Array<{ day: string, count: number }> };

export type RecordingEventsQueryVariables = Exact<{
  by: RecordingBy;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type RecordingEventsQuery = { recording: { id: string, events: { headCursor: string, edges: Array<{ cursor: string, node:
          | { __typename: 'BackedUpEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
          | { __typename: 'ClockEvent', id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
          | { __typename: 'CloudRecordingErrorEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
          | { __typename: 'CloudRecordingFileInfosEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
          | { __typename: 'CloudRecordingStatusUpdateEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
          | { __typename: 'CloudRecordingWarningEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
          | { __typename: 'CommandEvent', operation: CallOperation, outcome: CallOutcome, httpStatus: number | null, reason: string | null, serviceStatus: ServiceStatus | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
          | { __typename: 'DownloadFailedEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
          | { __typename: 'FileCheckEvent', id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
          | { __typename: 'HaRegisterSuccessEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
          | { __typename: 'MetadataEvent', changedBy: string | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string, metadata: Array<{ key: string, value: string }> }
          | { __typename: 'MutationEvent', id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
          | { __typename: 'PollEvent', operation: CallOperation, outcome: CallOutcome, httpStatus: number | null, reason: string | null, serviceStatus: ServiceStatus | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
          | { __typename: 'PostponeTranscodeFinalResultEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
          | { __typename: 'RecorderAudioInfoChangedEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
          | { __typename: 'RecorderAudioStreamStateChangedEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
          | { __typename: 'RecorderLeaveEvent', sequence: number | null, leaveReasons: Array<LeaveReason>, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
          | { __typename: 'RecorderSliceStartEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
          | { __typename: 'RecorderSnapshotFileEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
          | { __typename: 'RecorderStartedEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
          | { __typename: 'RecorderVideoInfoChangedEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
          | { __typename: 'RecorderVideoStreamStateChangedEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
          | { __typename: 'RtmpPublishStatusEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
          | { __typename: 'SequenceGapEvent', id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
          | { __typename: 'SessionExitEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
          | { __typename: 'SessionFailoverEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
          | { __typename: 'StsExpiredEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
          | { __typename: 'TranscoderCompletedEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
          | { __typename: 'TranscoderStartedEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
          | { __typename: 'UnknownEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
          | { __typename: 'UploadedEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
          | { __typename: 'UploaderStartedEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
          | { __typename: 'UploadingProgressEvent', sequence: number | null, progress: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
          | { __typename: 'VodStartedEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
          | { __typename: 'VodTriggeredEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
          | { __typename: 'WebRecorderCapabilityLimitEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
          | { __typename: 'WebRecorderReloadEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
          | { __typename: 'WebRecorderStartedEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
          | { __typename: 'WebRecorderStoppedEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
         }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type RecordingFilesQueryVariables = Exact<{
  by: RecordingBy;
  first?: number | null | undefined;
  after?: string | null | undefined;
  kind?: FileKind | null | undefined;
}>;


export type RecordingFilesQuery = { recording: { id: string, files: { totalCount: { count: number, exact: boolean }, edges: Array<{ node: { id: string, fileName: string, kind: FileKind, trackType: TrackType | null, uid: string | null, mixedAllUsers: boolean | null, playable: boolean | null, startedAt: string | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type RecordingsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: RecordingFilter | null | undefined;
  orderBy?: RecordingOrder | null | undefined;
}>;


export type RecordingsQuery = { recordings: { changeCursor: string, edges: Array<{ cursor: string, node: { id: string, sid: string | null, channel: string, uid: string, mode: RecordingMode, phase: RecordingPhase, phaseInferred: boolean, phaseSince: string | null, endReason: RecordingEndReason | null, version: number, startedAt: string, recordingSince: string | null, endedAt: string | null, explanation: string, startedBy: string | null, metadata: Array<{ key: string, value: string }>, upload: { state: UploadState, progress: number | null }, fileList:
          | { __typename: 'PlaylistFile', fileName: string }
          | { __typename: 'RecordedFileSet', files: Array<{ fileName: string, kind: FileKind, trackType: TrackType | null, startedAt: string | null }> }
         | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type RecordingStatusFragment = { id: string, sid: string | null, channel: string, uid: string, mode: RecordingMode, phase: RecordingPhase, phaseInferred: boolean, phaseSince: string | null, endReason: RecordingEndReason | null, version: number, startedAt: string, recordingSince: string | null, endedAt: string | null, explanation: string, startedBy: string | null, metadata: Array<{ key: string, value: string }>, upload: { state: UploadState, progress: number | null }, fileList:
    | { __typename: 'PlaylistFile', fileName: string }
    | { __typename: 'RecordedFileSet', files: Array<{ fileName: string, kind: FileKind, trackType: TrackType | null, startedAt: string | null }> }
   | null };

export type FollowEventsSubscriptionVariables = Exact<{
  filter?: RecordingEventFilter | null | undefined;
  after?: string | null | undefined;
}>;


export type FollowEventsSubscription = { recordingEvents: { cursor: string, node:
      | { __typename: 'BackedUpEvent', id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, recording: { id: string, channel: string, phase: RecordingPhase } }
      | { __typename: 'ClockEvent', id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, recording: { id: string, channel: string, phase: RecordingPhase } }
      | { __typename: 'CloudRecordingErrorEvent', id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, recording: { id: string, channel: string, phase: RecordingPhase } }
      | { __typename: 'CloudRecordingFileInfosEvent', id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, recording: { id: string, channel: string, phase: RecordingPhase } }
      | { __typename: 'CloudRecordingStatusUpdateEvent', id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, recording: { id: string, channel: string, phase: RecordingPhase } }
      | { __typename: 'CloudRecordingWarningEvent', id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, recording: { id: string, channel: string, phase: RecordingPhase } }
      | { __typename: 'CommandEvent', id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, recording: { id: string, channel: string, phase: RecordingPhase } }
      | { __typename: 'DownloadFailedEvent', id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, recording: { id: string, channel: string, phase: RecordingPhase } }
      | { __typename: 'FileCheckEvent', id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, recording: { id: string, channel: string, phase: RecordingPhase } }
      | { __typename: 'HaRegisterSuccessEvent', id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, recording: { id: string, channel: string, phase: RecordingPhase } }
      | { __typename: 'MetadataEvent', id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, recording: { id: string, channel: string, phase: RecordingPhase } }
      | { __typename: 'MutationEvent', id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, recording: { id: string, channel: string, phase: RecordingPhase } }
      | { __typename: 'PollEvent', id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, recording: { id: string, channel: string, phase: RecordingPhase } }
      | { __typename: 'PostponeTranscodeFinalResultEvent', id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, recording: { id: string, channel: string, phase: RecordingPhase } }
      | { __typename: 'RecorderAudioInfoChangedEvent', id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, recording: { id: string, channel: string, phase: RecordingPhase } }
      | { __typename: 'RecorderAudioStreamStateChangedEvent', id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, recording: { id: string, channel: string, phase: RecordingPhase } }
      | { __typename: 'RecorderLeaveEvent', id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, recording: { id: string, channel: string, phase: RecordingPhase } }
      | { __typename: 'RecorderSliceStartEvent', id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, recording: { id: string, channel: string, phase: RecordingPhase } }
      | { __typename: 'RecorderSnapshotFileEvent', id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, recording: { id: string, channel: string, phase: RecordingPhase } }
      | { __typename: 'RecorderStartedEvent', id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, recording: { id: string, channel: string, phase: RecordingPhase } }
      | { __typename: 'RecorderVideoInfoChangedEvent', id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, recording: { id: string, channel: string, phase: RecordingPhase } }
      | { __typename: 'RecorderVideoStreamStateChangedEvent', id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, recording: { id: string, channel: string, phase: RecordingPhase } }
      | { __typename: 'RtmpPublishStatusEvent', id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, recording: { id: string, channel: string, phase: RecordingPhase } }
      | { __typename: 'SequenceGapEvent', id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, recording: { id: string, channel: string, phase: RecordingPhase } }
      | { __typename: 'SessionExitEvent', id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, recording: { id: string, channel: string, phase: RecordingPhase } }
      | { __typename: 'SessionFailoverEvent', id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, recording: { id: string, channel: string, phase: RecordingPhase } }
      | { __typename: 'StsExpiredEvent', id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, recording: { id: string, channel: string, phase: RecordingPhase } }
      | { __typename: 'TranscoderCompletedEvent', id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, recording: { id: string, channel: string, phase: RecordingPhase } }
      | { __typename: 'TranscoderStartedEvent', id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, recording: { id: string, channel: string, phase: RecordingPhase } }
      | { __typename: 'UnknownEvent', id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, recording: { id: string, channel: string, phase: RecordingPhase } }
      | { __typename: 'UploadedEvent', id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, recording: { id: string, channel: string, phase: RecordingPhase } }
      | { __typename: 'UploaderStartedEvent', id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, recording: { id: string, channel: string, phase: RecordingPhase } }
      | { __typename: 'UploadingProgressEvent', id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, recording: { id: string, channel: string, phase: RecordingPhase } }
      | { __typename: 'VodStartedEvent', id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, recording: { id: string, channel: string, phase: RecordingPhase } }
      | { __typename: 'VodTriggeredEvent', id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, recording: { id: string, channel: string, phase: RecordingPhase } }
      | { __typename: 'WebRecorderCapabilityLimitEvent', id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, recording: { id: string, channel: string, phase: RecordingPhase } }
      | { __typename: 'WebRecorderReloadEvent', id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, recording: { id: string, channel: string, phase: RecordingPhase } }
      | { __typename: 'WebRecorderStartedEvent', id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, recording: { id: string, channel: string, phase: RecordingPhase } }
      | { __typename: 'WebRecorderStoppedEvent', id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, recording: { id: string, channel: string, phase: RecordingPhase } }
     } };

export type RecordingChangedSubscriptionVariables = Exact<{
  by: RecordingBy;
}>;


export type RecordingChangedSubscription = { recordingChanged: { id: string, sid: string | null, channel: string, uid: string, mode: RecordingMode, phase: RecordingPhase, phaseInferred: boolean, phaseSince: string | null, endReason: RecordingEndReason | null, version: number, startedAt: string, recordingSince: string | null, endedAt: string | null, explanation: string, startedBy: string | null, metadata: Array<{ key: string, value: string }>, upload: { state: UploadState, progress: number | null }, fileList:
      | { __typename: 'PlaylistFile', fileName: string }
      | { __typename: 'RecordedFileSet', files: Array<{ fileName: string, kind: FileKind, trackType: TrackType | null, startedAt: string | null }> }
     | null } };

export type RecordingCountsChangedSubscriptionVariables = Exact<{
  filter?: RecordingCountsFilter | null | undefined;
}>;


export type RecordingCountsChangedSubscription = { recordingCountsChanged: { total: number, byPhase: Array<{ phase: RecordingPhase, count: number }>, byMode: Array<{ mode: RecordingMode, count: number }>, byEndReason: Array<{ endReason: RecordingEndReason, count: number }>, byDay: Array<{ day: string, count: number }> } };

export type RecordingListChangedSubscriptionVariables = Exact<{
  filter?: RecordingFilter | null | undefined;
  after?: string | null | undefined;
}>;


export type RecordingListChangedSubscription = { recordingListChanged: { kind: RecordingsChangeKind, recordingId: string, cursor: string, recording: { id: string, sid: string | null, channel: string, uid: string, mode: RecordingMode, phase: RecordingPhase, phaseInferred: boolean, phaseSince: string | null, endReason: RecordingEndReason | null, version: number, startedAt: string, recordingSince: string | null, endedAt: string | null, explanation: string, startedBy: string | null, metadata: Array<{ key: string, value: string }>, upload: { state: UploadState, progress: number | null }, fileList:
        | { __typename: 'PlaylistFile', fileName: string }
        | { __typename: 'RecordedFileSet', files: Array<{ fileName: string, kind: FileKind, trackType: TrackType | null, startedAt: string | null }> }
       | null } | null } };

export const UserErrorDetailsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserErrorDetails"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"recordingId"}},{"kind":"Field","name":{"kind":"Name","value":"agora"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}}]}}]}}]} as unknown as DocumentNode<UserErrorDetailsFragment, unknown>;
export const CountsDetailsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CountsDetails"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RecordingCounts"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"byPhase"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}},{"kind":"Field","name":{"kind":"Name","value":"byMode"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"mode"}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}},{"kind":"Field","name":{"kind":"Name","value":"byEndReason"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endReason"}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}},{"kind":"Field","name":{"kind":"Name","value":"byDay"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"day"}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}}]}}]} as unknown as DocumentNode<CountsDetailsFragment, unknown>;
export const RecordingStatusFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RecordingStatus"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Recording"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sid"}},{"kind":"Field","name":{"kind":"Name","value":"channel"}},{"kind":"Field","name":{"kind":"Name","value":"uid"}},{"kind":"Field","name":{"kind":"Name","value":"mode"}},{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"phaseInferred"}},{"kind":"Field","name":{"kind":"Name","value":"phaseSince"}},{"kind":"Field","name":{"kind":"Name","value":"endReason"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"recordingSince"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"explanation"}},{"kind":"Field","name":{"kind":"Name","value":"startedBy"}},{"kind":"Field","name":{"kind":"Name","value":"metadata"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"upload"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"progress"}}]}},{"kind":"Field","name":{"kind":"Name","value":"fileList"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PlaylistFile"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fileName"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RecordedFileSet"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"files"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fileName"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"trackType"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}}]}}]}}]}}]}}]} as unknown as DocumentNode<RecordingStatusFragment, unknown>;
export const AcquireResourceDocument = {"__meta__":{"hash":"sha256:affa40e9fe49140e3f3ff32762e48d6eadcf34ec39c399872b9383312ed03f89"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AcquireResource"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AcquireResourceInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"acquireResource"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resource"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resourceId"}},{"kind":"Field","name":{"kind":"Name","value":"startBefore"}},{"kind":"Field","name":{"kind":"Name","value":"validUntil"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserErrorDetails"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserErrorDetails"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"recordingId"}},{"kind":"Field","name":{"kind":"Name","value":"agora"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}}]}}]}}]} as unknown as DocumentNode<AcquireResourceMutation, AcquireResourceMutationVariables>;
export const AdoptRecordingDocument = {"__meta__":{"hash":"sha256:0547438bf75d342d160ccc0c3a4b10e4624c8def8a8498b7f05fb504525ed6db"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AdoptRecording"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AdoptRecordingInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"adoptRecording"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"recording"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RecordingStatus"}},{"kind":"Field","name":{"kind":"Name","value":"resourceId"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserErrorDetails"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RecordingStatus"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Recording"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sid"}},{"kind":"Field","name":{"kind":"Name","value":"channel"}},{"kind":"Field","name":{"kind":"Name","value":"uid"}},{"kind":"Field","name":{"kind":"Name","value":"mode"}},{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"phaseInferred"}},{"kind":"Field","name":{"kind":"Name","value":"phaseSince"}},{"kind":"Field","name":{"kind":"Name","value":"endReason"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"recordingSince"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"explanation"}},{"kind":"Field","name":{"kind":"Name","value":"startedBy"}},{"kind":"Field","name":{"kind":"Name","value":"metadata"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"upload"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"progress"}}]}},{"kind":"Field","name":{"kind":"Name","value":"fileList"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PlaylistFile"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fileName"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RecordedFileSet"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"files"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fileName"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"trackType"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserErrorDetails"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"recordingId"}},{"kind":"Field","name":{"kind":"Name","value":"agora"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}}]}}]}}]} as unknown as DocumentNode<AdoptRecordingMutation, AdoptRecordingMutationVariables>;
export const ForgetRecordingDocument = {"__meta__":{"hash":"sha256:71360733d0771f2220b7a3222655ee80d6942c175d6be6c4f60e82f44988f4ad"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ForgetRecording"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ForgetRecordingInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"forgetRecording"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"forgottenId"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserErrorDetails"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserErrorDetails"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"recordingId"}},{"kind":"Field","name":{"kind":"Name","value":"agora"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}}]}}]}}]} as unknown as DocumentNode<ForgetRecordingMutation, ForgetRecordingMutationVariables>;
export const RefreshRecordingDocument = {"__meta__":{"hash":"sha256:4e106632984021261085e6cdef02b6f1127a47f58d942340d3e1b1137e770c7a"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RefreshRecording"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RefreshRecordingInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"refreshRecording"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"recording"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RecordingStatus"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserErrorDetails"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RecordingStatus"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Recording"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sid"}},{"kind":"Field","name":{"kind":"Name","value":"channel"}},{"kind":"Field","name":{"kind":"Name","value":"uid"}},{"kind":"Field","name":{"kind":"Name","value":"mode"}},{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"phaseInferred"}},{"kind":"Field","name":{"kind":"Name","value":"phaseSince"}},{"kind":"Field","name":{"kind":"Name","value":"endReason"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"recordingSince"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"explanation"}},{"kind":"Field","name":{"kind":"Name","value":"startedBy"}},{"kind":"Field","name":{"kind":"Name","value":"metadata"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"upload"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"progress"}}]}},{"kind":"Field","name":{"kind":"Name","value":"fileList"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PlaylistFile"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fileName"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RecordedFileSet"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"files"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fileName"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"trackType"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserErrorDetails"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"recordingId"}},{"kind":"Field","name":{"kind":"Name","value":"agora"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}}]}}]}}]} as unknown as DocumentNode<RefreshRecordingMutation, RefreshRecordingMutationVariables>;
export const StartRecordingDocument = {"__meta__":{"hash":"sha256:b0f9addfafb7b49b951076fdbd9b7d3d9d33d3049bd03782d882625dd7b879e1"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"StartRecording"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"StartRecordingInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"startRecording"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"recording"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RecordingStatus"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserErrorDetails"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RecordingStatus"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Recording"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sid"}},{"kind":"Field","name":{"kind":"Name","value":"channel"}},{"kind":"Field","name":{"kind":"Name","value":"uid"}},{"kind":"Field","name":{"kind":"Name","value":"mode"}},{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"phaseInferred"}},{"kind":"Field","name":{"kind":"Name","value":"phaseSince"}},{"kind":"Field","name":{"kind":"Name","value":"endReason"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"recordingSince"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"explanation"}},{"kind":"Field","name":{"kind":"Name","value":"startedBy"}},{"kind":"Field","name":{"kind":"Name","value":"metadata"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"upload"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"progress"}}]}},{"kind":"Field","name":{"kind":"Name","value":"fileList"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PlaylistFile"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fileName"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RecordedFileSet"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"files"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fileName"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"trackType"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserErrorDetails"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"recordingId"}},{"kind":"Field","name":{"kind":"Name","value":"agora"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}}]}}]}}]} as unknown as DocumentNode<StartRecordingMutation, StartRecordingMutationVariables>;
export const StopRecordingDocument = {"__meta__":{"hash":"sha256:85dda8075143322c3f7e9f6624d670ee8b696aeaf23a76077a979e2cad8cb3f0"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"StopRecording"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"StopRecordingInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stopRecording"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"recording"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RecordingStatus"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserErrorDetails"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RecordingStatus"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Recording"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sid"}},{"kind":"Field","name":{"kind":"Name","value":"channel"}},{"kind":"Field","name":{"kind":"Name","value":"uid"}},{"kind":"Field","name":{"kind":"Name","value":"mode"}},{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"phaseInferred"}},{"kind":"Field","name":{"kind":"Name","value":"phaseSince"}},{"kind":"Field","name":{"kind":"Name","value":"endReason"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"recordingSince"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"explanation"}},{"kind":"Field","name":{"kind":"Name","value":"startedBy"}},{"kind":"Field","name":{"kind":"Name","value":"metadata"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"upload"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"progress"}}]}},{"kind":"Field","name":{"kind":"Name","value":"fileList"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PlaylistFile"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fileName"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RecordedFileSet"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"files"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fileName"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"trackType"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserErrorDetails"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"recordingId"}},{"kind":"Field","name":{"kind":"Name","value":"agora"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}}]}}]}}]} as unknown as DocumentNode<StopRecordingMutation, StopRecordingMutationVariables>;
export const UpdateLayoutDocument = {"__meta__":{"hash":"sha256:9f4d8144812c532eaea82c5322b7eb5dbf00874902e1e43a68d5ef8c80d4261e"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateLayout"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateLayoutInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateLayout"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"recording"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"settings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CompositeSettings"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"transcoding"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"mixedVideoLayout"}},{"kind":"Field","name":{"kind":"Name","value":"backgroundColor"}},{"kind":"Field","name":{"kind":"Name","value":"layoutConfig"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"uid"}},{"kind":"Field","name":{"kind":"Name","value":"x"}},{"kind":"Field","name":{"kind":"Name","value":"y"}},{"kind":"Field","name":{"kind":"Name","value":"width"}},{"kind":"Field","name":{"kind":"Name","value":"height"}}]}}]}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserErrorDetails"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserErrorDetails"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"recordingId"}},{"kind":"Field","name":{"kind":"Name","value":"agora"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}}]}}]}}]} as unknown as DocumentNode<UpdateLayoutMutation, UpdateLayoutMutationVariables>;
export const UpdateMetadataDocument = {"__meta__":{"hash":"sha256:be9cf628a80e3e092cce8e48d3ab9ce5499136f4a8a92bf0ac52034169a21173"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateMetadata"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateMetadataInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateMetadata"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"recording"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RecordingStatus"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserErrorDetails"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RecordingStatus"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Recording"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sid"}},{"kind":"Field","name":{"kind":"Name","value":"channel"}},{"kind":"Field","name":{"kind":"Name","value":"uid"}},{"kind":"Field","name":{"kind":"Name","value":"mode"}},{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"phaseInferred"}},{"kind":"Field","name":{"kind":"Name","value":"phaseSince"}},{"kind":"Field","name":{"kind":"Name","value":"endReason"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"recordingSince"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"explanation"}},{"kind":"Field","name":{"kind":"Name","value":"startedBy"}},{"kind":"Field","name":{"kind":"Name","value":"metadata"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"upload"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"progress"}}]}},{"kind":"Field","name":{"kind":"Name","value":"fileList"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PlaylistFile"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fileName"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RecordedFileSet"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"files"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fileName"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"trackType"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserErrorDetails"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"recordingId"}},{"kind":"Field","name":{"kind":"Name","value":"agora"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}}]}}]}}]} as unknown as DocumentNode<UpdateMetadataMutation, UpdateMetadataMutationVariables>;
export const UpdateRecordingDocument = {"__meta__":{"hash":"sha256:1f2b627a704a2e2149519eae434839c0ae574572b52ae371297c0164652d6545"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateRecording"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateRecordingInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateRecording"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"recording"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RecordingStatus"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserErrorDetails"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RecordingStatus"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Recording"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sid"}},{"kind":"Field","name":{"kind":"Name","value":"channel"}},{"kind":"Field","name":{"kind":"Name","value":"uid"}},{"kind":"Field","name":{"kind":"Name","value":"mode"}},{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"phaseInferred"}},{"kind":"Field","name":{"kind":"Name","value":"phaseSince"}},{"kind":"Field","name":{"kind":"Name","value":"endReason"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"recordingSince"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"explanation"}},{"kind":"Field","name":{"kind":"Name","value":"startedBy"}},{"kind":"Field","name":{"kind":"Name","value":"metadata"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"upload"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"progress"}}]}},{"kind":"Field","name":{"kind":"Name","value":"fileList"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PlaylistFile"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fileName"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RecordedFileSet"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"files"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fileName"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"trackType"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserErrorDetails"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"recordingId"}},{"kind":"Field","name":{"kind":"Name","value":"agora"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}}]}}]}}]} as unknown as DocumentNode<UpdateRecordingMutation, UpdateRecordingMutationVariables>;
export const ChannelsDocument = {"__meta__":{"hash":"sha256:57a8975ba61cd3c6a4a98098eeaf92f5beaf5cf952061203999e5b4c8e17fedd"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Channels"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"RecordingCountsFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"channels"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"appId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"running"}},{"kind":"Field","name":{"kind":"Name","value":"recordings"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"1"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RecordingStatus"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"totalCount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"count"}},{"kind":"Field","name":{"kind":"Name","value":"exact"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RecordingStatus"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Recording"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sid"}},{"kind":"Field","name":{"kind":"Name","value":"channel"}},{"kind":"Field","name":{"kind":"Name","value":"uid"}},{"kind":"Field","name":{"kind":"Name","value":"mode"}},{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"phaseInferred"}},{"kind":"Field","name":{"kind":"Name","value":"phaseSince"}},{"kind":"Field","name":{"kind":"Name","value":"endReason"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"recordingSince"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"explanation"}},{"kind":"Field","name":{"kind":"Name","value":"startedBy"}},{"kind":"Field","name":{"kind":"Name","value":"metadata"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"upload"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"progress"}}]}},{"kind":"Field","name":{"kind":"Name","value":"fileList"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PlaylistFile"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fileName"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RecordedFileSet"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"files"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fileName"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"trackType"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}}]}}]}}]}}]}}]} as unknown as DocumentNode<ChannelsQuery, ChannelsQueryVariables>;
export const EventCursorDocument = {"__meta__":{"hash":"sha256:7f031950b63071f54201a8c2df4a9ef1b1ac21dc073ed8c931cbc6b5a493ee11"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"EventCursor"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"recordings"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"1"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"eventCursor"}}]}}]}}]} as unknown as DocumentNode<EventCursorQuery, EventCursorQueryVariables>;
export const FilesDocument = {"__meta__":{"hash":"sha256:1f1d4e648859089636ccc22af24c5c7d47413fc7c10292ac673be6fad602986e"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Files"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"FileFilter"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"FileOrder"}},"defaultValue":{"kind":"EnumValue","value":"TIME_DESC"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"files"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"fileName"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"playable"}},{"kind":"Field","name":{"kind":"Name","value":"recording"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"channel"}},{"kind":"Field","name":{"kind":"Name","value":"phase"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"totalCount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"count"}},{"kind":"Field","name":{"kind":"Name","value":"exact"}}]}}]}}]}}]} as unknown as DocumentNode<FilesQuery, FilesQueryVariables>;
export const GatewayStatusDocument = {"__meta__":{"hash":"sha256:fcdcad51db4e46c5994c98081fea68364ceed155662586146974be6ee0d08aac"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"GatewayStatus"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"gateway"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"mode"}},{"kind":"Field","name":{"kind":"Name","value":"status"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"budget"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"callsPerSecond"}},{"kind":"Field","name":{"kind":"Name","value":"waiting"}}]}},{"kind":"Field","name":{"kind":"Name","value":"callsByReason"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}},{"kind":"Field","name":{"kind":"Name","value":"webhookLag"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"notifications"}},{"kind":"Field","name":{"kind":"Name","value":"medianSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"maxSeconds"}}]}},{"kind":"Field","name":{"kind":"Name","value":"gaps"}},{"kind":"Field","name":{"kind":"Name","value":"outages"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"dependency"}},{"kind":"Field","name":{"kind":"Name","value":"from"}},{"kind":"Field","name":{"kind":"Name","value":"to"}}]}},{"kind":"Field","name":{"kind":"Name","value":"subscribers"}}]}}]}}]}}]} as unknown as DocumentNode<GatewayStatusQuery, GatewayStatusQueryVariables>;
export const NodeDocument = {"__meta__":{"hash":"sha256:789083ab6e9d2d4d12e72cd52edb6a76088b96e9eb9f04c5a885fab7be239ffe"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Node"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Recording"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RecordingStatus"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RecordedFile"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fileName"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RecordingEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RecordingStatus"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Recording"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sid"}},{"kind":"Field","name":{"kind":"Name","value":"channel"}},{"kind":"Field","name":{"kind":"Name","value":"uid"}},{"kind":"Field","name":{"kind":"Name","value":"mode"}},{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"phaseInferred"}},{"kind":"Field","name":{"kind":"Name","value":"phaseSince"}},{"kind":"Field","name":{"kind":"Name","value":"endReason"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"recordingSince"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"explanation"}},{"kind":"Field","name":{"kind":"Name","value":"startedBy"}},{"kind":"Field","name":{"kind":"Name","value":"metadata"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"upload"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"progress"}}]}},{"kind":"Field","name":{"kind":"Name","value":"fileList"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PlaylistFile"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fileName"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RecordedFileSet"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"files"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fileName"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"trackType"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}}]}}]}}]}}]}}]} as unknown as DocumentNode<NodeQuery, NodeQueryVariables>;
export const NotificationServersDocument = {"__meta__":{"hash":"sha256:315e0af02d92b91707ad0e11e3ed70e274391ed992b4297c786a7cfbf71f15b5"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"NotificationServers"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"notificationServers"}}]}}]} as unknown as DocumentNode<NotificationServersQuery, NotificationServersQueryVariables>;
export const ProblemsDocument = {"__meta__":{"hash":"sha256:bd6600591950917bb91cd76d8422c3c7513962827fc314d21a065543693de51a"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Problems"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ProblemFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"problems"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"agoraCode"}},{"kind":"Field","name":{"kind":"Name","value":"severity"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"recording"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"channel"}},{"kind":"Field","name":{"kind":"Name","value":"phase"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"totalCount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"count"}},{"kind":"Field","name":{"kind":"Name","value":"exact"}}]}}]}}]}}]} as unknown as DocumentNode<ProblemsQuery, ProblemsQueryVariables>;
export const RecordingCallsDocument = {"__meta__":{"hash":"sha256:64c0dfdf9e3723d69f2cfbb985465728c078f7cc2d04456f5058ffed3ecd045f"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"RecordingCalls"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"by"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RecordingBy"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"recording"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"by"},"value":{"kind":"Variable","name":{"kind":"Name","value":"by"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"calls"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"operation"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"requestedAt"}},{"kind":"Field","name":{"kind":"Name","value":"sentAt"}},{"kind":"Field","name":{"kind":"Name","value":"answeredAt"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"agoraCode"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}}]}}]}}]}}]} as unknown as DocumentNode<RecordingCallsQuery, RecordingCallsQueryVariables>;
export const RecordingCountsDocument = {"__meta__":{"hash":"sha256:51afc2f394f0dc077694138ca80f3a99df8ca0328ab0a396dcca9e415a745ff1"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"RecordingCounts"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"RecordingCountsFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"recordingCounts"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CountsDetails"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CountsDetails"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RecordingCounts"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"byPhase"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}},{"kind":"Field","name":{"kind":"Name","value":"byMode"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"mode"}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}},{"kind":"Field","name":{"kind":"Name","value":"byEndReason"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endReason"}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}},{"kind":"Field","name":{"kind":"Name","value":"byDay"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"day"}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}}]}}]} as unknown as DocumentNode<RecordingCountsQuery, RecordingCountsQueryVariables>;
export const RecordingEventsDocument = {"__meta__":{"hash":"sha256:3f2b52d304258da207683c58cb8d1b15e443fce139d3000554d20c052dbb786b"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"RecordingEvents"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"by"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RecordingBy"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"recording"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"by"},"value":{"kind":"Variable","name":{"kind":"Name","value":"by"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"events"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"receivedAt"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"NotificationEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sequence"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CallEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"operation"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"serviceStatus"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MetadataEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"metadata"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"changedBy"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UploadingProgressEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"progress"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RecorderLeaveEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"leaveReasons"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"headCursor"}}]}}]}}]}}]} as unknown as DocumentNode<RecordingEventsQuery, RecordingEventsQueryVariables>;
export const RecordingFilesDocument = {"__meta__":{"hash":"sha256:20027af74a3e78fe678c77a3941571813694b6435716ea398f97f7dcaee48350"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"RecordingFiles"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"by"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RecordingBy"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"kind"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"FileKind"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"recording"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"by"},"value":{"kind":"Variable","name":{"kind":"Name","value":"by"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"files"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"kind"},"value":{"kind":"Variable","name":{"kind":"Name","value":"kind"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"count"}},{"kind":"Field","name":{"kind":"Name","value":"exact"}}]}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"fileName"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"trackType"}},{"kind":"Field","name":{"kind":"Name","value":"uid"}},{"kind":"Field","name":{"kind":"Name","value":"mixedAllUsers"}},{"kind":"Field","name":{"kind":"Name","value":"playable"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]}}]} as unknown as DocumentNode<RecordingFilesQuery, RecordingFilesQueryVariables>;
export const RecordingsDocument = {"__meta__":{"hash":"sha256:07af1ac6511cb7288395cc66502c4eff750997656e14377fbfa179a076e0585f"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Recordings"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"RecordingFilter"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"RecordingOrder"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"recordings"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RecordingStatus"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"changeCursor"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RecordingStatus"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Recording"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sid"}},{"kind":"Field","name":{"kind":"Name","value":"channel"}},{"kind":"Field","name":{"kind":"Name","value":"uid"}},{"kind":"Field","name":{"kind":"Name","value":"mode"}},{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"phaseInferred"}},{"kind":"Field","name":{"kind":"Name","value":"phaseSince"}},{"kind":"Field","name":{"kind":"Name","value":"endReason"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"recordingSince"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"explanation"}},{"kind":"Field","name":{"kind":"Name","value":"startedBy"}},{"kind":"Field","name":{"kind":"Name","value":"metadata"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"upload"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"progress"}}]}},{"kind":"Field","name":{"kind":"Name","value":"fileList"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PlaylistFile"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fileName"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RecordedFileSet"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"files"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fileName"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"trackType"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}}]}}]}}]}}]}}]} as unknown as DocumentNode<RecordingsQuery, RecordingsQueryVariables>;
export const FollowEventsDocument = {"__meta__":{"hash":"sha256:006a80a1d0b65b6fa791373616b2750f2b3970a0b8c9eee6d569bc2226d8485b"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"FollowEvents"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"RecordingEventFilter"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"recordingEvents"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"recording"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"channel"}},{"kind":"Field","name":{"kind":"Name","value":"phase"}}]}}]}}]}}]}}]} as unknown as DocumentNode<FollowEventsSubscription, FollowEventsSubscriptionVariables>;
export const RecordingChangedDocument = {"__meta__":{"hash":"sha256:d85f963604abbe4f450fa762ec8f1a3ce3e3cf729d75e591032d09f03a1027d8"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"RecordingChanged"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"by"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RecordingBy"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"recordingChanged"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"by"},"value":{"kind":"Variable","name":{"kind":"Name","value":"by"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RecordingStatus"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RecordingStatus"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Recording"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sid"}},{"kind":"Field","name":{"kind":"Name","value":"channel"}},{"kind":"Field","name":{"kind":"Name","value":"uid"}},{"kind":"Field","name":{"kind":"Name","value":"mode"}},{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"phaseInferred"}},{"kind":"Field","name":{"kind":"Name","value":"phaseSince"}},{"kind":"Field","name":{"kind":"Name","value":"endReason"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"recordingSince"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"explanation"}},{"kind":"Field","name":{"kind":"Name","value":"startedBy"}},{"kind":"Field","name":{"kind":"Name","value":"metadata"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"upload"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"progress"}}]}},{"kind":"Field","name":{"kind":"Name","value":"fileList"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PlaylistFile"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fileName"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RecordedFileSet"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"files"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fileName"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"trackType"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}}]}}]}}]}}]}}]} as unknown as DocumentNode<RecordingChangedSubscription, RecordingChangedSubscriptionVariables>;
export const RecordingCountsChangedDocument = {"__meta__":{"hash":"sha256:925aa08ac8fe4e603a9e3a86de058b6ce4a066e5dcd03515ff2ea4d72044bbae"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"RecordingCountsChanged"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"RecordingCountsFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"recordingCountsChanged"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CountsDetails"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CountsDetails"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RecordingCounts"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"byPhase"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}},{"kind":"Field","name":{"kind":"Name","value":"byMode"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"mode"}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}},{"kind":"Field","name":{"kind":"Name","value":"byEndReason"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endReason"}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}},{"kind":"Field","name":{"kind":"Name","value":"byDay"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"day"}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}}]}}]} as unknown as DocumentNode<RecordingCountsChangedSubscription, RecordingCountsChangedSubscriptionVariables>;
export const RecordingListChangedDocument = {"__meta__":{"hash":"sha256:32bd3800e388cfc43100239f7ac759e22eec706ff290765fea91ad5b7931f663"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"RecordingListChanged"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"RecordingFilter"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"recordingListChanged"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"recordingId"}},{"kind":"Field","name":{"kind":"Name","value":"recording"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RecordingStatus"}}]}},{"kind":"Field","name":{"kind":"Name","value":"cursor"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RecordingStatus"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Recording"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sid"}},{"kind":"Field","name":{"kind":"Name","value":"channel"}},{"kind":"Field","name":{"kind":"Name","value":"uid"}},{"kind":"Field","name":{"kind":"Name","value":"mode"}},{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"phaseInferred"}},{"kind":"Field","name":{"kind":"Name","value":"phaseSince"}},{"kind":"Field","name":{"kind":"Name","value":"endReason"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"recordingSince"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"explanation"}},{"kind":"Field","name":{"kind":"Name","value":"startedBy"}},{"kind":"Field","name":{"kind":"Name","value":"metadata"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"upload"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"progress"}}]}},{"kind":"Field","name":{"kind":"Name","value":"fileList"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PlaylistFile"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fileName"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RecordedFileSet"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"files"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fileName"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"trackType"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}}]}}]}}]}}]}}]} as unknown as DocumentNode<RecordingListChangedSubscription, RecordingListChangedSubscriptionVariables>;