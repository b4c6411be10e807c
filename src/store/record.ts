import { type Kysely, type Transaction } from 'kysely';
import { fold } from '../recordings/fold.js';
import { type Notification } from '../agora/notification.js';
import { type Observation } from '../recordings/observation.js';
import { visiblePart } from '../recordings/recording.js';
import { emptyState } from '../recordings/state.js';
import { filterFacts } from './filter.js';
import { mergeRecordings, type Touched } from './merge.js';
import { keysOf } from './observation-keys.js';
import { observationType, recordingColumns, stateOf } from './rows.js';
import { type Schema } from './schema.js';

/** What became of one observation. */
export interface Recorded {
  /** `conflict`: its noticeId had come before with other content; it is stored all the same. */
  outcome: 'stored' | 'duplicate' | 'conflict';
  recordingId: string;
  /** Where it stands in the log; null for a duplicate. */
  position: number | null;
  /** Why it could not be folded. It is stored, and the recording stands as it stood. */
  foldError: string | null;
}

/** Clocks differ: an event counts as after an acquire if it is no more than this before it. */
const CLOCK_SKEW_MS = 10_000;

/**
 * So long after a start in doubt an unknown recording in its place is taken for it. Later it is more likely one that was
 * started elsewhere.
 */
const DOUBT_LASTS_MS = 60 * 60_000;

const MOST_CANDIDATES = 20;

/**
 * The one door in: writes a batch of observations in one transaction that holds the write lock from its start. What is
 * new is appended to the log, folded, and the recordings it touched are written; so no update is lost, and positions
 * are in commit order.
 */
export class RecordTransaction {
  readonly #transaction: Transaction<Schema>;
  readonly #mintId: () => string;
  readonly #touched = new Map<string, Touched>();
  /** Recordings of ours that a notification is about to give their sid. */
  readonly #startedWithoutSid = new Set<string>();

  constructor(transaction: Transaction<Schema>, mintId: () => string) {
    this.#transaction = transaction;
    this.#mintId = mintId;
  }

  async record(observation: Observation): Promise<Recorded> {
    const { content } = observation;
    if (content.kind !== 'notification') {
      return await this.#append(observation, await this.#identify(observation), 'stored');
    }
    const keys = keysOf(content.notification, observation.hash);
    const known = await this.#transaction
      .selectFrom('observation_keys')
      .select(['key', 'hash', 'recording_id'])
      .where('app_id', '=', observation.appId)
      .where('key', 'in', Object.values(keys))
      .execute();
    const byNotice = known.find((row) => row.key === keys.notice);
    const byContent = known.find((row) => row.key === keys.content);
    const byHash = known.find((row) => row.key === keys.exact);
    const conflict = byNotice !== undefined && byNotice.hash !== observation.hash;
    const earlier = conflict ? byHash : (byNotice ?? byContent);
    if (earlier !== undefined) return await this.#countDuplicate(earlier.recording_id);
    const touched = await this.#identify(observation);
    for (const key of conflict ? [keys.exact] : [keys.notice, keys.content]) {
      await this.#transaction
        .insertInto('observation_keys')
        .values({
          app_id: observation.appId,
          key,
          hash: observation.hash,
          recording_id: touched.state.id,
          received_at: observation.receivedAt,
        })
        .onConflict((conflicting) => conflicting.doNothing())
        .execute();
    }
    return await this.#append(observation, touched, conflict ? 'conflict' : 'stored');
  }

