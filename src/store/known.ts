import { type Transaction } from 'kysely';
import { type Observation } from '../recordings/observation.js';
import { keysOf } from './observation-keys.js';
import { type RecordingsTable, type Schema } from './schema.js';

/** A notification that came before, as its key tells. */
export interface KnownKey {
  hash: string;
  recordingId: string;
}

export type KnownRecording = Pick<RecordingsTable, 'id' | 'state' | 'created_at' | 'changed_position'>;

/** An observation of the batch that was written before. */
export interface Written {
  recordingId: string;
  position: number;
  foldError: string | null;
}

/**
 * What the database holds about a batch, read together before the batch is worked through: a question to the database for
 * each observation would cost more than everything else. What turns out to be needed besides is asked for, once.
 */
export class Known {
  readonly #transaction: Transaction<Schema>;
  readonly #written = new Map<string, Written>();
  readonly #keys = new Map<string, KnownKey>();
  readonly #aliases = new Map<string, string>();
  /** By id; null for one that is not there. */
  readonly #recordings = new Map<string, KnownRecording | null>();
  readonly #idBySid = new Map<string, string | null>();

  constructor(transaction: Transaction<Schema>) {
    this.#transaction = transaction;
  }

  async read(observations: readonly Observation[]): Promise<void> {
    await this.#readWritten(observations);
    const notified = observations.flatMap(({ appId, hash, content }) =>
      content.kind === 'notification' ? [{ appId, hash, notification: content.notification }] : [],
    );
    const appIds = [...new Set(notified.map(({ appId }) => appId))];
    for (const appId of appIds) {
      const ofApp = notified.filter((each) => each.appId === appId);
      await this.#readKeys(
        appId,
        ofApp.flatMap(({ notification, hash }) => Object.values(keysOf(notification, hash))),
      );
      await this.#readSids(
        appId,
        ofApp.map(({ notification }) => notification.sid),
      );
    }
    const ids = [
      ...observations.map(({ recordingId }) => recordingId),
      ...[...this.#keys.values()].map(({ recordingId }) => recordingId),
    ].filter((id) => id !== null);
    await this.#readRecordings(ids);
  }

  written(observationId: string): Written | undefined {
    return this.#written.get(observationId);
  }

  key(appId: string, key: string): KnownKey | undefined {
    return this.#keys.get(`${appId} ${key}`);
  }

  addKey(appId: string, key: string, known: KnownKey): void {
    const name = `${appId} ${key}`;
    if (!this.#keys.has(name)) this.#keys.set(name, known);
  }

  /** From now on one recording is another. */
  addAlias(id: string, recordingId: string): void {
    for (const [alias, target] of this.#aliases) if (target === id) this.#aliases.set(alias, recordingId);
    this.#aliases.set(id, recordingId);
  }

  /** The id that a recording has by now. */
  async idOf(id: string): Promise<string> {
    await this.#readRecordings([id]);
    return this.#aliases.get(id) ?? id;
  }

  async recording(id: string): Promise<KnownRecording | null> {
    const target = await this.idOf(id);
    await this.#readRecordings([target]);
    return this.#recordings.get(target) ?? null;
  }

  async idBySid(appId: string, sid: string): Promise<string | null> {
    await this.#readSids(appId, [sid]);
    return this.#idBySid.get(`${appId} ${sid}`) ?? null;
  }

  async #readWritten(observations: readonly Observation[]): Promise<void> {
    const rows = await this.#transaction
      .selectFrom('observations')
      .select(['id', 'recording_id', 'position', 'fold_error'])
      .where(
        'id',
        'in',
        observations.map(({ id }) => id),
      )
      .execute();
    for (const { id, recording_id: recordingId, position, fold_error: foldError } of rows) {
      this.#written.set(id, { recordingId, position, foldError });
    }
  }

  async #readKeys(appId: string, keys: readonly string[]): Promise<void> {
    const rows = await this.#transaction
      .selectFrom('observation_keys')
      .select(['key', 'hash', 'recording_id'])
      .where('app_id', '=', appId)
      .where('key', 'in', [...new Set(keys)])
      .execute();
    for (const { key, hash, recording_id: recordingId } of rows)
      this.addKey(appId, key, { hash, recordingId });
  }

  async #readSids(appId: string, sids: readonly string[]): Promise<void> {
    const asked = [...new Set(sids)].filter((sid) => !this.#idBySid.has(`${appId} ${sid}`));
    if (asked.length === 0) return;
    const rows = await this.#transaction
      .selectFrom('recordings')
      .select(['id', 'sid', 'state', 'created_at', 'changed_position'])
      .where('app_id', '=', appId)
      .where('sid', 'in', asked)
      .execute();
    for (const sid of asked) this.#idBySid.set(`${appId} ${sid}`, null);
    for (const row of rows) {
      this.#idBySid.set(`${appId} ${row.sid}`, row.id);
      this.#recordings.set(row.id, row);
    }
  }

  async #readRecordings(ids: readonly string[]): Promise<void> {
    const asked = [...new Set(ids)].filter((id) => !this.#recordings.has(id) && !this.#aliases.has(id));
    if (asked.length === 0) return;
    const aliases = await this.#transaction
      .selectFrom('recording_aliases')
      .selectAll()
      .where('id', 'in', asked)
      .execute();
    for (const { id, recording_id: recordingId } of aliases) this.#aliases.set(id, recordingId);
    const targets = asked.map((id) => this.#aliases.get(id) ?? id).filter((id) => !this.#recordings.has(id));
    if (targets.length === 0) return;
    const rows = await this.#transaction
      .selectFrom('recordings')
      .select(['id', 'state', 'created_at', 'changed_position'])
      .where('id', 'in', [...new Set(targets)])
      .execute();
    for (const id of targets) this.#recordings.set(id, null);
    for (const row of rows) this.#recordings.set(row.id, row);
  }
}
