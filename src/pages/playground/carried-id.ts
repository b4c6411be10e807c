import { ID_PLACEHOLDER } from './tabs';

/** The id of the recording that was started last, which the other tabs take in place of the placeholder. */
export interface CarriedId {
  /** The variables with the id; null if one is needed and none is known. */
  fill(variables: Record<string, unknown> | undefined): Record<string, unknown> | undefined | null;
  /** Takes the id out of the answer to a start. */
  learn(answer: object): void;
  /** What to show if none is known. */
  missing: string;
}

interface StartAnswer {
  data?: { startRecording?: { recording?: { id?: string } | null } | null } | null;
}

/** Where the id is kept, also for another window and after the page is loaded again. */
const KEY = 'playground:recording-id';

export function carryId(): CarriedId {
  return {
    fill(variables) {
      if (variables === undefined || !Object.values(variables).includes(ID_PLACEHOLDER)) return variables;
      const id = localStorage.getItem(KEY);
      if (id === null) return null;
      const filled = Object.entries(variables).map(([name, value]) => [
        name,
        value === ID_PLACEHOLDER ? id : value,
      ]);
      return Object.fromEntries(filled) as Record<string, unknown>;
    },
    learn(answer) {
      const id = (answer as StartAnswer).data?.startRecording?.recording?.id;
      if (id !== undefined) localStorage.setItem(KEY, id);
    },
    missing: 'Start a recording in tab 1 first: its id is used here. Or put an id into the variables, below.',
  };
}
