/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
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

/** The channel profile; it must be that of the SDK in the channel (recordingConfig.channelType). */
export type ChannelType =
  /** Communication. */
  | 'COMMUNICATION'
  /** Live streaming. */
  | 'LIVE_BROADCASTING';

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

/** What went wrong: `errorCode` of event 1, of the uploader and of the cloud recording service. The codes of the recorder are listed nowhere. */
export type EventError =
  /** Agora refused the App ID. Enable Cloud Recording for the project in the Agora console. */
  | 'APP_ID_INVALID'
  /** Agora refused the name of the channel. Use fewer than 64 of the permitted characters. */
  | 'CHANNEL_NAME_INVALID'
  /** The recorder's connection to the channel was interrupted. It reconnects on its own. */
  | 'CONNECTION_INTERRUPTED'
  /** The recorder lost its connection to the channel. Start a new recording if this one ends. */
  | 'CONNECTION_LOST'
  /** The uploader failed to process recorded files. */
  | 'FILES_NOT_PROCESSED'
  /** Starting the cloud recording service timed out. */
  | 'START_TIMED_OUT'
  /** The configuration of the third-party cloud storage is wrong. Check its vendor, region, bucket and keys. */
  | 'STORAGE_CONFIGURATION_WRONG'
  /** The token has expired. Generate one that outlives the recording (at most 24 hours); a running recording cannot renew it. */
  | 'TOKEN_EXPIRED'
  /** The token is wrong. Generate it for this App ID, this channel and the recording's own uid. */
  | 'TOKEN_INVALID'
  /** A value that this gateway does not know; see the raw value next to it, or in `raw`. */
  | 'UNKNOWN'
  /** The upload of recorded files failed. */
  | 'UPLOAD_FAILED'
  /** Uploading the recorded files timed out. */
  | 'UPLOAD_TIMED_OUT';

/** How grave an error is (`errorLevel` of event 1). */
export type EventErrorLevel =
  /** For debugging. */
  | 'DEBUG'
  /** Fatal: the recording may exit. The gateway queries it at once. */
  | 'FATAL'
  /** Major. */
  | 'MAJOR'
  /** Medium. */
  | 'MEDIUM'
  /** Minor. */
  | 'MINOR'
  /** A value that this gateway does not know; see the raw value next to it, or in `raw`. */
  | 'UNKNOWN';

/** The warning: `warnCode` of event 2, of the uploader. */
export type EventWarning =
  /** A value that this gateway does not know; see the raw value next to it, or in `raw`. */
  | 'UNKNOWN'
  /** A slice is uploaded again to Agora's backup cloud. */
  | 'UPLOADED_AGAIN_TO_BACKUP'
  /** A slice is uploaded again to the storage. */
  | 'UPLOADED_AGAIN_TO_STORAGE';

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

/** What the gateway works with. */
export type GatewayMode =
  /** Agora Cloud Recording. */
  | 'AGORA'
  /** A sandbox, which records nothing. */
  | 'SANDBOX';

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

/** The result of a mutation. Later releases may add values. */
export type MutationResult =
  /** It ended with a GraphQL error. */
  | 'ERROR'
  /** It was done. */
  | 'OK'
  /** It returned userErrors. */
  | 'USER_ERROR';

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

/** What a phase rests on: a proof, or the silence that it is inferred from. More kinds may be added. Later releases may add values. */
export type PhaseEvidenceKind =
  /** A stop was accepted, and no report of the end followed. */
  | 'END_UNCONFIRMED'
  /** A notification of Agora's. */
  | 'NOTIFICATION'
  /** Agora has not known the recording for longer than a fail-over takes. */
  | 'NOT_FOUND'
  /** Agora's reply to a query. */
  | 'QUERY_REPLY'
  /** Nothing was heard for too long of a recording that cannot be queried. */
  | 'SILENT'
  /** Agora refused the start, and nothing was seen since. */
  | 'START_REFUSED'
  /** Agora's reply to a start. */
  | 'START_REPLY'
  /** The start that was sent. */
  | 'START_SENT'
  /** Nothing confirmed the start in time. */
  | 'START_UNCONFIRMED'
  /** Agora's reply to a stop. */
  | 'STOP_REPLY';

/** Why files of a recording cannot be read through the gateway. More reasons may be added. Later releases may add values. */
export type PlaybackUnavailableReason =
  /** Agora has named no file that can be played yet. */
  | 'NO_FILES'
  /** The storage came with the start (storageConfig). The gateway reads files of storage profiles only. */
  | 'NO_PROFILE'
  /** The storage profile has no readCredentialsFile. Add one with a key that may only read. */
  | 'NO_READ_CREDENTIALS'
  /** The storage profile of the recording is gone, or names another bucket now. Add a profile of the same name and place. */
  | 'PROFILE_CHANGED'
  /** readCredentialsFile of the storage profile cannot be read, or its credentials have expired. The log says why. */
  | 'READ_CREDENTIALS_UNREADABLE'
  /** The gateway does not know the storage of this recording: it was started elsewhere. */
  | 'STORAGE_UNKNOWN'
  /** The gateway cannot sign addresses for this storage vendor or region. */
  | 'VENDOR_NOT_SUPPORTED';

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

/** How bad a problem is. */
export type ProblemSeverity =
  /** Something is missing, or will be without action. */
  | 'ERROR'
  /** The recording continues, and its files are expected. */
  | 'WARNING';

/** State of a push to a CDN (rtmp_publish_service, event 100). */
export type PushStatus =
  /** Connecting to the server. */
  | 'CONNECTING'
  /** The server could not be reached. Check the address, or change it with updateRecording. */
  | 'DISCONNECTED'
  /** Paused. */
  | 'ON_HOLD'
  /** Pushing. */
  | 'PUBLISHING'
  /** A value that this gateway does not know; see the raw value next to it, or in `raw`. */
  | 'UNKNOWN';

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

/** How a video fills its window (render_mode). */
export type RenderMode =
  /** Fills the window; what is too much is cut. */
  | 'CROPPED'
  /** Shows the whole video; borders may stay black. */
  | 'FIT';

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

/** Who stores the files (storageConfig.vendor). */
export type StorageVendor =
  /** Alibaba Cloud. */
  | 'ALIBABA_CLOUD'
  /** Amazon S3. */
  | 'AMAZON_S3'
  /** Baidu IntelligentCloud. */
  | 'BAIDU_INTELLIGENT_CLOUD'
  /** Google Cloud. */
  | 'GOOGLE_CLOUD'
  /** Huawei Cloud. */
  | 'HUAWEI_CLOUD'
  /** Kingsoft Cloud, which only older documents list. */
  | 'KINGSOFT_CLOUD'
  /** Microsoft Azure. */
  | 'MICROSOFT_AZURE'
  /** Any storage with the interface of S3, named by its endpoint. */
  | 'S3_COMPATIBLE'
  /** Tencent Cloud. */
  | 'TENCENT_CLOUD'
  /** A value that this gateway does not know; see the raw value next to it, or in `raw`. */
  | 'UNKNOWN';

/** Which files an individual recording makes of the streams (recordingConfig.streamMode). */
export type StreamMode =
  /** An audio and a video playlist for each user; audio is transcoded. */
  | 'DEFAULT'
  /** Audio alone as it was sent, without transcoding. Only with streamTypes AUDIO. */
  | 'ORIGINAL'
  /** These, and a playlist of both merged. Agora recommends it. */
  | 'STANDARD';

/** Whether the recorder receives a stream (`state` of events 43 and 44). */
export type StreamReceiveState =
  /** The recorder does not receive the stream. */
  | 'NOT_RECEIVING'
  /** The recorder receives the stream. */
  | 'RECEIVING'
  /** A value that this gateway does not know; see the raw value next to it, or in `raw`. */
  | 'UNKNOWN';

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

/** A deadline of the gateway's own. Later releases may add values. */
export type WatchDeadline =
  /** A stop was taken, and no word of the files followed within 30 minutes. */
  | 'END_UNCONFIRMED'
  /** Agora has not known the recording for longer than a fail-over takes (90 seconds). */
  | 'NOT_FOUND'
  /** A recording that cannot be queried was not heard of for too long. */
  | 'SILENT'
  /** No evidence that a start runs, within 90 seconds. */
  | 'START_UNCONFIRMED';

/** State of the page recorder (web_recorder_service). */
export type WebRecorderPhase =
  /** It has exited. */
  | 'EXIT'
  /** It is initialising. */
  | 'INIT'
  /** It works. */
  | 'IN_PROGRESS'
  /** A value that this gateway does not know; see the raw value next to it, or in `raw`. */
  | 'UNKNOWN';

