import { visiblePart } from '../../recordings/view/recording.js';
import { changedAtOf, type RecordingState } from '../../recordings/state.js';
import { filterFacts } from '../reads/filter.js';
import { KEPT_FACTS } from './kept-facts.js';
import { type LogRow } from './statements.js';

/** The type of the entries that say that a recording was removed. They are neither observations nor events. */
export const REMOVAL = 'REMOVED';

/**
 * The entry of the log by which those who follow changes learn that a recording is gone: removed for its age or by a
 * command, or found to be another one. `now`: gateway time.
 */
export function removalOf(state: RecordingState, now: number): LogRow {
  return {
    id: `removal.${state.id}`,
    app_id: state.appId,
    recording_id: state.id,
    source: 'CLOCK',
    type: REMOVAL,
    occurred_at: now,
    received_at: now,
    content: '{}',
    raw: null,
    hash: '',
    notice_id: null,
    content_key: null,
    version: state.bookkeeping.version,
    changed: 1,
    before: KEPT_FACTS.write(filterFacts({ ...visiblePart(state), changedAt: changedAtOf(state) })),
    fold_error: null,
  };
}
