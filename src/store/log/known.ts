import { sql, type Transaction } from 'kysely';
import { type Notification } from '@agora-recording-gateway/agora/webhook/notification';
import { type Observation } from '../../recordings/observation.js';
import { contentKey } from './content-key.js';
import { STEADY_COLUMNS } from './rows.js';
import { type RecordingsTable, type Schema } from '../migrations/schema.js';

/** A notification that came before. */
export interface KnownNotification {
  hash: string;
  recordingId: string;
}

const COLUMNS = ['id', 'state', 'created_at', 'changed_position', ...STEADY_COLUMNS] as const;

export type KnownRecording = Pick<RecordingsTable, (typeof COLUMNS)[number]>;

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
  /** By App ID and noticeId; several where one noticeId came with several contents. */
  readonly #byNoticeId = new Map<string, KnownNotification[]>();
  /** By App ID and content key. */
  readonly #byContent = new Map<string, KnownNotification>();
  readonly #aliases = new Map<string, string>();
  /** By id; null for one that is not there. */
  readonly #recordings = new Map<string, KnownRecording | null>();
  readonly #idBySid = new Map<string, string | null>();

  constructor(transaction: Transaction<Schema>) {
    this.#transaction = transaction;
  }

  async read(observations: readonly Observation[]): Promise<void> {
    const byApp = new Map<string, Notification[]>();
    for (const { appId, content } of observations) {
      if (content.kind !== 'notification') continue;
      const ofApp = byApp.get(appId) ?? [];
      ofApp.push(content.notification);
      byApp.set(appId, ofApp);
    }
    await this.#readWritten(observations);
    for (const [appId, notifications] of byApp) {
      await this.#readNotifications(appId, notifications);
      await this.#readSids(
        appId,
        notifications.map(({ sid }) => sid),
      );
    }
    const ids = [
      ...observations.map(({ recordingId }) => recordingId),
      ...[...this.#byNoticeId.values()].flat().map(({ recordingId }) => recordingId),
      ...[...this.#byContent.values()].map(({ recordingId }) => recordingId),
    ].filter((id) => id !== null);
    await this.#readRecordings(ids);
  }

  written(observationId: string): Written | undefined {
    return this.#written.get(observationId);
  }

  /** The notifications that came under this noticeId before; as a rule there is one at most. */
  withNoticeId(appId: string, noticeId: string): readonly KnownNotification[] {
    return this.#byNoticeId.get(`${appId} ${noticeId}`) ?? [];
  }

  /** A notification with the same content, whatever its noticeId. */
  withContentOf(appId: string, notification: Notification): KnownNotification | undefined {
    return this.#byContent.get(`${appId} ${contentKey(notification)}`);
  }

  addNotification(appId: string, notification: Notification, known: KnownNotification): void {
    this.#addNotice(`${appId} ${notification.noticeId}`, known);
    this.#addContent(`${appId} ${contentKey(notification)}`, known);
  }

  #addNotice(name: string, known: KnownNotification): void {
    this.#byNoticeId.set(name, [...(this.#byNoticeId.get(name) ?? []), known]);
  }

  #addContent(name: string, known: KnownNotification): void {
    if (!this.#byContent.has(name)) this.#byContent.set(name, known);
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

  /** From now on a recording has this sid. */
  addSid(appId: string, sid: string, recordingId: string): void {
    this.#idBySid.set(`${appId} ${sid}`, recordingId);
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

  /** From the log, and from what is kept of recordings that were removed. */
  async #readNotifications(appId: string, notifications: readonly Notification[]): Promise<void> {
    const noticeIds = [...new Set(notifications.map(({ noticeId }) => noticeId))];
    const keys = [...new Set(notifications.map(contentKey))];
    const found = (
      table: 'observations' | 'removed_notifications',
      column: 'notice_id' | 'content_key',
      values: readonly string[],
    ) =>
      this.#transaction
        .selectFrom(table)
        .select(['hash', 'recording_id', `${column} as value`])
        .select(sql.lit(column).as('column'))
        .where('app_id', '=', appId)
        .where(column, 'in', values);
    const rows = await found('observations', 'notice_id', noticeIds)
      .unionAll(found('observations', 'content_key', keys))
      .unionAll(found('removed_notifications', 'notice_id', noticeIds))
      .unionAll(found('removed_notifications', 'content_key', keys))
      .execute();
    for (const { hash, recording_id: recordingId, column, value } of rows) {
      const known = { hash, recordingId };
      if (column === 'notice_id') this.#addNotice(`${appId} ${value}`, known);
      else this.#addContent(`${appId} ${value}`, known);
    }
  }

  async #readSids(appId: string, sids: readonly string[]): Promise<void> {
    const asked = [...new Set(sids)].filter((sid) => !this.#idBySid.has(`${appId} ${sid}`));
    if (asked.length === 0) return;
    const rows = await this.#transaction
      .selectFrom('recordings')
      .select(COLUMNS)
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
      .select(COLUMNS)
      .where('id', 'in', [...new Set(targets)])
      .execute();
    for (const id of targets) this.#recordings.set(id, null);
    for (const row of rows) this.#recordings.set(row.id, row);
  }
}
