/** Which events and states of Agora prove which phase, for the picture of a recording's life in the console: the rules of the fold. */
import { RANK, RANK_OF_EVENT, rankOfStatus } from '../build/recordings/fold/evidence.js';

/** The largest state that a query can report. */
const MAX_STATUS = 20;

const names = Object.fromEntries(Object.entries(RANK).map(([name, rank]) => [rank, name]));

export function phaseProofs() {
  const statuses = Array.from({ length: MAX_STATUS + 1 }, (_, status) => [status, rankOfStatus(status)]);
  return {
    events: Object.fromEntries(Object.entries(RANK_OF_EVENT).map(([type, rank]) => [type, names[rank]])),
    statuses: Object.fromEntries(
      statuses.filter(([, rank]) => rank !== null).map(([status, rank]) => [status, names[rank]]),
    ),
  };
}