  /** Writes the recordings that the batch touched. */
  async finish(): Promise<void> {
    for (const { state, createdAt, changedPosition } of this.#touched.values()) {
      const columns = recordingColumns(state);
      await this.#transaction
        .insertInto('recordings')
        .values({ ...columns, created_at: createdAt, changed_position: changedPosition })
        .onConflict((conflict) =>
          conflict.column('id').doUpdateSet({ ...columns, changed_position: changedPosition }),
        )
        .execute();
    }
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
      leftBehind = changed && !isNew ? JSON.stringify(filterFacts(seen)) : null;
      next = folded;
    } catch (error) {
      foldError = error instanceof Error ? error.message : String(error);
    }
    const bookkeeping = {
      ...next.bookkeeping,
      version: before.bookkeeping.version + (changed ? 1 : 0),
      conflicts: next.bookkeeping.conflicts + (outcome === 'conflict' ? 1 : 0),
    };
    touched.state = { ...next, bookkeeping };
    const { position } = await this.#transaction
      .insertInto('observations')
      .values({
        id: observation.id,
        app_id: observation.appId,
        recording_id: before.id,
        source: observation.source,
        type: observationType(observation.content, observation.source),
        occurred_at: observation.occurredAt,
        received_at: observation.receivedAt,
        content: JSON.stringify(observation.content),
        raw: observation.raw,
        hash: observation.hash,
        version: bookkeeping.version,
        changed: changed ? 1 : 0,
        before: leftBehind,
        fold_error: foldError,
      })
      .returning('position')
      .executeTakeFirstOrThrow();
    if (changed) touched.changedPosition = position;
    await this.#settleAttempt(observation, before.id);
    const recordingId = await this.#mergeBySid(touched);
    return { outcome, recordingId, position, foldError };
  }

  /** A start's answer settles its attempt; so does the notification that gives it the sid. */
  async #settleAttempt(observation: Observation, recordingId: string): Promise<void> {
    const { content } = observation;
    const answers =
      (content.kind === 'reply' || content.kind === 'no-reply') && content.operation === 'start';
    const told = content.kind === 'notification' && this.#startedWithoutSid.delete(recordingId);
    const unconfirmed = content.kind === 'deadline' && content.deadline === 'START_UNCONFIRMED';
    if (!answers && !told && !unconfirmed) return;
    const state = this.#touched.get(recordingId)?.state;
    if (state === undefined || state.startRefused) return;
    const open = unconfirmed ? ('UNCONFIRMED' as const) : ('IN_DOUBT' as const);
    await this.#transaction
      .updateTable('start_attempts')
      .set({ outcome: state.sid === null ? open : 'STARTED', settled_at: observation.receivedAt })
      .where('recording_id', '=', recordingId)
      .execute();
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
      throw new Error(`There is no recording and no start attempt ${observation.recordingId}.`);
    }
    const { content } = observation;
    if (content.kind !== 'notification')
      throw new Error('Only a notification may come without its recording.');
    const { notification } = content;
    return (
      (await this.#loadBySid(observation.appId, notification.sid)) ??
      (await this.#findPendingStart(observation.appId, notification)) ??
      this.#touch({
        state: emptyState({
          id: this.#mintId(),
          appId: observation.appId,
          channel: notification.cname,
          uid: notification.uid,
          firstSeenAt: observation.occurredAt,
        }),
        createdAt: observation.receivedAt,
        changedPosition: 0,
      })
    );
  }

  #touch(touched: Touched): Touched {
    this.#touched.set(touched.state.id, touched);
    return touched;
  }

  async #load(id: string): Promise<Touched | null> {
    const held = this.#touched.get(id);
    if (held !== undefined) return held;
    const alias = await this.#transaction
      .selectFrom('recording_aliases')
      .select('recording_id')
      .where('id', '=', id)
      .executeTakeFirst();
    const target = alias?.recording_id ?? id;
    return this.#touched.get(target) ?? (await this.#loadRow(target));
  }

  async #loadBySid(appId: string, sid: string): Promise<Touched | null> {
    for (const touched of this.#touched.values()) {
      if (touched.state.appId === appId && touched.state.sid?.value === sid) return touched;
    }
    const row = await this.#transaction
      .selectFrom('recordings')
      .select(['id'])
      .where('app_id', '=', appId)
      .where('sid', '=', sid)
      .executeTakeFirst();
    return row === undefined ? null : await this.#load(row.id);
  }

  async #loadRow(id: string): Promise<Touched | null> {
    const row = await this.#transaction
      .selectFrom('recordings')
      .select(['state', 'created_at', 'changed_position'])
      .where('id', '=', id)
      .executeTakeFirst();
    if (row === undefined) return null;
    return this.#touch({
      state: stateOf(row),
      createdAt: Number(row.created_at),
      changedPosition: Number(row.changed_position),
    });
  }

  /** Opens the recording of an attempt: its log begins with the start that was sent. */
  async #openAttempt(recordingId: string): Promise<Touched | null> {
    const attempt = await this.#transaction
      .selectFrom('start_attempts')
      .select(['observation', 'created_at'])
      .where('recording_id', '=', recordingId)
      .executeTakeFirst();
    if (attempt === undefined) return null;
    const observation = JSON.parse(attempt.observation) as Observation;
    if (observation.content.kind !== 'attempt')
      throw new Error(`The attempt ${recordingId} holds no attempt.`);
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
      changedPosition: 0,
    });
    await this.#append(observation, touched, 'stored');
    return touched;
  }

  /**
   * The start of ours that the notification can be of: same place, no sid yet, acquired before it happened and not long
   * before. Agora runs one recording in a place, so of several the latest is the one.
   */
  async #findPendingStart(appId: string, notification: Notification): Promise<Touched | null> {
    const { cname, uid, sendts } = notification;
    const attempts = await this.#transaction
      .selectFrom('start_attempts')
      .leftJoin('recordings', 'recordings.id', 'start_attempts.recording_id')
      .select('start_attempts.recording_id as id')
      .where('start_attempts.app_id', '=', appId)
      .where('start_attempts.channel', '=', cname)
      .where('start_attempts.uid', '=', uid)
      .where('start_attempts.outcome', 'in', ['PENDING', 'IN_DOUBT', 'UNCONFIRMED'])
      .where('start_attempts.acquired_at', '<=', sendts + CLOCK_SKEW_MS)
      .where('start_attempts.acquired_at', '>', sendts - DOUBT_LASTS_MS)
      .where('recordings.sid', 'is', null)
      .orderBy('start_attempts.acquired_at', 'desc')
      .limit(MOST_CANDIDATES)
      .execute();
    const free = attempts.find(({ id }) => this.#touched.get(id)?.state.sid == null);
    if (free === undefined) return null;
    this.#startedWithoutSid.add(free.id);
    return (await this.#load(free.id)) ?? (await this.#openAttempt(free.id));
  }

  /** Two recordings of one (appId, sid) are one: the older id stays, the other one becomes an alias of it. */
  async #mergeBySid(touched: Touched): Promise<string> {
    const { id, appId, sid } = touched.state;
    if (sid === null) return id;
    const others = [...this.#touched.values()].filter(
      (other) => other.state.id !== id && other.state.appId === appId && other.state.sid?.value === sid.value,
    );
    const row = await this.#transaction
      .selectFrom('recordings')
      .select('id')
      .where('app_id', '=', appId)
      .where('sid', '=', sid.value)
      .where('id', '!=', id)
      .executeTakeFirst();
    const stored = row === undefined ? null : await this.#load(row.id);
    const other = others[0] ?? stored;
    if (other === null || other === undefined) return id;
    const [kept, dropped] = other.createdAt <= touched.createdAt ? [other, touched] : [touched, other];
    this.#touched.delete(dropped.state.id);
    this.#touch(await mergeRecordings(this.#transaction, kept, dropped));
    return kept.state.id;
  }
}

/** Records a batch in one transaction: all of it, or nothing. */
export async function recordBatch(
  database: Kysely<Schema>,
  observations: readonly Observation[],
  mintId: () => string,
): Promise<Recorded[]> {
  return await database.transaction().execute(async (transaction) => {
    const batch = new RecordTransaction(transaction, mintId);
    const recorded: Recorded[] = [];
    for (const observation of observations) recorded.push(await batch.record(observation));
    await batch.finish();
    return recorded;
  });
}
