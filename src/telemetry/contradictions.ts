import { type AssumptionName, ASSUMPTIONS } from '@agora-recording-gateway/agora/assumptions';
import { type Log } from './log.js';
import { type Metrics } from './metrics.js';

/** Reports an observation that contradicts an assumption: counted each time, logged the first time. */
export type NoteContradictions = (names: readonly AssumptionName[], fields?: object) => void;

export function createContradictionNotes(log: Log, metrics: Metrics): NoteContradictions {
  const logged = new Set<AssumptionName>();
  return (names, fields = {}) => {
    for (const assumption of names) {
      metrics.contradictions.inc({ assumption });
      if (logged.has(assumption)) continue;
      logged.add(assumption);
      const { claim, ifFalse } = ASSUMPTIONS[assumption];
      log.warn({ ...fields, assumption, claim, ifFalse }, 'what Agora sent contradicts an assumption');
    }
  };
}
