import { type ReportNotSent } from '../../agora-calls/report-not-sent.js';
import { type LeaseGuard } from '../../coordination/lease-guard.js';
import { NotSentError } from '../../coordination/not-sent-error.js';
import { type RecordingState } from '../../recordings/state.js';
import { observeCall } from '../query/observe-call.js';
import { type Choice, chooseStorage } from '../start/choose-storage.js';
import { credentialsChange, isSameStorage } from './credentials-change.js';
import { type ChangeParts, type ChangeSender } from './send-change.js';

export interface RenewStorageParts extends ChangeParts, Choice {
  reportNotSent: ReportNotSent;
}

export function createRenewStorage(parts: RenewStorageParts, changes: ChangeSender) {
  const { store, clock, mintId, reportNotSent } = parts;

  /** Records that nothing can be sent, so that it is known before the credentials expire. */
  async function recordFailure(
    { id, appId, channel, uid }: RecordingState,
    credentials: { profile: string; expireAt: number | null },
    message: string,
  ): Promise<void> {
    const at = clock.now();
    const result = { answered: false, operation: 'update', failure: 'unsent', message } as const;
    const about = {
      id: mintId(),
      appId,
      recordingId: id,
      place: { channel, uid },
      source: 'CLOCK',
      askedAt: at,
      receivedAt: at,
    } as const;
    await store.record(observeCall(result, { ...about, update: { credentials } }));
  }

  async function renew(recordingId: string, guard: LeaseGuard): Promise<void> {
    const [state] = await store.states([recordingId]);
    const { profile = null, expireAt = null } = state?.credentials?.value ?? state?.start?.storage ?? {};
    if (state == null || profile === null) return;
    const storage = await chooseStorage(parts, { storage: profile }, clock.now());
    if (storage.ok && isSameStorage(storage.value, state)) {
      await changes.send(state, credentialsChange(storage.value), 'CLOCK', guard);
      return;
    }
    const message = !storage.ok
      ? storage.error.map((error) => error.message).join(' ')
      : `Storage profile ${profile} is another storage than the one the recording was started with.`;
    await recordFailure(state, { profile, expireAt }, message);
  }

  /** Sends the current credentials of the recording's storage profile. The result is recorded as an observation. */
  return async function renewStorage(recordingId: string): Promise<void> {
    try {
      await changes.exclusively(recordingId, (guard) => renew(recordingId, guard));
    } catch (error) {
      if (!(error instanceof NotSentError)) throw error;
      reportNotSent(error, 'update', { recordingId });
    }
  };
}
