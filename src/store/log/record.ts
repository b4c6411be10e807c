import { type Transaction } from 'kysely';
import { type AssumptionName } from '@agora-recording-gateway/agora/assumptions';
import { contradictedByHistory } from '../../recordings/contradictions.js';
import { fold } from '../../recordings/fold/fold.js';
import { canBeStartOf, sidOfStart, withoutReply } from '../../recordings/identity.js';
import { type Notification } from '@agora-recording-gateway/agora/webhook/notification';
import { type Observation } from '../../recordings/observation.js';
import { snapshotNameOf } from '../../recordings/snapshot-name.js';
import { visiblePart } from '../../recordings/view/recording.js';
import { changedAtOf, emptyState, type RecordingState } from '../../recordings/state.js';
import { contentKey } from './content-key.js';
import { type Database } from '../drivers/database.js';
import { filterFacts } from '../reads/filter.js';
import { KEPT_FACTS } from './kept-facts.js';
import { ATTEMPT_OBSERVATIONS, CONTENTS } from './stored-content.js';
import { Known } from './known.js';
import { mergeRecordings, type Touched } from './merge.js';
import { pendingStarts, settleAttempt } from '../starts/pending-starts.js';
import { stateOf } from './refold.js';
import { SetAside } from './set-aside.js';
import { splitRecording } from './split.js';
import { type CommittedState, observationType } from './rows.js';
import { type Schema } from '../migrations/schema.js';
import { type ReportUnreadable } from '../stored-json.js';
import { type LogRow, type RecordStatements } from './statements.js';
import { type Ended, writeRecordings } from './write-recordings.js';

/** Called for each observation that contradicts assumptions, with the recording it belongs to. */
type OnContradictions = (names: readonly AssumptionName[], recordingId: string) => void;

export interface RecordParts {
  /** Makes a new recording's id. */
  mintId: () => string;
  onContradictions: OnContradictions;
  statements: RecordStatements;
  onUnreadable: ReportUnreadable;
  /** Recordings that notifications may add to a project in an hour; null for any number. */
  maxUnknownRecordings: number | null;
}

/**
 * The outcomes of recording an observation. `conflict`: its noticeId had come before with other content; it is stored all the same.
 * `set-aside`: a notification that belongs to no recording, as too many were added in this hour; it is kept until one has its sid.
 */
export const OUTCOMES = ['stored', 'duplicate', 'conflict', 'set-aside'] as const;

/** The outcome of recording one observation. */
export interface Recorded {
  outcome: (typeof OUTCOMES)[number];
  /** Empty if it was set aside. */
  recordingId: string;
  /** Where it stands in the log; null for a duplicate and for what was set aside. */
  position: number | null;
  /** Why it could not be folded. It is stored, and the recording stands as it stood. */
  foldError: string | null;
}

/** What a batch has changed, which holds once it is committed. */
export interface Committed {
  /** For each observation of the batch, in its order; then for each that was set aside before and now has its recording. */
  recorded: Recorded[];
  states: CommittedState[];
  /** Recordings that ended with it, of those that had not ended before. */
  ended: Ended[];
  /** Recordings that were found to be others. */
  merged: string[];
  /** Notifications of it that came after one with a greater sequence number of the same recorder. */
  late: number;
  /** How far the log goes with it. */
  position: number;
}

const NOTHING_YET = { position: 0 };

const nothingListed = (): Pick<Touched, 'shown' | 'snapshots'> => ({ shown: null, snapshots: [] });

/** A row of the log that is yet to be written. */
interface Appended {
  row: LogRow;
  recorded: Recorded;
}

/**
 * The one door in: writes a batch of observations in one transaction that holds the write lock from its start. What is
 * new is appended to the log, folded, and the recordings it touched are written; so no update is lost, and positions
 * are in commit order.
 */
export class RecordTransaction {
  readonly #transaction: Transaction<Schema>;
  readonly #mintId: () => string;
  readonly #onContradictions: OnContradictions;
  readonly #statements: RecordStatements;
  readonly #onUnreadable: ReportUnreadable;
  readonly #known: Known;
  readonly #setAside: SetAside;
  /** Sids that recordings have by this batch, by App ID. */
  readonly #newSids = new Map<string, string[]>();
  readonly #touched = new Map<string, Touched>();
  /** Recordings of ours that a notification is about to give their sid. */
  readonly #startedWithoutSid = new Set<string>();
  /** What is yet to be written, in its order. */
  #appended: Appended[] = [];
  #position: number | null = null;
  readonly #merged: string[] = [];
  #late = 0;

