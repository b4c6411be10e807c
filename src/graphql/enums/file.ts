import { FILE_UNREADABLE, PLAYBACK_UNAVAILABLE } from '../../media/unavailable.js';
import { defineEnum, named } from './define-enum.js';
import { UNKNOWN } from './unknown.js';

export const FileKind = defineEnum('FileKind', 'What kind of file it is, by the ending of its name.', {
  PLAYLIST: ['PLAYLIST', 'An M3U8 playlist.'],
  MP4: ['MP4', 'An MP4 file.'],
  MPD: ['MPD', 'An MPD index.'],
  SNAPSHOT: ['SNAPSHOT', 'A JPEG screenshot.'],
  OTHER: ['OTHER', 'Anything else.'],
});

export const TrackType = defineEnum('TrackType', 'What a file or slice holds (`trackType`).', {
  AUDIO: ['audio', 'Audio only.'],
  VIDEO: ['video', 'Video only.'],
  AUDIO_AND_VIDEO: ['audio_and_video', 'Audio and video.'],
  UNKNOWN: ['unknown', UNKNOWN.description],
});

export const UploadState = defineEnum('UploadState', 'Where the files are.', {
  NOT_STARTED: ['NOT_STARTED', 'Nothing has been uploaded.'],
  IN_PROGRESS: ['IN_PROGRESS', 'Files are being uploaded, during the recording or after it.'],
  UPLOADED: ['UPLOADED', 'All files are in the storage (event 31, or stop: `uploaded`).'],
  BACKED_UP: [
    'BACKED_UP',
    "All files are uploaded, some of them to Agora's backup cloud, which forwards them (event 32, or stop: `backuped`).",
  ],
  FAILED: ['FAILED', 'The upload failed.'],
  UNKNOWN: ['UNKNOWN', 'The recording has ended, and nothing shows where its files are.'],
});

export const FileOrder = defineEnum(
  'FileOrder',
  'How a list of files is ordered. The time of a file is its `startedAt`; where that is null, when its recording started or, for a ' +
    'screenshot, when it was reported.',
  {
    TIME_DESC: ['TIME_DESC', 'The latest first.'],
    TIME_ASC: ['TIME_ASC', 'The earliest first.'],
    NAME_ASC: ['NAME_ASC', 'By name, in the order of its bytes in UTF-8.'],
    NAME_DESC: ['NAME_DESC', 'The same, backwards.'],
  },
);

const reasons = (texts: Readonly<Record<string, string>>) =>
  named(Object.entries(texts).map(([name, description]) => ({ name, description })));

export const PlaybackUnavailableReason = defineEnum(
  'PlaybackUnavailableReason',
  'Why files of a recording cannot be read through the gateway. More reasons may be added.',
  reasons(PLAYBACK_UNAVAILABLE),
);

const { NO_FILES: _ofRecordings, ...OF_FILES } = PLAYBACK_UNAVAILABLE;

export const FileUnreadableReason = defineEnum(
  'FileUnreadableReason',
  'Why nothing is known of a file in its storage. More reasons may be added.',
  reasons({ ...OF_FILES, ...FILE_UNREADABLE }),
);
