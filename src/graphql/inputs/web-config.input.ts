import { PUSH_OUTPUT_PARAMETERS, WEB_PARAMETERS } from '@agora-recording-gateway/agora/parameters/web';
import { InputType } from 'type-graphql';
import { Option } from './option.js';

@InputType('PushOutputInput', { description: 'Where to push the page recording to (rtmp_publish_service).' })
export class PushOutputInput {
  @Option(PUSH_OUTPUT_PARAMETERS.rtmpUrl)
  rtmpUrl!: string;
}

@InputType('WebConfigInput', {
  description: 'A page recording (web_recorder_service). What is left out has the default of Agora.',
})
export class WebConfigInput {
  @Option(WEB_PARAMETERS.url)
  url!: string;

  @Option(WEB_PARAMETERS.audioProfile)
  audioProfile!: number;

  @Option(WEB_PARAMETERS.videoWidth)
  videoWidth!: number;

  @Option(WEB_PARAMETERS.videoHeight)
  videoHeight!: number;

  @Option(WEB_PARAMETERS.maxRecordingHour)
  maxRecordingHour!: number;

  @Option(WEB_PARAMETERS.videoBitrate)
  videoBitrate?: number | null;

  @Option(WEB_PARAMETERS.videoFps)
  videoFps?: number | null;

  @Option(WEB_PARAMETERS.mobile)
  mobile?: boolean | null;

  @Option(WEB_PARAMETERS.maxVideoDuration)
  maxVideoDuration?: number | null;

  @Option(WEB_PARAMETERS.paused)
  paused?: boolean | null;

  @Option(WEB_PARAMETERS.readyTimeout)
  readyTimeout?: number | null;

  @Option(WEB_PARAMETERS.avFileType)
  avFileType?: string[] | null;

  @Option(WEB_PARAMETERS.outputs, () => PushOutputInput)
  outputs?: PushOutputInput[] | null;
}
