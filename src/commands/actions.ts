import { type RecordingMode } from '../recordings/view/recording.js';
import { type Controllability, obstacle } from './controllable.js';
import { userError, type UserErrorCode } from './user-errors.js';

/** Whether a mutation can be tried with a recording now. */
export interface Action {
  possible: boolean;
  /** The code that the mutation would answer with; null if it is possible, or would change nothing. */
  reason: UserErrorCode | null;
  /** The reason for people; null if it is possible. */
  message: string | null;
}

/** Each mutation of a recording. */
export interface Actions {
  stop: Action;
  update: Action;
  updateLayout: Action;
  refresh: Action;
  adopt: Action;
}

export interface ActionFacts extends Controllability {
  mode: RecordingMode;
  expiresAt: number | null;
}

type Refusal = { code: UserErrorCode | null; message: string } | null;

function actionOf(refusal: Refusal): Action {
  return refusal === null
    ? { possible: true, reason: null, message: null }
    : { possible: false, reason: refusal.code, message: refusal.message };
}

function expired({ expiresAt }: ActionFacts, now: number): Refusal {
  if (expiresAt === null || now < expiresAt) return null;
  return userError('RECORDING_NOT_FOUND', 'Agora answers no more calls for it: expiresAt has passed.');
}

function ending({ phase }: ActionFacts): Refusal {
  if (phase !== 'STOPPING' && phase !== 'UPLOADING') return null;
  return userError('ALREADY_STOPPING', 'The recording is already ending. Wait for its files.');
}

/** For other modes than composite. A recording of unknown mode cannot be called at all. */
function withoutLayout({ mode }: ActionFacts): Refusal {
  if (mode === 'COMPOSITE') return null;
  return userError('INVALID_PARAMETER', 'Only a composite recording has a layout.');
}

function notAdoptable(facts: ActionFacts): Refusal {
  const refusal = obstacle(facts);
  if (refusal?.code === 'RECORDING_NOT_CONTROLLABLE') return null;
  return refusal?.code === 'RECORDING_ENDED'
    ? refusal
    : { code: null, message: 'The recording is controlled from here already.' };
}

/**
 * What can be tried with a recording, by what is known of it at the time. Nothing is asked of Agora, which may refuse all the
 * same, and a mutation that is not possible here may be called all the same.
 */
export function actionsOf(facts: ActionFacts, now: number): Actions {
  const refusal = obstacle(facts);
  const changing = refusal ?? expired(facts, now) ?? ending(facts);
  return {
    stop: actionOf(changing),
    update: actionOf(changing),
    updateLayout: actionOf(refusal ?? withoutLayout(facts) ?? changing),
    // A recording that cannot be queried any more is as fresh as it can be.
    refresh: actionOf(refusal?.code === 'RECORDING_NOT_CONTROLLABLE' ? refusal : null),
    adopt: actionOf(notAdoptable(facts)),
  };
}