  constructor(transaction: Transaction<Schema>, parts: RecordParts) {
    const { mintId, onContradictions, statements, onUnreadable } = parts;
    this.#transaction = transaction;
    this.#mintId = mintId;
    this.#onContradictions = onContradictions;
    this.#statements = statements;
    this.#onUnreadable = onUnreadable;
    this.#known = new Known(transaction);
    this.#setAside = new SetAside(transaction, parts);
  }

  /** Records a batch; the results hold once the transaction is committed. */
  async record(observations: readonly Observation[]): Promise<Committed> {
    await this.#known.read(observations);
    const recorded: Recorded[] = [];
    for (const observation of observations) recorded.push(await this.#recordOne(observation));
    for (const [appId, sids] of this.#newSids) recorded.push(...(await this.#takeIn(appId, sids)));
    await this.#writeLog();
    const written = await writeRecordings(this.#transaction, this.#statements, this.#touched.values());
    const position = this.#position ?? (await this.#head());
    return { recorded, ...written, merged: this.#merged, late: this.#late, position };
  }

  async #recordOne(observation: Observation): Promise<Recorded> {
    // A commit whose answer was lost is tried again: it is neither doubled nor taken for a repetition of Agora's.
    const written = this.#known.written(observation.id);
    if (written !== undefined) return { outcome: 'stored', ...written };
    const { appId, content, hash } = observation;
    if (content.kind !== 'notification') {
      const touched = await this.#identify(observation);
      const isOfAnother = await this.#isOfAnotherTask(observation, touched.state);
      return await this.#append(isOfAnother ? withoutReply(observation) : observation, touched, 'stored');
    }
    const { notification } = content;
    const sameNotice = this.#known.withNoticeId(appId, notification.noticeId);
    const conflict = sameNotice.length > 0 && sameNotice.every((known) => known.hash !== hash);
    const earlier =
      sameNotice.find((known) => known.hash === hash) ?? this.#known.withContentOf(appId, notification);
    if (!conflict && earlier !== undefined) return await this.#countDuplicate(earlier.recordingId);
    const touched = await this.#identifyNotification(observation, notification);
    if (touched === null) {
      await this.#setAside.keep(observation, notification.sid);
      return { outcome: 'set-aside', recordingId: '', position: null, foldError: null };
    }
    this.#known.addNotification(appId, notification, { hash, recordingId: touched.state.id });
    return await this.#append(observation, touched, conflict ? 'conflict' : 'stored');
  }

  /** Records what was set aside of sids that recordings have by now. */
  async #takeIn(appId: string, sids: readonly string[]): Promise<Recorded[]> {
    const observations = await this.#setAside.take(appId, sids);
    if (observations.length === 0) return [];
    await this.#known.read(observations);
    const recorded: Recorded[] = [];
    for (const observation of observations) recorded.push(await this.#recordOne(observation));
    return recorded;
  }

  async #writeLog(): Promise<void> {
    const appended = this.#appended;
    this.#appended = [];
    if (appended.length === 0) return;
    const rows = appended.map(({ row }) => row);
    const written = await this.#transaction.executeQuery(this.#statements.log.of(rows));
    const positions = new Map(written.rows.map(({ id, position }) => [id, position]));
    for (const { row, recorded } of appended) recorded.position = positions.get(row.id) ?? null;
    this.#position = Math.max(this.#position ?? 0, ...positions.values());
  }

  /** The end of the log, where the batch adds nothing to it. */
  async #head(): Promise<number> {
    const { head } = await this.#transaction
      .selectFrom('observations')
      .select((select) => select.fn.max('position').as('head'))
      .executeTakeFirstOrThrow();
    return Number(head ?? 0);
  }

  async #append(
    observation: Observation,
    touched: Touched,
    outcome: 'stored' | 'conflict',
  ): Promise<Recorded> {
    const before = touched.state;
    let next = before;
    let changed = false;
    let leftBehind: string | null = null;
    let foldError: string | null = null;
    try {
      const folded = fold(before, { ...observation, recordingId: before.id });
      const seen = visiblePart(before);
      const isNew = before.bookkeeping.version === 0;
      changed = isNew || JSON.stringify(seen) !== JSON.stringify(visiblePart(folded));
      leftBehind =
        changed && !isNew ? KEPT_FACTS.write(filterFacts({ ...seen, changedAt: changedAtOf(before) })) : null;
      next = folded;
      this.#late += folded.bookkeeping.outOfOrder - before.bookkeeping.outOfOrder;
      if (changed) touched.shown ??= seen;
      const contradictions = contradictedByHistory(before, observation);
      if (contradictions.length > 0) this.#onContradictions(contradictions, before.id);
    } catch (error) {
      foldError = error instanceof Error ? error.message : String(error);
    }
    const bookkeeping = {
      ...next.bookkeeping,
      version: before.bookkeeping.version + (changed ? 1 : 0),
      conflicts: next.bookkeeping.conflicts + (outcome === 'conflict' ? 1 : 0),
      ...(changed ? { changedAt: observation.receivedAt } : {}),
    };
    touched.state = { ...next, bookkeeping };
    const recorded: Recorded = { outcome, recordingId: before.id, position: null, foldError };
    const { content } = observation;
    const notification = content.kind === 'notification' ? content.notification : null;
    const row = {
      id: observation.id,
      app_id: observation.appId,
      recording_id: before.id,
      source: observation.source,
      type: observationType(content, observation.source),
      occurred_at: observation.occurredAt,
      received_at: observation.receivedAt,
      content: CONTENTS.write(content),
      raw: observation.raw,
      hash: observation.hash,
      notice_id: notification?.noticeId ?? null,
      content_key: notification === null ? null : contentKey(notification),
      file_name: snapshotNameOf(content),
      version: bookkeeping.version,
      changed: changed ? 1 : 0,
      before: leftBehind,
      fold_error: foldError,
    };
    this.#appended.push({ row, recorded });
    if (row.file_name !== null)
      touched.snapshots.push({ fileName: row.file_name, reportedAt: observation.occurredAt });
    if (changed) touched.changedBy = recorded;
    await this.#splitBySid(observation, touched, before);
    await this.#settleAttempt(observation, before.id);
    recorded.recordingId = await this.#mergeBySid(touched, before, observation.receivedAt);
    return recorded;
  }

