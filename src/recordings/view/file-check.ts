import { formatTime } from './format-time.js';
import { type FileCheck } from '../observation.js';
import { type RecordingState } from '../state.js';
import { type NamedProblem } from './recording.js';

/** The latest check of the files in the storage, and when it was made. Unix milliseconds. */
export interface DatedFileCheck extends FileCheck {
  checkedAt: number;
}

export function fileCheckOf({ fileCheck }: RecordingState): DatedFileCheck | null {
  return fileCheck === undefined ? null : { ...fileCheck.value, checkedAt: fileCheck.stamp[1] };
}

const REASONS_TO_LOOK = 'Check whether a rule of the bucket or another program deletes or moves files.';

/** What the latest check of the files in the storage found to be wrong. */
export function problemsInStorage(state: RecordingState): NamedProblem[] {
  const check = fileCheckOf(state);
  if (check === null) return [];
  const { missing, denied, absent, notMade, checkedAt } = check;
  const when = `asked at ${formatTime(checkedAt)}`;
  const bucket = state.start?.storage == null ? 'The storage' : `Bucket ${state.start.storage.bucket}`;
  if (notMade !== null) {
    const message = `The storage could not be asked whether the files are there. ${notMade.message}`;
    return [{ name: 'FILE_CHECK_FAILED', code: 'FILE_CHECK_FAILED', message, occurredAt: checkedAt }];
  }
  const code = 'FILE_NOT_FOUND_IN_STORAGE';
  const problem = (name: string, message: string): NamedProblem => ({
    name: `${code}:${name}`,
    code,
    message,
    occurredAt: checkedAt,
  });
  const further = absent - missing.length - denied.length;
  return [
    ...missing.map((name) =>
      problem(name, `${bucket}, ${when}, does not have ${name}, which Agora named. ${REASONS_TO_LOOK}`),
    ),
    ...denied.map((name) =>
      problem(
        name,
        `${bucket}, ${when}, refuses ${name}, which Agora named, while it shows other files. Amazon S3 answers so for a file that ` +
          `is missing, if the key of readCredentialsFile may not list the bucket. ${REASONS_TO_LOOK}`,
      ),
    ),
    ...(further > 0
      ? [problem('', `${bucket}, ${when}, lacks ${further} more files that Agora named. ${REASONS_TO_LOOK}`)]
      : []),
  ];
}
