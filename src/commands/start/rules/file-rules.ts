import { type Rule } from './rules.js';

/** Which files are made (recordingFileConfig). */
export const FILE_RULES: readonly Rule<{ avFileType?: string[] | null }>[] = [
  {
    field: ['avFileType'],
    message: 'avFileType must be [HLS] or [HLS, MP4]: MP4 files are made in addition to HLS, never alone.',
    broken: ({ avFileType }) =>
      avFileType != null && (!avFileType.includes('hls') || new Set(avFileType).size !== avFileType.length),
  },
];
