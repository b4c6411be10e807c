import { FILE_RULES } from './file-rules.js';
import { MAX_INT, MOST_PIXELS, outside, type Rule } from './rules.js';
import { type WebConfigInput } from '../start-input.js';

/** "The maximum number of streams being pushed to the CDN is 1." */
const MOST_OUTPUTS = 1;

function isPushAddress(address: string): boolean {
  return /^rtmps?:\/\/[^/]+\/.+/i.test(address);
}

/** Where a page recording is pushed to, in a start as in an update. */
export const OUTPUT_RULES: readonly Rule<{ outputs?: { rtmpUrl: string }[] | null }>[] = [
  {
    field: ['outputs'],
    message: 'outputs must name one address: Agora pushes to one at most.',
    broken: ({ outputs }) => (outputs?.length ?? 0) > MOST_OUTPUTS,
  },
  {
    field: ['outputs'],
    message: 'rtmpUrl must be an address of the form rtmp://host/path or rtmps://host/path.',
    broken: ({ outputs }) => (outputs ?? []).some(({ rtmpUrl }) => !isPushAddress(rtmpUrl)),
  },
];

function ranged(name: keyof WebConfigInput, least: number, most: number, unit: string): Rule<WebConfigInput> {
  return {
    field: [name],
    message: `${name} must be from ${least} to ${most}${unit}.`,
    broken: (config) => outside(config[name] as number | null | undefined, least, most),
  };
}

export const WEB_RULES: readonly Rule<WebConfigInput>[] = [
  {
    field: ['url'],
    message: 'url must be the http or https address of the page.',
    broken: ({ url }) => !URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol),
  },
  ranged('videoWidth', 1, MOST_PIXELS, ' pixels'),
  ranged('videoHeight', 1, MOST_PIXELS, ' pixels'),
  {
    field: ['videoWidth'],
    message: 'videoWidth × videoHeight must not exceed 1920 × 1080.',
    broken: ({ videoWidth, videoHeight }) => videoWidth * videoHeight > MOST_PIXELS,
  },
  ranged('maxRecordingHour', 1, 720, ' hours'),
  ranged('videoBitrate', 0, MAX_INT, ' Kbps'),
  ranged('videoFps', 5, 60, ' frames a second'),
  ranged('maxVideoDuration', 30, 240, ' minutes'),
  ranged('readyTimeout', 0, 60, ' seconds'),
  ...FILE_RULES,
  ...OUTPUT_RULES,
];