/** Why page recording stopped (`code` of event 71). */
export type WebStopReason =
  /** The page's address could not be reached. */
  | 'ACCESS_URL_FAILED'
  /** The page uses more than can be recorded. */
  | 'CAPABILITY_LIMIT'
  /** It reached maxRecordingHour. */
  | 'MAX_RECORDING_HOUR'
  /** It ended as asked. */
  | 'NORMAL'
  /** The page did not load in time, twice. */
  | 'PAGE_LOAD_TIMEOUT'
  /** The page recorder failed. */
  | 'RECORDER_ERROR'
  /** The engine that records the page did not start. */
  | 'START_ENGINE_FAILED'
  /** A value that this gateway does not know; see the raw value next to it, or in `raw`. */
  | 'UNKNOWN';

export type ConsoleAboutQueryVariables = Exact<{ [key: string]: never; }>;


export type ConsoleAboutQuery = { gateway: { version: string, mode: GatewayMode } };

export type ConsoleChoicesQueryVariables = Exact<{ [key: string]: never; }>;


export type ConsoleChoicesQuery = { projects: Array<{ appId: string, isDefault: boolean }>, storageProfiles: Array<{ name: string, isDefault: boolean, vendor: StorageVendor, bucket: string }> };

export type ConsoleEventsQueryVariables = Exact<{
  id: string | number;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type ConsoleEventsQuery = { recording: { id: string, events: { headCursor: string, nodes: Array<
        | { __typename: 'BackedUpEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
        | { __typename: 'ClockEvent', deadline: WatchDeadline | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string, outage: { from: string, to: string } | null }
        | { __typename: 'CloudRecordingErrorEvent', sequence: number | null, error: EventError | null, errorCode: number | null, errorLevel: EventErrorLevel | null, errorMessage: string | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
        | { __typename: 'CloudRecordingFileInfosEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
        | { __typename: 'CloudRecordingStatusUpdateEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
        | { __typename: 'CloudRecordingWarningEvent', sequence: number | null, warning: EventWarning | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
        | { __typename: 'CommandEvent', operation: CallOperation, outcome: CallOutcome, httpStatus: number | null, agoraCode: number | null, requestId: string | null, serviceStatus: ServiceStatus | null, serviceStatusCode: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string, callReason: string | null }
        | { __typename: 'DownloadFailedEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
        | { __typename: 'FileCheckEvent', id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
        | { __typename: 'HaRegisterSuccessEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
        | { __typename: 'MetadataEvent', changedBy: string | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
        | { __typename: 'MutationEvent', mutation: string, mutationResult: MutationResult, caller: string | null, errorCodes: Array<string>, gatewayRequestId: string, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
        | { __typename: 'PollEvent', operation: CallOperation, outcome: CallOutcome, httpStatus: number | null, agoraCode: number | null, requestId: string | null, serviceStatus: ServiceStatus | null, serviceStatusCode: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string, callReason: string | null }
        | { __typename: 'PostponeTranscodeFinalResultEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
        | { __typename: 'RecorderAudioInfoChangedEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
        | { __typename: 'RecorderAudioStreamStateChangedEvent', sequence: number | null, streamUid: string | null, state: StreamReceiveState | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
        | { __typename: 'RecorderLeaveEvent', sequence: number | null, leaveReasons: Array<LeaveReason>, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
        | { __typename: 'RecorderSliceStartEvent', sequence: number | null, trackType: TrackType | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string, sliceUid: string | null }
        | { __typename: 'RecorderSnapshotFileEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
        | { __typename: 'RecorderStartedEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
        | { __typename: 'RecorderVideoInfoChangedEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
        | { __typename: 'RecorderVideoStreamStateChangedEvent', sequence: number | null, streamUid: string | null, state: StreamReceiveState | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
        | { __typename: 'RtmpPublishStatusEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
        | { __typename: 'SequenceGapEvent', id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string, gap: { recorderUid: string, from: number, to: number } }
        | { __typename: 'SessionExitEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
        | { __typename: 'SessionFailoverEvent', sequence: number | null, newUid: string | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
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
        | { __typename: 'WebRecorderStoppedEvent', sequence: number | null, stopReason: WebStopReason | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
      >, pageInfo: { hasPreviousPage: boolean, startCursor: string | null } } } | null };

export type ConsoleEventsFollowedSubscriptionVariables = Exact<{
  id: string | number;
  after?: string | null | undefined;
}>;


export type ConsoleEventsFollowedSubscription = { recordingEvents: { cursor: string, node:
      | { __typename: 'BackedUpEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
      | { __typename: 'ClockEvent', deadline: WatchDeadline | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string, outage: { from: string, to: string } | null }
      | { __typename: 'CloudRecordingErrorEvent', sequence: number | null, error: EventError | null, errorCode: number | null, errorLevel: EventErrorLevel | null, errorMessage: string | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
      | { __typename: 'CloudRecordingFileInfosEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
      | { __typename: 'CloudRecordingStatusUpdateEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
      | { __typename: 'CloudRecordingWarningEvent', sequence: number | null, warning: EventWarning | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
      | { __typename: 'CommandEvent', operation: CallOperation, outcome: CallOutcome, httpStatus: number | null, agoraCode: number | null, requestId: string | null, serviceStatus: ServiceStatus | null, serviceStatusCode: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string, callReason: string | null }
      | { __typename: 'DownloadFailedEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
      | { __typename: 'FileCheckEvent', id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
      | { __typename: 'HaRegisterSuccessEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
      | { __typename: 'MetadataEvent', changedBy: string | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
      | { __typename: 'MutationEvent', mutation: string, mutationResult: MutationResult, caller: string | null, errorCodes: Array<string>, gatewayRequestId: string, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
      | { __typename: 'PollEvent', operation: CallOperation, outcome: CallOutcome, httpStatus: number | null, agoraCode: number | null, requestId: string | null, serviceStatus: ServiceStatus | null, serviceStatusCode: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string, callReason: string | null }
      | { __typename: 'PostponeTranscodeFinalResultEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
      | { __typename: 'RecorderAudioInfoChangedEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
      | { __typename: 'RecorderAudioStreamStateChangedEvent', sequence: number | null, streamUid: string | null, state: StreamReceiveState | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
      | { __typename: 'RecorderLeaveEvent', sequence: number | null, leaveReasons: Array<LeaveReason>, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
      | { __typename: 'RecorderSliceStartEvent', sequence: number | null, trackType: TrackType | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string, sliceUid: string | null }
      | { __typename: 'RecorderSnapshotFileEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
      | { __typename: 'RecorderStartedEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
      | { __typename: 'RecorderVideoInfoChangedEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
      | { __typename: 'RecorderVideoStreamStateChangedEvent', sequence: number | null, streamUid: string | null, state: StreamReceiveState | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
      | { __typename: 'RtmpPublishStatusEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
      | { __typename: 'SequenceGapEvent', id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string, gap: { recorderUid: string, from: number, to: number } }
      | { __typename: 'SessionExitEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
      | { __typename: 'SessionFailoverEvent', sequence: number | null, newUid: string | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
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
      | { __typename: 'WebRecorderStoppedEvent', sequence: number | null, stopReason: WebStopReason | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string }
     } };

type ConsoleEvent_BackedUpEvent_Fragment = { __typename: 'BackedUpEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string };

type ConsoleEvent_ClockEvent_Fragment = { __typename: 'ClockEvent', deadline: WatchDeadline | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string, outage: { from: string, to: string } | null };

type ConsoleEvent_CloudRecordingErrorEvent_Fragment = { __typename: 'CloudRecordingErrorEvent', sequence: number | null, error: EventError | null, errorCode: number | null, errorLevel: EventErrorLevel | null, errorMessage: string | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string };

type ConsoleEvent_CloudRecordingFileInfosEvent_Fragment = { __typename: 'CloudRecordingFileInfosEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string };

type ConsoleEvent_CloudRecordingStatusUpdateEvent_Fragment = { __typename: 'CloudRecordingStatusUpdateEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string };

type ConsoleEvent_CloudRecordingWarningEvent_Fragment = { __typename: 'CloudRecordingWarningEvent', sequence: number | null, warning: EventWarning | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string };

type ConsoleEvent_CommandEvent_Fragment = { __typename: 'CommandEvent', operation: CallOperation, outcome: CallOutcome, httpStatus: number | null, agoraCode: number | null, requestId: string | null, serviceStatus: ServiceStatus | null, serviceStatusCode: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string, callReason: string | null };

type ConsoleEvent_DownloadFailedEvent_Fragment = { __typename: 'DownloadFailedEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string };

type ConsoleEvent_FileCheckEvent_Fragment = { __typename: 'FileCheckEvent', id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string };

type ConsoleEvent_HaRegisterSuccessEvent_Fragment = { __typename: 'HaRegisterSuccessEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string };

type ConsoleEvent_MetadataEvent_Fragment = { __typename: 'MetadataEvent', changedBy: string | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string };

type ConsoleEvent_MutationEvent_Fragment = { __typename: 'MutationEvent', mutation: string, mutationResult: MutationResult, caller: string | null, errorCodes: Array<string>, gatewayRequestId: string, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string };

type ConsoleEvent_PollEvent_Fragment = { __typename: 'PollEvent', operation: CallOperation, outcome: CallOutcome, httpStatus: number | null, agoraCode: number | null, requestId: string | null, serviceStatus: ServiceStatus | null, serviceStatusCode: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string, callReason: string | null };

type ConsoleEvent_PostponeTranscodeFinalResultEvent_Fragment = { __typename: 'PostponeTranscodeFinalResultEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string };

type ConsoleEvent_RecorderAudioInfoChangedEvent_Fragment = { __typename: 'RecorderAudioInfoChangedEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string };

type ConsoleEvent_RecorderAudioStreamStateChangedEvent_Fragment = { __typename: 'RecorderAudioStreamStateChangedEvent', sequence: number | null, streamUid: string | null, state: StreamReceiveState | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string };

type ConsoleEvent_RecorderLeaveEvent_Fragment = { __typename: 'RecorderLeaveEvent', sequence: number | null, leaveReasons: Array<LeaveReason>, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string };

type ConsoleEvent_RecorderSliceStartEvent_Fragment = { __typename: 'RecorderSliceStartEvent', sequence: number | null, trackType: TrackType | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string, sliceUid: string | null };

type ConsoleEvent_RecorderSnapshotFileEvent_Fragment = { __typename: 'RecorderSnapshotFileEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string };

type ConsoleEvent_RecorderStartedEvent_Fragment = { __typename: 'RecorderStartedEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string };

type ConsoleEvent_RecorderVideoInfoChangedEvent_Fragment = { __typename: 'RecorderVideoInfoChangedEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string };

type ConsoleEvent_RecorderVideoStreamStateChangedEvent_Fragment = { __typename: 'RecorderVideoStreamStateChangedEvent', sequence: number | null, streamUid: string | null, state: StreamReceiveState | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string };

type ConsoleEvent_RtmpPublishStatusEvent_Fragment = { __typename: 'RtmpPublishStatusEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string };

type ConsoleEvent_SequenceGapEvent_Fragment = { __typename: 'SequenceGapEvent', id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string, gap: { recorderUid: string, from: number, to: number } };

type ConsoleEvent_SessionExitEvent_Fragment = { __typename: 'SessionExitEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string };

type ConsoleEvent_SessionFailoverEvent_Fragment = { __typename: 'SessionFailoverEvent', sequence: number | null, newUid: string | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string };

type ConsoleEvent_StsExpiredEvent_Fragment = { __typename: 'StsExpiredEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string };

type ConsoleEvent_TranscoderCompletedEvent_Fragment = { __typename: 'TranscoderCompletedEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string };

type ConsoleEvent_TranscoderStartedEvent_Fragment = { __typename: 'TranscoderStartedEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string };

type ConsoleEvent_UnknownEvent_Fragment = { __typename: 'UnknownEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string };

type ConsoleEvent_UploadedEvent_Fragment = { __typename: 'UploadedEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string };

type ConsoleEvent_UploaderStartedEvent_Fragment = { __typename: 'UploaderStartedEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string };

type ConsoleEvent_UploadingProgressEvent_Fragment = { __typename: 'UploadingProgressEvent', sequence: number | null, progress: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string };

type ConsoleEvent_VodStartedEvent_Fragment = { __typename: 'VodStartedEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string };

type ConsoleEvent_VodTriggeredEvent_Fragment = { __typename: 'VodTriggeredEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string };

type ConsoleEvent_WebRecorderCapabilityLimitEvent_Fragment = { __typename: 'WebRecorderCapabilityLimitEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string };

type ConsoleEvent_WebRecorderReloadEvent_Fragment = { __typename: 'WebRecorderReloadEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string };

type ConsoleEvent_WebRecorderStartedEvent_Fragment = { __typename: 'WebRecorderStartedEvent', sequence: number | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string };

type ConsoleEvent_WebRecorderStoppedEvent_Fragment = { __typename: 'WebRecorderStoppedEvent', sequence: number | null, stopReason: WebStopReason | null, id: string, type: RecordingEventType, source: ObservationSource, occurredAt: string, receivedAt: string };

export type ConsoleEventFragment =
  | ConsoleEvent_BackedUpEvent_Fragment
  | ConsoleEvent_ClockEvent_Fragment
  | ConsoleEvent_CloudRecordingErrorEvent_Fragment
  | ConsoleEvent_CloudRecordingFileInfosEvent_Fragment
  | ConsoleEvent_CloudRecordingStatusUpdateEvent_Fragment
  | ConsoleEvent_CloudRecordingWarningEvent_Fragment
  | ConsoleEvent_CommandEvent_Fragment
  | ConsoleEvent_DownloadFailedEvent_Fragment
  | ConsoleEvent_FileCheckEvent_Fragment
  | ConsoleEvent_HaRegisterSuccessEvent_Fragment
  | ConsoleEvent_MetadataEvent_Fragment
  | ConsoleEvent_MutationEvent_Fragment
  | ConsoleEvent_PollEvent_Fragment
  | ConsoleEvent_PostponeTranscodeFinalResultEvent_Fragment
  | ConsoleEvent_RecorderAudioInfoChangedEvent_Fragment
  | ConsoleEvent_RecorderAudioStreamStateChangedEvent_Fragment
  | ConsoleEvent_RecorderLeaveEvent_Fragment
  | ConsoleEvent_RecorderSliceStartEvent_Fragment
  | ConsoleEvent_RecorderSnapshotFileEvent_Fragment
  | ConsoleEvent_RecorderStartedEvent_Fragment
  | ConsoleEvent_RecorderVideoInfoChangedEvent_Fragment
  | ConsoleEvent_RecorderVideoStreamStateChangedEvent_Fragment
  | ConsoleEvent_RtmpPublishStatusEvent_Fragment
  | ConsoleEvent_SequenceGapEvent_Fragment
  | ConsoleEvent_SessionExitEvent_Fragment
  | ConsoleEvent_SessionFailoverEvent_Fragment
  | ConsoleEvent_StsExpiredEvent_Fragment
  | ConsoleEvent_TranscoderCompletedEvent_Fragment
  | ConsoleEvent_TranscoderStartedEvent_Fragment
  | ConsoleEvent_UnknownEvent_Fragment
  | ConsoleEvent_UploadedEvent_Fragment
  | ConsoleEvent_UploaderStartedEvent_Fragment
  | ConsoleEvent_UploadingProgressEvent_Fragment
  | ConsoleEvent_VodStartedEvent_Fragment
  | ConsoleEvent_VodTriggeredEvent_Fragment
  | ConsoleEvent_WebRecorderCapabilityLimitEvent_Fragment
  | ConsoleEvent_WebRecorderReloadEvent_Fragment
  | ConsoleEvent_WebRecorderStartedEvent_Fragment
  | ConsoleEvent_WebRecorderStoppedEvent_Fragment
;

export type ConsolePlaybackQueryVariables = Exact<{
  id: string | number;
}>;


export type ConsolePlaybackQuery = { recording: { id: string, playback: { hls: Array<{ fileName: string, url: string }>, mp4: Array<{ fileName: string, url: string }>, poster: { url: string } | null } | null, playbackUnavailable: { reason: PlaybackUnavailableReason, message: string } | null } | null };

export type ConsoleProblemsQueryVariables = Exact<{
  ids: Array<string | number> | string | number;
}>;


export type ConsoleProblemsQuery = { nodes: Array<
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string, problems: { totalCount: { count: number } } }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
   | null> };

export type ConsoleRawEventQueryVariables = Exact<{
  id: string | number;
}>;


export type ConsoleRawEventQuery = { node:
    | { raw: unknown, id: string }
    | { raw: unknown, id: string }
    | { raw: unknown, id: string }
    | { raw: unknown, id: string }
    | { raw: unknown, id: string }
    | { raw: unknown, id: string }
    | { raw: unknown, id: string }
    | { raw: unknown, id: string }
    | { raw: unknown, id: string }
    | { raw: unknown, id: string }
    | { raw: unknown, id: string }
    | { raw: unknown, id: string }
    | { raw: unknown, id: string }
    | { raw: unknown, id: string }
    | { id: string }
    | { raw: unknown, id: string }
    | { raw: unknown, id: string }
    | { raw: unknown, id: string }
    | { raw: unknown, id: string }
    | { raw: unknown, id: string }
    | { raw: unknown, id: string }
    | { raw: unknown, id: string }
    | { raw: unknown, id: string }
    | { id: string }
    | { raw: unknown, id: string }
    | { raw: unknown, id: string }
    | { raw: unknown, id: string }
    | { raw: unknown, id: string }
    | { raw: unknown, id: string }
    | { raw: unknown, id: string }
    | { raw: unknown, id: string }
    | { raw: unknown, id: string }
    | { raw: unknown, id: string }
    | { raw: unknown, id: string }
    | { raw: unknown, id: string }
    | { raw: unknown, id: string }
    | { raw: unknown, id: string }
    | { raw: unknown, id: string }
    | { raw: unknown, id: string }
    | { raw: unknown, id: string }
    | { raw: unknown, id: string }
   | null };

export type ConsoleRecordingQueryVariables = Exact<{
  id: string | number;
}>;


export type ConsoleRecordingQuery = { recording: { id: string, appId: string, sid: string | null, resourceId: string | null, channel: string, uid: string, currentRecorderUid: string | null, mode: RecordingMode, phase: RecordingPhase, phaseInferred: boolean, phaseSince: string | null, endReason: RecordingEndReason | null, endReasonCertain: boolean | null, startedAt: string, endedAt: string | null, expiresAt: string | null, durationSeconds: number | null, nextObservationAt: string | null, observedAt: string, observedBy: ObservationSource, explanation: string, startedBy: string | null, version: number, serviceStatus: ServiceStatus | null, evidence: { kind: PhaseEvidenceKind | null, source: ObservationSource, at: string } | null, metadata: Array<{ key: string, value: string }>, upload: { state: UploadState, progress: number | null }, streams: Array<{ uid: string, audio: boolean | null, video: boolean | null }>, delivery: { received: number, duplicates: number, outOfOrder: number, conflicts: number, missingCount: number, missing: Array<{ recorderUid: string, from: number, to: number }> }, storage: { profile: string | null, vendor: StorageVendor, region: string | null, bucket: string, fileNamePrefix: Array<string> } | null, web: { paused: boolean, url: string | null, recorderState: WebRecorderPhase | null, outputs: Array<{ address: string, status: PushStatus | null }> } | null, actions: { stop: { possible: boolean, reason: UserErrorCode | null, message: string | null }, refresh: { possible: boolean, reason: UserErrorCode | null, message: string | null }, update: { possible: boolean, reason: UserErrorCode | null, message: string | null }, updateLayout: { possible: boolean, reason: UserErrorCode | null, message: string | null }, adopt: { possible: boolean, reason: UserErrorCode | null, message: string | null } }, problems: { totalCount: { count: number }, nodes: Array<{ id: string, code: ProblemCode, agoraCode: number | null, severity: ProblemSeverity, message: string, occurredAt: string }> }, files: { totalCount: { count: number, exact: boolean }, nodes: Array<{ id: string, fileName: string, kind: FileKind, trackType: TrackType | null, uid: string | null, mixedAllUsers: boolean | null, playable: boolean | null, startedAt: string | null }> }, settings:
      | { __typename: 'CompositeSettings', channelType: ChannelType, streamTypes: StreamTypes, avFileType: Array<AvFileType>, maxIdleTime: number, audioProfile: AudioProfile, videoStreamType: VideoStreamType, decryptionMode: DecryptionMode, subscribeAudioUids: Array<string> | null, subscribeVideoUids: Array<string> | null, unsubscribeAudioUids: Array<string> | null, unsubscribeVideoUids: Array<string> | null, transcoding: { width: number, height: number, fps: number, bitrate: number, mixedVideoLayout: MixedVideoLayout, backgroundColor: string, maxResolutionUid: string | null, layoutConfig: Array<{ uid: string | null, x: number, y: number, width: number, height: number, alpha: number, renderMode: RenderMode }> } }
      | { __typename: 'IndividualSettings', channelType: ChannelType, streamTypes: StreamTypes, avFileType: Array<AvFileType>, streamMode: StreamMode, maxIdleTime: number, videoStreamType: VideoStreamType, decryptionMode: DecryptionMode, subscribeUidGroup: SubscribeUidGroup, subscribeAudioUids: Array<string> | null, subscribeVideoUids: Array<string> | null, unsubscribeAudioUids: Array<string> | null, unsubscribeVideoUids: Array<string> | null, snapshot: { captureInterval: number } | null }
      | { __typename: 'WebSettings', url: string, audioProfile: AudioProfile, avFileType: Array<AvFileType>, videoWidth: number, videoHeight: number, videoFps: number, videoBitrate: number, maxRecordingHour: number, maxVideoDuration: number, readyTimeout: number, mobile: boolean, outputs: Array<string> }
     | null } | null };

export type ConsoleRecordingFollowedSubscriptionVariables = Exact<{
  id: string | number;
}>;


export type ConsoleRecordingFollowedSubscription = { recordingChanged: { id: string, appId: string, sid: string | null, resourceId: string | null, channel: string, uid: string, currentRecorderUid: string | null, mode: RecordingMode, phase: RecordingPhase, phaseInferred: boolean, phaseSince: string | null, endReason: RecordingEndReason | null, endReasonCertain: boolean | null, startedAt: string, endedAt: string | null, expiresAt: string | null, durationSeconds: number | null, nextObservationAt: string | null, observedAt: string, observedBy: ObservationSource, explanation: string, startedBy: string | null, version: number, serviceStatus: ServiceStatus | null, evidence: { kind: PhaseEvidenceKind | null, source: ObservationSource, at: string } | null, metadata: Array<{ key: string, value: string }>, upload: { state: UploadState, progress: number | null }, streams: Array<{ uid: string, audio: boolean | null, video: boolean | null }>, delivery: { received: number, duplicates: number, outOfOrder: number, conflicts: number, missingCount: number, missing: Array<{ recorderUid: string, from: number, to: number }> }, storage: { profile: string | null, vendor: StorageVendor, region: string | null, bucket: string, fileNamePrefix: Array<string> } | null, web: { paused: boolean, url: string | null, recorderState: WebRecorderPhase | null, outputs: Array<{ address: string, status: PushStatus | null }> } | null, actions: { stop: { possible: boolean, reason: UserErrorCode | null, message: string | null }, refresh: { possible: boolean, reason: UserErrorCode | null, message: string | null }, update: { possible: boolean, reason: UserErrorCode | null, message: string | null }, updateLayout: { possible: boolean, reason: UserErrorCode | null, message: string | null }, adopt: { possible: boolean, reason: UserErrorCode | null, message: string | null } }, problems: { totalCount: { count: number }, nodes: Array<{ id: string, code: ProblemCode, agoraCode: number | null, severity: ProblemSeverity, message: string, occurredAt: string }> }, files: { totalCount: { count: number, exact: boolean }, nodes: Array<{ id: string, fileName: string, kind: FileKind, trackType: TrackType | null, uid: string | null, mixedAllUsers: boolean | null, playable: boolean | null, startedAt: string | null }> }, settings:
      | { __typename: 'CompositeSettings', channelType: ChannelType, streamTypes: StreamTypes, avFileType: Array<AvFileType>, maxIdleTime: number, audioProfile: AudioProfile, videoStreamType: VideoStreamType, decryptionMode: DecryptionMode, subscribeAudioUids: Array<string> | null, subscribeVideoUids: Array<string> | null, unsubscribeAudioUids: Array<string> | null, unsubscribeVideoUids: Array<string> | null, transcoding: { width: number, height: number, fps: number, bitrate: number, mixedVideoLayout: MixedVideoLayout, backgroundColor: string, maxResolutionUid: string | null, layoutConfig: Array<{ uid: string | null, x: number, y: number, width: number, height: number, alpha: number, renderMode: RenderMode }> } }
      | { __typename: 'IndividualSettings', channelType: ChannelType, streamTypes: StreamTypes, avFileType: Array<AvFileType>, streamMode: StreamMode, maxIdleTime: number, videoStreamType: VideoStreamType, decryptionMode: DecryptionMode, subscribeUidGroup: SubscribeUidGroup, subscribeAudioUids: Array<string> | null, subscribeVideoUids: Array<string> | null, unsubscribeAudioUids: Array<string> | null, unsubscribeVideoUids: Array<string> | null, snapshot: { captureInterval: number } | null }
      | { __typename: 'WebSettings', url: string, audioProfile: AudioProfile, avFileType: Array<AvFileType>, videoWidth: number, videoHeight: number, videoFps: number, videoBitrate: number, maxRecordingHour: number, maxVideoDuration: number, readyTimeout: number, mobile: boolean, outputs: Array<string> }
     | null } };

export type ConsoleDetailsFragment = { id: string, appId: string, sid: string | null, resourceId: string | null, channel: string, uid: string, currentRecorderUid: string | null, mode: RecordingMode, phase: RecordingPhase, phaseInferred: boolean, phaseSince: string | null, endReason: RecordingEndReason | null, endReasonCertain: boolean | null, startedAt: string, endedAt: string | null, expiresAt: string | null, durationSeconds: number | null, nextObservationAt: string | null, observedAt: string, observedBy: ObservationSource, explanation: string, startedBy: string | null, version: number, serviceStatus: ServiceStatus | null, evidence: { kind: PhaseEvidenceKind | null, source: ObservationSource, at: string } | null, metadata: Array<{ key: string, value: string }>, upload: { state: UploadState, progress: number | null }, streams: Array<{ uid: string, audio: boolean | null, video: boolean | null }>, delivery: { received: number, duplicates: number, outOfOrder: number, conflicts: number, missingCount: number, missing: Array<{ recorderUid: string, from: number, to: number }> }, storage: { profile: string | null, vendor: StorageVendor, region: string | null, bucket: string, fileNamePrefix: Array<string> } | null, web: { paused: boolean, url: string | null, recorderState: WebRecorderPhase | null, outputs: Array<{ address: string, status: PushStatus | null }> } | null, actions: { stop: { possible: boolean, reason: UserErrorCode | null, message: string | null }, refresh: { possible: boolean, reason: UserErrorCode | null, message: string | null }, update: { possible: boolean, reason: UserErrorCode | null, message: string | null }, updateLayout: { possible: boolean, reason: UserErrorCode | null, message: string | null }, adopt: { possible: boolean, reason: UserErrorCode | null, message: string | null } }, problems: { totalCount: { count: number }, nodes: Array<{ id: string, code: ProblemCode, agoraCode: number | null, severity: ProblemSeverity, message: string, occurredAt: string }> }, files: { totalCount: { count: number, exact: boolean }, nodes: Array<{ id: string, fileName: string, kind: FileKind, trackType: TrackType | null, uid: string | null, mixedAllUsers: boolean | null, playable: boolean | null, startedAt: string | null }> }, settings:
    | { __typename: 'CompositeSettings', channelType: ChannelType, streamTypes: StreamTypes, avFileType: Array<AvFileType>, maxIdleTime: number, audioProfile: AudioProfile, videoStreamType: VideoStreamType, decryptionMode: DecryptionMode, subscribeAudioUids: Array<string> | null, subscribeVideoUids: Array<string> | null, unsubscribeAudioUids: Array<string> | null, unsubscribeVideoUids: Array<string> | null, transcoding: { width: number, height: number, fps: number, bitrate: number, mixedVideoLayout: MixedVideoLayout, backgroundColor: string, maxResolutionUid: string | null, layoutConfig: Array<{ uid: string | null, x: number, y: number, width: number, height: number, alpha: number, renderMode: RenderMode }> } }
    | { __typename: 'IndividualSettings', channelType: ChannelType, streamTypes: StreamTypes, avFileType: Array<AvFileType>, streamMode: StreamMode, maxIdleTime: number, videoStreamType: VideoStreamType, decryptionMode: DecryptionMode, subscribeUidGroup: SubscribeUidGroup, subscribeAudioUids: Array<string> | null, subscribeVideoUids: Array<string> | null, unsubscribeAudioUids: Array<string> | null, unsubscribeVideoUids: Array<string> | null, snapshot: { captureInterval: number } | null }
    | { __typename: 'WebSettings', url: string, audioProfile: AudioProfile, avFileType: Array<AvFileType>, videoWidth: number, videoHeight: number, videoFps: number, videoBitrate: number, maxRecordingHour: number, maxVideoDuration: number, readyTimeout: number, mobile: boolean, outputs: Array<string> }
   | null };

export type ConsoleActionFragment = { possible: boolean, reason: UserErrorCode | null, message: string | null };

export const ConsoleEventFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConsoleEvent"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RecordingEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"receivedAt"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"NotificationEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sequence"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CallEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"operation"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"agoraCode"}},{"kind":"Field","alias":{"kind":"Name","value":"callReason"},"name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}},{"kind":"Field","name":{"kind":"Name","value":"serviceStatus"}},{"kind":"Field","name":{"kind":"Name","value":"serviceStatusCode"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RecorderStreamStateChangedEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"streamUid"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RecorderSliceStartEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"sliceUid"},"name":{"kind":"Name","value":"streamUid"}},{"kind":"Field","name":{"kind":"Name","value":"trackType"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UploadingProgressEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"progress"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CloudRecordingErrorEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"error"}},{"kind":"Field","name":{"kind":"Name","value":"errorCode"}},{"kind":"Field","name":{"kind":"Name","value":"errorLevel"}},{"kind":"Field","name":{"kind":"Name","value":"errorMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CloudRecordingWarningEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"warning"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SequenceGapEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"gap"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"recorderUid"}},{"kind":"Field","name":{"kind":"Name","value":"from"}},{"kind":"Field","name":{"kind":"Name","value":"to"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ClockEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deadline"}},{"kind":"Field","name":{"kind":"Name","value":"outage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"from"}},{"kind":"Field","name":{"kind":"Name","value":"to"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MutationEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"mutation"}},{"kind":"Field","name":{"kind":"Name","value":"mutationResult"}},{"kind":"Field","name":{"kind":"Name","value":"caller"}},{"kind":"Field","name":{"kind":"Name","value":"errorCodes"}},{"kind":"Field","name":{"kind":"Name","value":"gatewayRequestId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MetadataEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"changedBy"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RecorderLeaveEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"leaveReasons"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"WebRecorderStoppedEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stopReason"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SessionFailoverEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"newUid"}}]}}]}}]} as unknown as DocumentNode<ConsoleEventFragment, unknown>;
export const ConsoleActionFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConsoleAction"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RecordingAction"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"possible"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]} as unknown as DocumentNode<ConsoleActionFragment, unknown>;
export const ConsoleDetailsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConsoleDetails"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Recording"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"appId"}},{"kind":"Field","name":{"kind":"Name","value":"sid"}},{"kind":"Field","name":{"kind":"Name","value":"resourceId"}},{"kind":"Field","name":{"kind":"Name","value":"channel"}},{"kind":"Field","name":{"kind":"Name","value":"uid"}},{"kind":"Field","name":{"kind":"Name","value":"currentRecorderUid"}},{"kind":"Field","name":{"kind":"Name","value":"mode"}},{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"phaseInferred"}},{"kind":"Field","name":{"kind":"Name","value":"phaseSince"}},{"kind":"Field","name":{"kind":"Name","value":"endReason"}},{"kind":"Field","name":{"kind":"Name","value":"endReasonCertain"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"durationSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"nextObservationAt"}},{"kind":"Field","name":{"kind":"Name","value":"observedAt"}},{"kind":"Field","name":{"kind":"Name","value":"observedBy"}},{"kind":"Field","name":{"kind":"Name","value":"explanation"}},{"kind":"Field","name":{"kind":"Name","value":"startedBy"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"serviceStatus"}},{"kind":"Field","name":{"kind":"Name","value":"evidence"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"at"}}]}},{"kind":"Field","name":{"kind":"Name","value":"metadata"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"upload"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"progress"}}]}},{"kind":"Field","name":{"kind":"Name","value":"streams"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"uid"}},{"kind":"Field","name":{"kind":"Name","value":"audio"}},{"kind":"Field","name":{"kind":"Name","value":"video"}}]}},{"kind":"Field","name":{"kind":"Name","value":"delivery"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"received"}},{"kind":"Field","name":{"kind":"Name","value":"duplicates"}},{"kind":"Field","name":{"kind":"Name","value":"outOfOrder"}},{"kind":"Field","name":{"kind":"Name","value":"conflicts"}},{"kind":"Field","name":{"kind":"Name","value":"missingCount"}},{"kind":"Field","name":{"kind":"Name","value":"missing"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"recorderUid"}},{"kind":"Field","name":{"kind":"Name","value":"from"}},{"kind":"Field","name":{"kind":"Name","value":"to"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"storage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"profile"}},{"kind":"Field","name":{"kind":"Name","value":"vendor"}},{"kind":"Field","name":{"kind":"Name","value":"region"}},{"kind":"Field","name":{"kind":"Name","value":"bucket"}},{"kind":"Field","name":{"kind":"Name","value":"fileNamePrefix"}}]}},{"kind":"Field","name":{"kind":"Name","value":"web"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"paused"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"recorderState"}},{"kind":"Field","name":{"kind":"Name","value":"outputs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"address"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"actions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stop"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConsoleAction"}}]}},{"kind":"Field","name":{"kind":"Name","value":"refresh"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConsoleAction"}}]}},{"kind":"Field","name":{"kind":"Name","value":"update"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConsoleAction"}}]}},{"kind":"Field","name":{"kind":"Name","value":"updateLayout"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConsoleAction"}}]}},{"kind":"Field","name":{"kind":"Name","value":"adopt"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConsoleAction"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"problems"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"20"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"count"}}]}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"agoraCode"}},{"kind":"Field","name":{"kind":"Name","value":"severity"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"files"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"count"}},{"kind":"Field","name":{"kind":"Name","value":"exact"}}]}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"fileName"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"trackType"}},{"kind":"Field","name":{"kind":"Name","value":"uid"}},{"kind":"Field","name":{"kind":"Name","value":"mixedAllUsers"}},{"kind":"Field","name":{"kind":"Name","value":"playable"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"settings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CompositeSettings"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"channelType"}},{"kind":"Field","name":{"kind":"Name","value":"streamTypes"}},{"kind":"Field","name":{"kind":"Name","value":"avFileType"}},{"kind":"Field","name":{"kind":"Name","value":"maxIdleTime"}},{"kind":"Field","name":{"kind":"Name","value":"audioProfile"}},{"kind":"Field","name":{"kind":"Name","value":"videoStreamType"}},{"kind":"Field","name":{"kind":"Name","value":"decryptionMode"}},{"kind":"Field","name":{"kind":"Name","value":"subscribeAudioUids"}},{"kind":"Field","name":{"kind":"Name","value":"subscribeVideoUids"}},{"kind":"Field","name":{"kind":"Name","value":"unsubscribeAudioUids"}},{"kind":"Field","name":{"kind":"Name","value":"unsubscribeVideoUids"}},{"kind":"Field","name":{"kind":"Name","value":"transcoding"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"width"}},{"kind":"Field","name":{"kind":"Name","value":"height"}},{"kind":"Field","name":{"kind":"Name","value":"fps"}},{"kind":"Field","name":{"kind":"Name","value":"bitrate"}},{"kind":"Field","name":{"kind":"Name","value":"mixedVideoLayout"}},{"kind":"Field","name":{"kind":"Name","value":"backgroundColor"}},{"kind":"Field","name":{"kind":"Name","value":"maxResolutionUid"}},{"kind":"Field","name":{"kind":"Name","value":"layoutConfig"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"uid"}},{"kind":"Field","name":{"kind":"Name","value":"x"}},{"kind":"Field","name":{"kind":"Name","value":"y"}},{"kind":"Field","name":{"kind":"Name","value":"width"}},{"kind":"Field","name":{"kind":"Name","value":"height"}},{"kind":"Field","name":{"kind":"Name","value":"alpha"}},{"kind":"Field","name":{"kind":"Name","value":"renderMode"}}]}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"IndividualSettings"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"channelType"}},{"kind":"Field","name":{"kind":"Name","value":"streamTypes"}},{"kind":"Field","name":{"kind":"Name","value":"avFileType"}},{"kind":"Field","name":{"kind":"Name","value":"streamMode"}},{"kind":"Field","name":{"kind":"Name","value":"maxIdleTime"}},{"kind":"Field","name":{"kind":"Name","value":"videoStreamType"}},{"kind":"Field","name":{"kind":"Name","value":"decryptionMode"}},{"kind":"Field","name":{"kind":"Name","value":"subscribeUidGroup"}},{"kind":"Field","name":{"kind":"Name","value":"subscribeAudioUids"}},{"kind":"Field","name":{"kind":"Name","value":"subscribeVideoUids"}},{"kind":"Field","name":{"kind":"Name","value":"unsubscribeAudioUids"}},{"kind":"Field","name":{"kind":"Name","value":"unsubscribeVideoUids"}},{"kind":"Field","name":{"kind":"Name","value":"snapshot"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"captureInterval"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"WebSettings"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"audioProfile"}},{"kind":"Field","name":{"kind":"Name","value":"avFileType"}},{"kind":"Field","name":{"kind":"Name","value":"videoWidth"}},{"kind":"Field","name":{"kind":"Name","value":"videoHeight"}},{"kind":"Field","name":{"kind":"Name","value":"videoFps"}},{"kind":"Field","name":{"kind":"Name","value":"videoBitrate"}},{"kind":"Field","name":{"kind":"Name","value":"maxRecordingHour"}},{"kind":"Field","name":{"kind":"Name","value":"maxVideoDuration"}},{"kind":"Field","name":{"kind":"Name","value":"readyTimeout"}},{"kind":"Field","name":{"kind":"Name","value":"mobile"}},{"kind":"Field","name":{"kind":"Name","value":"outputs"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConsoleAction"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RecordingAction"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"possible"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]} as unknown as DocumentNode<ConsoleDetailsFragment, unknown>;
export const ConsoleAboutDocument = {"__meta__":{"hash":"sha256:8bbd7521dbd91bf5d0d74b30684215b6690f49eb1a783a509a4c3fbcc92387cc"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ConsoleAbout"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"gateway"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"mode"}}]}}]}}]} as unknown as DocumentNode<ConsoleAboutQuery, ConsoleAboutQueryVariables>;
export const ConsoleChoicesDocument = {"__meta__":{"hash":"sha256:b4a005c098760d87af0f3252ab706a99fc368eeb80c8ebfa6013086e701e8cde"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ConsoleChoices"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"projects"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"appId"}},{"kind":"Field","name":{"kind":"Name","value":"isDefault"}}]}},{"kind":"Field","name":{"kind":"Name","value":"storageProfiles"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"isDefault"}},{"kind":"Field","name":{"kind":"Name","value":"vendor"}},{"kind":"Field","name":{"kind":"Name","value":"bucket"}}]}}]}}]} as unknown as DocumentNode<ConsoleChoicesQuery, ConsoleChoicesQueryVariables>;
export const ConsoleEventsDocument = {"__meta__":{"hash":"sha256:67037a6afadf8133402a0d54fef02e2bfecb4319f06e26faed39b5f00c41ed80"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ConsoleEvents"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"last"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"before"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"recording"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"by"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"events"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"last"},"value":{"kind":"Variable","name":{"kind":"Name","value":"last"}}},{"kind":"Argument","name":{"kind":"Name","value":"before"},"value":{"kind":"Variable","name":{"kind":"Name","value":"before"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConsoleEvent"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasPreviousPage"}},{"kind":"Field","name":{"kind":"Name","value":"startCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"headCursor"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConsoleEvent"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RecordingEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"receivedAt"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"NotificationEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sequence"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CallEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"operation"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"agoraCode"}},{"kind":"Field","alias":{"kind":"Name","value":"callReason"},"name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}},{"kind":"Field","name":{"kind":"Name","value":"serviceStatus"}},{"kind":"Field","name":{"kind":"Name","value":"serviceStatusCode"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RecorderStreamStateChangedEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"streamUid"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RecorderSliceStartEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"sliceUid"},"name":{"kind":"Name","value":"streamUid"}},{"kind":"Field","name":{"kind":"Name","value":"trackType"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UploadingProgressEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"progress"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CloudRecordingErrorEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"error"}},{"kind":"Field","name":{"kind":"Name","value":"errorCode"}},{"kind":"Field","name":{"kind":"Name","value":"errorLevel"}},{"kind":"Field","name":{"kind":"Name","value":"errorMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CloudRecordingWarningEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"warning"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SequenceGapEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"gap"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"recorderUid"}},{"kind":"Field","name":{"kind":"Name","value":"from"}},{"kind":"Field","name":{"kind":"Name","value":"to"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ClockEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deadline"}},{"kind":"Field","name":{"kind":"Name","value":"outage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"from"}},{"kind":"Field","name":{"kind":"Name","value":"to"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MutationEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"mutation"}},{"kind":"Field","name":{"kind":"Name","value":"mutationResult"}},{"kind":"Field","name":{"kind":"Name","value":"caller"}},{"kind":"Field","name":{"kind":"Name","value":"errorCodes"}},{"kind":"Field","name":{"kind":"Name","value":"gatewayRequestId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MetadataEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"changedBy"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RecorderLeaveEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"leaveReasons"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"WebRecorderStoppedEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stopReason"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SessionFailoverEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"newUid"}}]}}]}}]} as unknown as DocumentNode<ConsoleEventsQuery, ConsoleEventsQueryVariables>;
export const ConsoleEventsFollowedDocument = {"__meta__":{"hash":"sha256:996b3b1f7c7c1526acab762cbdfcac55a755527382759c8a12bf6edce82014f9"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"ConsoleEventsFollowed"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"recordingEvents"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"recordingId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}]}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConsoleEvent"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConsoleEvent"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RecordingEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"receivedAt"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"NotificationEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sequence"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CallEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"operation"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"httpStatus"}},{"kind":"Field","name":{"kind":"Name","value":"agoraCode"}},{"kind":"Field","alias":{"kind":"Name","value":"callReason"},"name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}},{"kind":"Field","name":{"kind":"Name","value":"serviceStatus"}},{"kind":"Field","name":{"kind":"Name","value":"serviceStatusCode"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RecorderStreamStateChangedEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"streamUid"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RecorderSliceStartEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"sliceUid"},"name":{"kind":"Name","value":"streamUid"}},{"kind":"Field","name":{"kind":"Name","value":"trackType"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UploadingProgressEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"progress"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CloudRecordingErrorEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"error"}},{"kind":"Field","name":{"kind":"Name","value":"errorCode"}},{"kind":"Field","name":{"kind":"Name","value":"errorLevel"}},{"kind":"Field","name":{"kind":"Name","value":"errorMessage"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CloudRecordingWarningEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"warning"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SequenceGapEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"gap"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"recorderUid"}},{"kind":"Field","name":{"kind":"Name","value":"from"}},{"kind":"Field","name":{"kind":"Name","value":"to"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ClockEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deadline"}},{"kind":"Field","name":{"kind":"Name","value":"outage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"from"}},{"kind":"Field","name":{"kind":"Name","value":"to"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MutationEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"mutation"}},{"kind":"Field","name":{"kind":"Name","value":"mutationResult"}},{"kind":"Field","name":{"kind":"Name","value":"caller"}},{"kind":"Field","name":{"kind":"Name","value":"errorCodes"}},{"kind":"Field","name":{"kind":"Name","value":"gatewayRequestId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MetadataEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"changedBy"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RecorderLeaveEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"leaveReasons"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"WebRecorderStoppedEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stopReason"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SessionFailoverEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"newUid"}}]}}]}}]} as unknown as DocumentNode<ConsoleEventsFollowedSubscription, ConsoleEventsFollowedSubscriptionVariables>;
export const ConsolePlaybackDocument = {"__meta__":{"hash":"sha256:f3e5eefc606e10b46124ec66a886c714443d52341d887fac8eb19936cf29bbd3"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ConsolePlayback"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"recording"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"by"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"playback"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hls"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fileName"}},{"kind":"Field","name":{"kind":"Name","value":"url"}}]}},{"kind":"Field","name":{"kind":"Name","value":"mp4"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fileName"}},{"kind":"Field","name":{"kind":"Name","value":"url"}}]}},{"kind":"Field","name":{"kind":"Name","value":"poster"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"playbackUnavailable"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<ConsolePlaybackQuery, ConsolePlaybackQueryVariables>;
export const ConsoleProblemsDocument = {"__meta__":{"hash":"sha256:8ce99c8152e73c5f8d3bf5ad47d351ff9b8b18e2945ce554262934486b628abc"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ConsoleProblems"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"ids"}},"type":{"kind":"NonNullType","type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"ids"},"value":{"kind":"Variable","name":{"kind":"Name","value":"ids"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Recording"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"problems"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"1"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"count"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<ConsoleProblemsQuery, ConsoleProblemsQueryVariables>;
export const ConsoleRawEventDocument = {"__meta__":{"hash":"sha256:a10be98fd64f20223abf9e8380a3ff41dca1e5bd7eed7727a184c07fd81893b6"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ConsoleRawEvent"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RecordingEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"raw"}}]}}]}}]}}]} as unknown as DocumentNode<ConsoleRawEventQuery, ConsoleRawEventQueryVariables>;
export const ConsoleRecordingDocument = {"__meta__":{"hash":"sha256:956787a9bfe7c8ed44f0c649b3e40297b84bd7f7a28d8d08d504151f183484e6"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ConsoleRecording"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"recording"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"by"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConsoleDetails"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConsoleAction"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RecordingAction"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"possible"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConsoleDetails"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Recording"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"appId"}},{"kind":"Field","name":{"kind":"Name","value":"sid"}},{"kind":"Field","name":{"kind":"Name","value":"resourceId"}},{"kind":"Field","name":{"kind":"Name","value":"channel"}},{"kind":"Field","name":{"kind":"Name","value":"uid"}},{"kind":"Field","name":{"kind":"Name","value":"currentRecorderUid"}},{"kind":"Field","name":{"kind":"Name","value":"mode"}},{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"phaseInferred"}},{"kind":"Field","name":{"kind":"Name","value":"phaseSince"}},{"kind":"Field","name":{"kind":"Name","value":"endReason"}},{"kind":"Field","name":{"kind":"Name","value":"endReasonCertain"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"durationSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"nextObservationAt"}},{"kind":"Field","name":{"kind":"Name","value":"observedAt"}},{"kind":"Field","name":{"kind":"Name","value":"observedBy"}},{"kind":"Field","name":{"kind":"Name","value":"explanation"}},{"kind":"Field","name":{"kind":"Name","value":"startedBy"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"serviceStatus"}},{"kind":"Field","name":{"kind":"Name","value":"evidence"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"at"}}]}},{"kind":"Field","name":{"kind":"Name","value":"metadata"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"upload"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"progress"}}]}},{"kind":"Field","name":{"kind":"Name","value":"streams"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"uid"}},{"kind":"Field","name":{"kind":"Name","value":"audio"}},{"kind":"Field","name":{"kind":"Name","value":"video"}}]}},{"kind":"Field","name":{"kind":"Name","value":"delivery"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"received"}},{"kind":"Field","name":{"kind":"Name","value":"duplicates"}},{"kind":"Field","name":{"kind":"Name","value":"outOfOrder"}},{"kind":"Field","name":{"kind":"Name","value":"conflicts"}},{"kind":"Field","name":{"kind":"Name","value":"missingCount"}},{"kind":"Field","name":{"kind":"Name","value":"missing"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"recorderUid"}},{"kind":"Field","name":{"kind":"Name","value":"from"}},{"kind":"Field","name":{"kind":"Name","value":"to"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"storage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"profile"}},{"kind":"Field","name":{"kind":"Name","value":"vendor"}},{"kind":"Field","name":{"kind":"Name","value":"region"}},{"kind":"Field","name":{"kind":"Name","value":"bucket"}},{"kind":"Field","name":{"kind":"Name","value":"fileNamePrefix"}}]}},{"kind":"Field","name":{"kind":"Name","value":"web"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"paused"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"recorderState"}},{"kind":"Field","name":{"kind":"Name","value":"outputs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"address"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"actions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stop"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConsoleAction"}}]}},{"kind":"Field","name":{"kind":"Name","value":"refresh"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConsoleAction"}}]}},{"kind":"Field","name":{"kind":"Name","value":"update"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConsoleAction"}}]}},{"kind":"Field","name":{"kind":"Name","value":"updateLayout"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConsoleAction"}}]}},{"kind":"Field","name":{"kind":"Name","value":"adopt"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConsoleAction"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"problems"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"20"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"count"}}]}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"agoraCode"}},{"kind":"Field","name":{"kind":"Name","value":"severity"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"files"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"count"}},{"kind":"Field","name":{"kind":"Name","value":"exact"}}]}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"fileName"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"trackType"}},{"kind":"Field","name":{"kind":"Name","value":"uid"}},{"kind":"Field","name":{"kind":"Name","value":"mixedAllUsers"}},{"kind":"Field","name":{"kind":"Name","value":"playable"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"settings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CompositeSettings"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"channelType"}},{"kind":"Field","name":{"kind":"Name","value":"streamTypes"}},{"kind":"Field","name":{"kind":"Name","value":"avFileType"}},{"kind":"Field","name":{"kind":"Name","value":"maxIdleTime"}},{"kind":"Field","name":{"kind":"Name","value":"audioProfile"}},{"kind":"Field","name":{"kind":"Name","value":"videoStreamType"}},{"kind":"Field","name":{"kind":"Name","value":"decryptionMode"}},{"kind":"Field","name":{"kind":"Name","value":"subscribeAudioUids"}},{"kind":"Field","name":{"kind":"Name","value":"subscribeVideoUids"}},{"kind":"Field","name":{"kind":"Name","value":"unsubscribeAudioUids"}},{"kind":"Field","name":{"kind":"Name","value":"unsubscribeVideoUids"}},{"kind":"Field","name":{"kind":"Name","value":"transcoding"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"width"}},{"kind":"Field","name":{"kind":"Name","value":"height"}},{"kind":"Field","name":{"kind":"Name","value":"fps"}},{"kind":"Field","name":{"kind":"Name","value":"bitrate"}},{"kind":"Field","name":{"kind":"Name","value":"mixedVideoLayout"}},{"kind":"Field","name":{"kind":"Name","value":"backgroundColor"}},{"kind":"Field","name":{"kind":"Name","value":"maxResolutionUid"}},{"kind":"Field","name":{"kind":"Name","value":"layoutConfig"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"uid"}},{"kind":"Field","name":{"kind":"Name","value":"x"}},{"kind":"Field","name":{"kind":"Name","value":"y"}},{"kind":"Field","name":{"kind":"Name","value":"width"}},{"kind":"Field","name":{"kind":"Name","value":"height"}},{"kind":"Field","name":{"kind":"Name","value":"alpha"}},{"kind":"Field","name":{"kind":"Name","value":"renderMode"}}]}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"IndividualSettings"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"channelType"}},{"kind":"Field","name":{"kind":"Name","value":"streamTypes"}},{"kind":"Field","name":{"kind":"Name","value":"avFileType"}},{"kind":"Field","name":{"kind":"Name","value":"streamMode"}},{"kind":"Field","name":{"kind":"Name","value":"maxIdleTime"}},{"kind":"Field","name":{"kind":"Name","value":"videoStreamType"}},{"kind":"Field","name":{"kind":"Name","value":"decryptionMode"}},{"kind":"Field","name":{"kind":"Name","value":"subscribeUidGroup"}},{"kind":"Field","name":{"kind":"Name","value":"subscribeAudioUids"}},{"kind":"Field","name":{"kind":"Name","value":"subscribeVideoUids"}},{"kind":"Field","name":{"kind":"Name","value":"unsubscribeAudioUids"}},{"kind":"Field","name":{"kind":"Name","value":"unsubscribeVideoUids"}},{"kind":"Field","name":{"kind":"Name","value":"snapshot"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"captureInterval"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"WebSettings"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"audioProfile"}},{"kind":"Field","name":{"kind":"Name","value":"avFileType"}},{"kind":"Field","name":{"kind":"Name","value":"videoWidth"}},{"kind":"Field","name":{"kind":"Name","value":"videoHeight"}},{"kind":"Field","name":{"kind":"Name","value":"videoFps"}},{"kind":"Field","name":{"kind":"Name","value":"videoBitrate"}},{"kind":"Field","name":{"kind":"Name","value":"maxRecordingHour"}},{"kind":"Field","name":{"kind":"Name","value":"maxVideoDuration"}},{"kind":"Field","name":{"kind":"Name","value":"readyTimeout"}},{"kind":"Field","name":{"kind":"Name","value":"mobile"}},{"kind":"Field","name":{"kind":"Name","value":"outputs"}}]}}]}}]}}]} as unknown as DocumentNode<ConsoleRecordingQuery, ConsoleRecordingQueryVariables>;
export const ConsoleRecordingFollowedDocument = {"__meta__":{"hash":"sha256:bd89a6645fcbe3235c5924f389c258c5e3d9d71675ad46fc259a0a378e4c7dc6"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"ConsoleRecordingFollowed"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"recordingChanged"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"by"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConsoleDetails"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConsoleAction"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RecordingAction"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"possible"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConsoleDetails"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Recording"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"appId"}},{"kind":"Field","name":{"kind":"Name","value":"sid"}},{"kind":"Field","name":{"kind":"Name","value":"resourceId"}},{"kind":"Field","name":{"kind":"Name","value":"channel"}},{"kind":"Field","name":{"kind":"Name","value":"uid"}},{"kind":"Field","name":{"kind":"Name","value":"currentRecorderUid"}},{"kind":"Field","name":{"kind":"Name","value":"mode"}},{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"phaseInferred"}},{"kind":"Field","name":{"kind":"Name","value":"phaseSince"}},{"kind":"Field","name":{"kind":"Name","value":"endReason"}},{"kind":"Field","name":{"kind":"Name","value":"endReasonCertain"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"durationSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"nextObservationAt"}},{"kind":"Field","name":{"kind":"Name","value":"observedAt"}},{"kind":"Field","name":{"kind":"Name","value":"observedBy"}},{"kind":"Field","name":{"kind":"Name","value":"explanation"}},{"kind":"Field","name":{"kind":"Name","value":"startedBy"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"serviceStatus"}},{"kind":"Field","name":{"kind":"Name","value":"evidence"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"at"}}]}},{"kind":"Field","name":{"kind":"Name","value":"metadata"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"upload"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"progress"}}]}},{"kind":"Field","name":{"kind":"Name","value":"streams"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"uid"}},{"kind":"Field","name":{"kind":"Name","value":"audio"}},{"kind":"Field","name":{"kind":"Name","value":"video"}}]}},{"kind":"Field","name":{"kind":"Name","value":"delivery"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"received"}},{"kind":"Field","name":{"kind":"Name","value":"duplicates"}},{"kind":"Field","name":{"kind":"Name","value":"outOfOrder"}},{"kind":"Field","name":{"kind":"Name","value":"conflicts"}},{"kind":"Field","name":{"kind":"Name","value":"missingCount"}},{"kind":"Field","name":{"kind":"Name","value":"missing"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"recorderUid"}},{"kind":"Field","name":{"kind":"Name","value":"from"}},{"kind":"Field","name":{"kind":"Name","value":"to"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"storage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"profile"}},{"kind":"Field","name":{"kind":"Name","value":"vendor"}},{"kind":"Field","name":{"kind":"Name","value":"region"}},{"kind":"Field","name":{"kind":"Name","value":"bucket"}},{"kind":"Field","name":{"kind":"Name","value":"fileNamePrefix"}}]}},{"kind":"Field","name":{"kind":"Name","value":"web"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"paused"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"recorderState"}},{"kind":"Field","name":{"kind":"Name","value":"outputs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"address"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"actions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stop"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConsoleAction"}}]}},{"kind":"Field","name":{"kind":"Name","value":"refresh"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConsoleAction"}}]}},{"kind":"Field","name":{"kind":"Name","value":"update"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConsoleAction"}}]}},{"kind":"Field","name":{"kind":"Name","value":"updateLayout"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConsoleAction"}}]}},{"kind":"Field","name":{"kind":"Name","value":"adopt"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConsoleAction"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"problems"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"20"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"count"}}]}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"agoraCode"}},{"kind":"Field","name":{"kind":"Name","value":"severity"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"files"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"count"}},{"kind":"Field","name":{"kind":"Name","value":"exact"}}]}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"fileName"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"trackType"}},{"kind":"Field","name":{"kind":"Name","value":"uid"}},{"kind":"Field","name":{"kind":"Name","value":"mixedAllUsers"}},{"kind":"Field","name":{"kind":"Name","value":"playable"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"settings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CompositeSettings"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"channelType"}},{"kind":"Field","name":{"kind":"Name","value":"streamTypes"}},{"kind":"Field","name":{"kind":"Name","value":"avFileType"}},{"kind":"Field","name":{"kind":"Name","value":"maxIdleTime"}},{"kind":"Field","name":{"kind":"Name","value":"audioProfile"}},{"kind":"Field","name":{"kind":"Name","value":"videoStreamType"}},{"kind":"Field","name":{"kind":"Name","value":"decryptionMode"}},{"kind":"Field","name":{"kind":"Name","value":"subscribeAudioUids"}},{"kind":"Field","name":{"kind":"Name","value":"subscribeVideoUids"}},{"kind":"Field","name":{"kind":"Name","value":"unsubscribeAudioUids"}},{"kind":"Field","name":{"kind":"Name","value":"unsubscribeVideoUids"}},{"kind":"Field","name":{"kind":"Name","value":"transcoding"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"width"}},{"kind":"Field","name":{"kind":"Name","value":"height"}},{"kind":"Field","name":{"kind":"Name","value":"fps"}},{"kind":"Field","name":{"kind":"Name","value":"bitrate"}},{"kind":"Field","name":{"kind":"Name","value":"mixedVideoLayout"}},{"kind":"Field","name":{"kind":"Name","value":"backgroundColor"}},{"kind":"Field","name":{"kind":"Name","value":"maxResolutionUid"}},{"kind":"Field","name":{"kind":"Name","value":"layoutConfig"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"uid"}},{"kind":"Field","name":{"kind":"Name","value":"x"}},{"kind":"Field","name":{"kind":"Name","value":"y"}},{"kind":"Field","name":{"kind":"Name","value":"width"}},{"kind":"Field","name":{"kind":"Name","value":"height"}},{"kind":"Field","name":{"kind":"Name","value":"alpha"}},{"kind":"Field","name":{"kind":"Name","value":"renderMode"}}]}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"IndividualSettings"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"channelType"}},{"kind":"Field","name":{"kind":"Name","value":"streamTypes"}},{"kind":"Field","name":{"kind":"Name","value":"avFileType"}},{"kind":"Field","name":{"kind":"Name","value":"streamMode"}},{"kind":"Field","name":{"kind":"Name","value":"maxIdleTime"}},{"kind":"Field","name":{"kind":"Name","value":"videoStreamType"}},{"kind":"Field","name":{"kind":"Name","value":"decryptionMode"}},{"kind":"Field","name":{"kind":"Name","value":"subscribeUidGroup"}},{"kind":"Field","name":{"kind":"Name","value":"subscribeAudioUids"}},{"kind":"Field","name":{"kind":"Name","value":"subscribeVideoUids"}},{"kind":"Field","name":{"kind":"Name","value":"unsubscribeAudioUids"}},{"kind":"Field","name":{"kind":"Name","value":"unsubscribeVideoUids"}},{"kind":"Field","name":{"kind":"Name","value":"snapshot"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"captureInterval"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"WebSettings"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"audioProfile"}},{"kind":"Field","name":{"kind":"Name","value":"avFileType"}},{"kind":"Field","name":{"kind":"Name","value":"videoWidth"}},{"kind":"Field","name":{"kind":"Name","value":"videoHeight"}},{"kind":"Field","name":{"kind":"Name","value":"videoFps"}},{"kind":"Field","name":{"kind":"Name","value":"videoBitrate"}},{"kind":"Field","name":{"kind":"Name","value":"maxRecordingHour"}},{"kind":"Field","name":{"kind":"Name","value":"maxVideoDuration"}},{"kind":"Field","name":{"kind":"Name","value":"readyTimeout"}},{"kind":"Field","name":{"kind":"Name","value":"mobile"}},{"kind":"Field","name":{"kind":"Name","value":"outputs"}}]}}]}}]}}]} as unknown as DocumentNode<ConsoleRecordingFollowedSubscription, ConsoleRecordingFollowedSubscriptionVariables>;