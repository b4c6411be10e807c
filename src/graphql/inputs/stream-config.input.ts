import { STREAM_PARAMETERS } from '@agora-recording-gateway/agora/parameters/channel';
import { InputType } from 'type-graphql';
import { Option } from './option.js';

/** What composite and individual recordings share (recordingConfig). */
@InputType()
export abstract class StreamConfigInput {
  @Option(STREAM_PARAMETERS.channelType)
  channelType?: number | null;

  @Option(STREAM_PARAMETERS.streamTypes)
  streamTypes?: number | null;

  @Option(STREAM_PARAMETERS.videoStreamType)
  videoStreamType?: number | null;

  @Option(STREAM_PARAMETERS.maxIdleTime)
  maxIdleTime?: number | null;

  @Option(STREAM_PARAMETERS.decryptionMode)
  decryptionMode?: number | null;

  @Option(STREAM_PARAMETERS.secret)
  secret?: string | null;

  @Option(STREAM_PARAMETERS.salt)
  salt?: string | null;

  @Option(STREAM_PARAMETERS.subscribeAudioUids)
  subscribeAudioUids?: string[] | null;

  @Option(STREAM_PARAMETERS.unsubscribeAudioUids)
  unsubscribeAudioUids?: string[] | null;

  @Option(STREAM_PARAMETERS.subscribeVideoUids)
  subscribeVideoUids?: string[] | null;

  @Option(STREAM_PARAMETERS.unsubscribeVideoUids)
  unsubscribeVideoUids?: string[] | null;
}
