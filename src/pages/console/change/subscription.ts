/** Whose streams of a kind are recorded. */
export interface Choice {
  users: 'all' | 'only' | 'except';
  /** As they were typed: separated by commas or spaces. */
  uids: string;
}

/** The parts of `change.streams` for audio, and for video. */
export const LISTS = {
  audio: { only: 'subscribeAudioUids', except: 'unsubscribeAudioUids' },
  video: { only: 'subscribeVideoUids', except: 'unsubscribeVideoUids' },
} as const;

export type Kind = keyof typeof LISTS;

/** What Agora takes for all users. */
const ALL = ['#allstream#'];

/** What is in force, from the settings of a recording. */
export function choiceOf(
  only: readonly string[] | null | undefined,
  except: readonly string[] | null | undefined,
): Choice {
  if (except != null && except.length > 0) return { users: 'except', uids: except.join(', ') };
  if (only != null && only.length > 0 && only[0] !== ALL[0]) return { users: 'only', uids: only.join(', ') };
  return { users: 'all', uids: '' };
}

function uidsOf({ uids }: Choice): string[] {
  return uids.split(/[\s,]+/).filter((uid) => uid !== '');
}

/** The lists that a choice becomes. "All" is named, since without a list for one kind a list for the other leaves no user of it. */
export function listsOf(kind: Kind, choice: Choice): Record<string, string[]> {
  if (choice.users === 'all') return { [LISTS[kind].only]: ALL };
  return { [LISTS[kind][choice.users]]: uidsOf(choice) };
}
