import { entriesOf, sizeOf } from '../by-name.js';
import { type RecordingState } from '../state.js';
import { type NamedProblem } from './recording.js';
import { type PhaseView } from './phase.js';

/** How the names of the files of each avFileType end. */
const ENDINGS: Readonly<Record<string, RegExp>> = { hls: /\.(m3u8|mpd)$/i, mp4: /\.mp4$/i };

/** Whether nothing was recorded, so that no files follow. */
function expectsNothing(state: RecordingState, { endReason }: PhaseView): boolean {
  if (endReason === 'NOTHING_RECORDED') return true;
  return endReason === 'IDLE' && state.mediaAt === null;
}

/** Where to look for the files, as far as it is known. */
function place({ start, sid }: RecordingState): string {
  const bucket = start?.storage == null ? 'the storage' : `bucket ${start.storage.bucket}`;
  const prefix = start?.storage?.fileNamePrefix.map((folder) => `${folder}/`).join('') ?? '';
  const names = sid === null ? '' : ` for names that begin with ${prefix}${sid.value}`;
  return `Look in ${bucket}${names}.`;
}

function expectation(state: RecordingState): string {
  switch (state.upload?.value) {
    case 'UPLOADED':
      return `Agora reports that all files are uploaded. ${place(state)}`;
    case 'BACKED_UP':
      return (
        'Agora is forwarding files from its backup storage: notification 31 reports when all have arrived and names them. ' +
        place(state)
      );
    default:
      return (
        'Files normally arrive within 20 minutes of the end, and in bad cases within 24 hours. If none arrive, check the keys ' +
        `and the bucket. ${place(state)}`
      );
  }
}

/** What an ended recording should have made and has not named; it disappears when the files are named after all. */
export function missingFiles(state: RecordingState, phase: PhaseView): NamedProblem[] {
  const ended = phase.phase === 'COMPLETED' || phase.phase === 'LOST';
  if (!ended || expectsNothing(state, phase)) return [];
  const occurredAt = phase.endedAt ?? state.evidenceAt ?? state.firstSeenAt;
  const settings = state.start?.settings ?? null;
  const screenshotsOnly = settings !== null && settings.snapshot !== null && settings.avFileType === null;
  if (screenshotsOnly) {
    if (state.snapshot !== null) return [];
    const message = `The recording ended, and no screenshot was reported. ${expectation(state)}`;
    return [{ name: 'NO_FILES', code: 'NO_FILES', message, occurredAt }];
  }
  if (sizeOf(state.files) === 0) {
    const message = `The recording ended without naming a file. ${expectation(state)}`;
    return [{ name: 'NO_FILES', code: 'NO_FILES', message, occurredAt }];
  }
  const names = entriesOf(state.files).map(([name]) => name);
  return (settings?.avFileType ?? []).flatMap((type) => {
    const ending = ENDINGS[type];
    if (ending === undefined || names.some((name) => ending.test(name))) return [];
    const late = type === 'mp4' ? 'An MP4 file can follow up to 24 hours after the end. ' : '';
    const message = `The recording ended without naming a file of type ${type}, which was asked for. ${late}${place(state)}`;
    return [{ name: `FILE_TYPE_MISSING:${type}`, code: 'FILE_TYPE_MISSING', message, occurredAt }];
  });
}