  /** A start's answer settles its attempt; so does the notification that gives it the sid. */
  async #settleAttempt(observation: Observation, recordingId: string): Promise<void> {
    const { content } = observation;
    const answers =
      (content.kind === 'reply' || content.kind === 'no-reply') && content.operation === 'start';
    const notified = content.kind === 'notification' && this.#startedWithoutSid.delete(recordingId);
    const unconfirmed = content.kind === 'deadline' && content.deadline === 'START_UNCONFIRMED';
    if (!answers && !notified && !unconfirmed) return;
    const state = this.#touched.get(recordingId)?.state;
    if (state === undefined || state.startRefused) return;
    const open = unconfirmed ? 'UNCONFIRMED' : 'IN_DOUBT';
    const outcome = state.sid === null ? open : 'STARTED';
    await settleAttempt(this.#transaction, recordingId, outcome, observation.receivedAt);
  }

  async #countDuplicate(recordingId: string): Promise<Recorded> {
    const touched = await this.#load(recordingId);
    if (touched !== null) {
      const { bookkeeping } = touched.state;
      const duplicates = bookkeeping.duplicates + 1;
      touched.state = { ...touched.state, bookkeeping: { ...bookkeeping, duplicates } };
    }
    return {
      outcome: 'duplicate',
      recordingId: touched?.state.id ?? recordingId,
      position: null,
      foldError: null,
    };
  }

  /** Which recording an observation belongs to; one that is not there yet is made. */
  async #identify(observation: Observation): Promise<Touched> {
    if (observation.recordingId !== null) {
      const known =
        (await this.#load(observation.recordingId)) ?? (await this.#openAttempt(observation.recordingId));
      if (known !== null) return known;
      throw new Error(`Unknown recording ${observation.recordingId}.`);
    }
    const { content } = observation;
    if (content.kind === 'adoption') {
      const { sid, facts } = content;
      return (
        (await this.#loadBySid(observation.appId, sid)) ??
        this.#begin(observation, { channel: facts.channel, uid: facts.uid })
      );
    }
    throw new Error('Only a notification or an adoption may come without its recording.');
  }

  /** The recording of a notification; null if it is unknown and too many were added in this hour. */
  async #identifyNotification(observation: Observation, notification: Notification): Promise<Touched | null> {
    if (observation.recordingId !== null) return await this.#identify(observation);
    const { appId, receivedAt } = observation;
    const { sid, cname, uid } = notification;
    const known = (await this.#loadBySid(appId, sid)) ?? (await this.#findPendingStart(appId, notification));
    if (known !== null) return known;
    return (await this.#setAside.mayBegin(appId, receivedAt))
      ? this.#begin(observation, { channel: cname, uid })
      : null;
  }

  /** A recording that was started elsewhere. */
  #begin({ appId, occurredAt, receivedAt }: Observation, place: { channel: string; uid: string }): Touched {
    return this.#touch({
      state: emptyState({ id: this.#mintId(), appId, ...place, firstSeenAt: occurredAt }),
      createdAt: receivedAt,
      changedBy: NOTHING_YET,
      stored: null,
      ...nothingListed(),
    });
  }

  #touch(touched: Touched): Touched {
    this.#touched.set(touched.state.id, touched);
    return touched;
  }

  async #load(id: string): Promise<Touched | null> {
    const held = this.#touched.get(id) ?? this.#touched.get(await this.#known.idOf(id));
    if (held !== undefined) return held;
    const row = await this.#known.recording(id);
    const state = row === null ? null : await stateOf(this.#transaction, row, this.#onUnreadable);
    if (row === null || state === null) return null;
    return this.#touch({
      state,
      createdAt: Number(row.created_at),
      changedBy: { position: Number(row.changed_position) },
      stored: row,
      ...nothingListed(),
    });
  }

  async #loadBySid(appId: string, sid: string): Promise<Touched | null> {
    const id = await this.#known.idBySid(appId, sid);
    return id === null ? null : await this.#load(id);
  }

  /** Opens the recording of an attempt: its log begins with the start that was sent. Null if it is not there or cannot be read. */
  async #openAttempt(recordingId: string): Promise<Touched | null> {
    const attempt = await this.#transaction
      .selectFrom('start_attempts')
      .select(['observation', 'created_at'])
      .where('recording_id', '=', recordingId)
      .executeTakeFirst();
    if (attempt === undefined) return null;
    const observation = ATTEMPT_OBSERVATIONS.readIfPossible(
      attempt.observation,
      recordingId,
      this.#onUnreadable,
    );
    if (observation?.content.kind !== 'attempt') return null;
    const { facts } = observation.content;
    const touched = this.#touch({
      state: emptyState({
        id: recordingId,
        appId: observation.appId,
        channel: facts.channel,
        uid: facts.uid,
        firstSeenAt: observation.occurredAt,
      }),
      createdAt: Number(attempt.created_at),
      changedBy: NOTHING_YET,
      stored: null,
      ...nothingListed(),
    });
    await this.#append(observation, touched, 'stored');
    return touched;
  }

  /** The start of ours that the notification is taken for: the latest that it can be of. */
  async #findPendingStart(appId: string, notification: Notification): Promise<Touched | null> {
    const attempts = await pendingStarts(this.#transaction, appId, notification);
    const free = attempts.find((id) => this.#touched.get(id)?.state.sid == null);
    if (free === undefined) return null;
    this.#startedWithoutSid.add(free);
    return (await this.#load(free)) ?? (await this.#openAttempt(free));
  }

  /** Whether a start's reply gives a sid that a recording of another task has. */
  async #isOfAnotherTask(observation: Observation, state: RecordingState): Promise<boolean> {
    const sid = sidOfStart(observation);
    const other = sid === null ? null : await this.#loadBySid(observation.appId, sid);
    return other !== null && other.state.id !== state.id && !canBeStartOf(other.state, state);
  }

  /**
   * A notification with an unknown sid is taken for one of a pending start with the same channel and uid. If the start's
   * reply gives another sid, it was of another recording: that one gets its notifications.
   */
  async #splitBySid(observation: Observation, touched: Touched, before: RecordingState): Promise<void> {
    const sid = sidOfStart(observation);
    const { appId } = observation;
    if (sid === null || before.sid === null || touched.state.sid?.value === before.sid.value) return;
    await this.#writeLog();
    const foreign = this.#begin(observation, { channel: before.channel, uid: before.uid });
    await splitRecording(this.#transaction, touched, foreign, before.sid.value, this.#onUnreadable);
    this.#known.addSid(appId, before.sid.value, foreign.state.id);
    this.#known.addSid(appId, sid, touched.state.id);
  }

  /** Two recordings of one (appId, sid) are one: the older id stays, the other one becomes an alias of it. */
  async #mergeBySid(touched: Touched, before: RecordingState, now: number): Promise<string> {
    const { id, appId, sid } = touched.state;
    if (sid === null || sid.value === before.sid?.value) return id;
    const other = await this.#loadBySid(appId, sid.value);
    this.#newSids.set(appId, [...(this.#newSids.get(appId) ?? []), sid.value]);
    if (other === null || other.state.id === id) {
      this.#known.addSid(appId, sid.value, id);
      return id;
    }
    const [kept, dropped] = other.createdAt <= touched.createdAt ? [other, touched] : [touched, other];
    this.#touched.delete(dropped.state.id);
    this.#merged.push(dropped.state.id);
    await this.#writeLog();
    this.#touch(await mergeRecordings(this.#transaction, kept, dropped, now));
    this.#known.addAlias(dropped.state.id, kept.state.id);
    return kept.state.id;
  }
}

/** Records a batch in one transaction: all of it, or nothing. Each observation of a batch has a different id. */
export async function recordBatch(
  database: Database,
  observations: readonly Observation[],
  parts: RecordParts,
): Promise<Committed> {
  return await database.kysely
    .transaction()
    .execute((transaction) => new RecordTransaction(transaction, parts).record(observations));
}
