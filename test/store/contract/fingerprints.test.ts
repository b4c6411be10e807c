import { type SecretFingerprint } from '@agora-recording-gateway/agora/redaction/fingerprint';
import { expect, it } from 'vitest';
import {
  MAX_ACCOUNT_FINGERPRINTS,
  MAX_FINGERPRINTS_PER_KIND,
  type SecretKind,
} from '../../../src/store/log/fingerprints.js';
import { type Store } from '../../../src/store/store.js';
import { APP_ID, CHANNEL, notification, SID, started, T0 } from '../../recordings/observations.js';
import { onBothDatabases, openAttempt } from '../support.js';

const fingerprint = (name: string): SecretFingerprint => ({ length: 6, checksum: 1, digest: name });
const owned = (kind: SecretKind, names: readonly string[]) =>
  names.map((name) => ({ kind, fingerprint: fingerprint(name) }));
const digests = (found: readonly SecretFingerprint[]) => found.map(({ digest }) => digest).sort();

onBothDatabases(({ newDatabase, newStore }) => {
  const keep = (store: Store, recordingId: string | null, kind: SecretKind, names: string[], at = T0) =>
    store.fingerprints.keep({ appId: APP_ID, channel: CHANNEL, recordingId }, owned(kind, names), at);

  it('finds the fingerprints of a channel and of the recording with a sid, after the store was opened again', async () => {
    const database = await newDatabase();
    const store = await database.open();
    await openAttempt(store, 'ours');
    await store.record(started({ recordingId: 'ours' }));
    await keep(store, 'ours', 'start', ['of the recording']);
    await keep(store, null, 'start', ['of the channel']);
    await store.fingerprints.keep(null, owned('account', ['of the account']), T0);
    await store.close();
    const { fingerprints } = await database.open();
    const subject = { appId: APP_ID, channel: CHANNEL, sid: null };
    const account = [fingerprint('of the account')];
    expect(digests(await fingerprints.of(subject))).toEqual([
      'of the account',
      'of the channel',
      'of the recording',
    ]);
    expect(await fingerprints.of({ ...subject, appId: 'other' })).toEqual(account);
    const elsewhere = { ...subject, channel: 'other', sid: SID };
    expect(digests(await fingerprints.of(elsewhere))).toEqual(['of the account', 'of the recording']);
    expect(await fingerprints.of(null)).toEqual(account);
    const many = await Promise.all(
      [elsewhere, subject, { ...subject, channel: 'third' }].map((each) => fingerprints.ofNotification(each)),
    );
    expect(many.map(digests)).toEqual([
      ['of the account', 'of the recording'],
      ['of the account', 'of the channel', 'of the recording'],
      ['of the account'],
    ]);
  });

  it('finds the fingerprints of a recording under the id that it had before it was merged', async () => {
    const store = await newStore();
    await store.record(notification(40, {}, { recordingId: null, uid: '999' }));
    await openAttempt(store, 'ours');
    await keep(store, 'ours', 'start', ['secret']);
    const { recordingId } = await store.record(started({ recordingId: 'ours' }));
    expect(recordingId).not.toBe('ours');
    const subject = { appId: APP_ID, channel: 'elsewhere', sid: SID };
    expect(digests(await store.fingerprints.of(subject))).toEqual(['secret']);
  });

  it('keeps the newest of each kind, and counts a value that came again as new', async () => {
    const store = await newStore();
    const subject = { appId: APP_ID, channel: CHANNEL, sid: null };
    await keep(store, 'ours', 'push', ['push']);
    await keep(store, 'ours', 'start', ['first', 'second'], T0);
    await keep(store, 'ours', 'start', ['first'], T0 + 1);
    const many = Array.from({ length: MAX_FINGERPRINTS_PER_KIND - 1 }, (_, index) => `new-${index}`);
    await keep(store, 'ours', 'start', many, T0 + 2);
    expect(digests(await store.fingerprints.of(subject))).toEqual(['first', ...many, 'push'].sort());
    const account = Array.from({ length: MAX_ACCOUNT_FINGERPRINTS + 5 }, (_, index) => `${index}`);
    await store.fingerprints.keep(null, owned('account', account), T0);
    expect(await store.fingerprints.of(null)).toHaveLength(MAX_ACCOUNT_FINGERPRINTS);
  });

  it('removes the fingerprints of recordings that are gone, and of starts that never became one', async () => {
    const store = await newStore();
    await openAttempt(store, 'ours');
    await store.record(started({ recordingId: 'ours' }));
    await keep(store, 'ours', 'start', ['kept']);
    await keep(store, 'refused', 'start', ['refused']);
    await keep(store, null, 'start', ['acquired']);
    await store.fingerprints.keep(null, owned('account', ['account']), T0);
    while ((await store.removeEnded(T0 + 1, T0 + 1)) > 0);
    const subject = { appId: APP_ID, channel: CHANNEL, sid: null };
    expect(digests(await store.fingerprints.of(subject))).toEqual(['account', 'kept']);
    expect(digests(await store.fingerprints.of(null))).toEqual(['account']);
  });
});
