/** Every kind of problem of a recording: how bad it is, and what it means. */
export const PROBLEMS = {
  AGORA_ERROR: {
    severity: 'ERROR',
    description:
      "Agora reported an error (event 1). `agoraCode` is its number; the message has Agora's words.",
  },
  AGORA_WARNING: {
    severity: 'WARNING',
    description: 'Agora reported a warning (event 2). `agoraCode` is its number. The recording continues.',
  },
  DOWNLOAD_FAILED: {
    severity: 'ERROR',
    description: 'Recorded files could not be downloaded for transcoding (event 90).',
  },
  FILE_CHECK_FAILED: {
    severity: 'WARNING',
    description:
      'The storage could not be asked whether the files are there (`checkFiles` of the storage profile). The message says why.',
  },
  FILE_NOT_FOUND_IN_STORAGE: {
    severity: 'ERROR',
    description:
      'Agora named a file that the storage did not have when it was asked, after the recording had completed (`checkFiles` of the storage profile).',
  },
  FILE_TYPE_MISSING: {
    severity: 'ERROR',
    description:
      'The recording ended, and no file of a type that was asked for was named. It goes when one is.',
  },
  NO_FILES: {
    severity: 'ERROR',
    description: 'The recording ended, and no file was named. It goes when one is.',
  },
  NOTIFICATION_NAMES_ANOTHER_CHANNEL: {
    severity: 'WARNING',
    description:
      "A notification with the recording's sid named another channel. The sid decides. Check what is between Agora and the gateway.",
  },
  NOTIFICATION_NAMES_ANOTHER_RECORDING: {
    severity: 'WARNING',
    description:
      'A notification named the recording in its payload, and another one in another place. The payload decides. Check what is between Agora and the gateway.',
  },
  RECORDER_UID_IN_CHANNEL: {
    severity: 'ERROR',
    description:
      'A user of the channel has the uid of the recorder, and the two disturb each other. Start with a uid that no user has.',
  },
  REPLY_NAMES_ANOTHER_CHANNEL: {
    severity: 'WARNING',
    description:
      "A reply with the recording's sid named another channel or uid. The sid decides. Check what is between the gateway and Agora.",
  },
  REPLY_NAMES_ANOTHER_RECORDING: {
    severity: 'WARNING',
    description:
      'A reply was about another recording, and was ignored. Check what is between the gateway and Agora.',
  },
  STOP_NOT_SENT: { severity: 'ERROR', description: 'A stop could not be sent. Stop the recording again.' },
  STORAGE_RENEWAL_FAILED: {
    severity: 'ERROR',
    description: "The storage's credentials could not be renewed. Send fresh ones before they expire.",
  },
  STS_EXPIRED: {
    severity: 'ERROR',
    description: "The storage's temporary credentials expired (event 34). Renew them with updateRecording.",
  },
  WEB_CAPABILITY_LIMIT: {
    severity: 'ERROR',
    description: 'The recorded page uses more than can be recorded (event 72). Make it lighter.',
  },
  WEB_PAGE_RELOADED: {
    severity: 'WARNING',
    description: 'The recorded page was reloaded (event 73). The recording continues.',
  },
} as const satisfies Record<string, { severity: 'ERROR' | 'WARNING'; description: string }>;

export type ProblemCode = keyof typeof PROBLEMS;

export type ProblemSeverity = (typeof PROBLEMS)[ProblemCode]['severity'];

/** Kinds that come with a number of Agora's. */
type NumberedCode = 'AGORA_ERROR' | 'AGORA_WARNING';

/** How a problem is stored: a code, with Agora's number where it has one. */
export type StoredProblemCode = Exclude<ProblemCode, NumberedCode> | `${NumberedCode}_${number | 'UNKNOWN'}`;

/** The kind of a stored problem, and Agora's number where there is one. */
export function problemKind(stored: StoredProblemCode): { code: ProblemCode; agoraCode: number | null } {
  const numbered = /^(AGORA_ERROR|AGORA_WARNING)_(.*)$/.exec(stored);
  if (numbered === null) return { code: stored as ProblemCode, agoraCode: null };
  const [, code, number] = numbered;
  return { code: code as NumberedCode, agoraCode: number === 'UNKNOWN' ? null : Number(number) };
}

/** The severity of the worst of them; null if there are none. */
export function worstSeverity(problems: readonly { code: StoredProblemCode }[]): ProblemSeverity | null {
  if (problems.length === 0) return null;
  return problems.some(({ code }) => PROBLEMS[problemKind(code).code].severity === 'ERROR')
    ? 'ERROR'
    : 'WARNING';
}
