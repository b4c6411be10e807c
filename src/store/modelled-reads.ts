import { type RecordingState } from '../recordings/state.js';
import { type Recording } from '../recordings/view/recording.js';
import { type Committed } from './log/record.js';
import { type CommittedState } from './log/rows.js';
import { STATES } from './log/stored-state.js';
import { type Page } from './reads/page.js';
import { type RecordingPageArguments } from './reads/recording-pages.js';
import {
  type LoadedState,
  type LoadedStates,
  ReadModel,
  type ReadModelOptions,
  type ReadModelStatistics,
} from './read-model.js';
import { type RemovalCause } from './maintenance/retention.js';
import { type ReportUnreadable } from './stored-json.js';
import { type StoreEngine } from './thread/engine.js';

/** What of the store is answered from the read model, or has effects on it. */
export interface ModelledReads extends Pick<
  StoreEngine,
  | 'recordingIdBySid'
  | 'eventPage'
  | 'event'
  | 'eventsAfter'
  | 'changesAfter'
  | 'tail'
  | 'forgetRecording'
  | 'postponeWatch'
> {
  /** States as they are in the database, for who decides by them; in the order asked, and the recording of an alias. */
  states(ids: readonly string[]): Promise<(RecordingState | null)[]>;
  /** Recordings for front ends, from the read model. It has what another gateway committed after at most MAX_SHARED_AGE_MS. */
  recordings(ids: readonly string[]): Promise<(Recording | null)[]>;
  /** As `recordingPage` of the engine, with the recordings from the read model. */
  recordingPage(page: RecordingPageArguments): Promise<Page<Recording>>;
  /** As `removeEnded` of the engine. Returns the amount removed; 0 when nothing is left to remove. */
  removeEnded(before: number, now: number): Promise<number>;
  readModel(): ReadModelStatistics;
}

export interface Modelled {
  reads: ModelledReads;
  /** Records a batch, and takes what it changed into the model before anyone hears of it. */
  commit: (record: () => Promise<Committed>) => Promise<Pick<Committed, 'recorded' | 'ended' | 'late'>>;
}

/** `onRemoved` is called when recordings were removed, with how many and why. */
export function createModelledReads(
  engine: StoreEngine,
  options: Omit<ReadModelOptions, 'read' | 'isShared'>,
  report: ReportUnreadable,
  onRemoved: (recordings: number, cause: RemovalCause) => void,
): Modelled {
  /** Parses here what the engine gives as text, once; what cannot be read is folded again there. */
  async function load(ids: readonly string[]): Promise<LoadedStates> {
    const { states, position } = await engine.states(ids);
    const loadOne = async (row: CommittedState | null): Promise<LoadedState | null> => {
      if (row === null) return null;
      const read = STATES.readIfPossible(row.state, row.id, report);
      const state = read ?? (await engine.refoldedState(row.id));
      return state === null ? null : { ...row, state, characters: row.state.length };
    };
    return { states: await Promise.all(states.map(loadOne)), position };
  }

  const isShared = engine.turns !== null;
  const model = new ReadModel({ ...options, isShared, read: load });

  function see(entries: readonly { observation: { recordingId: string }; position: number }[]): void {
    for (const { observation, position } of entries) model.see(observation.recordingId, position);
  }

  /** Reads of the log that are under way: many subscriptions ask for the same at once. */
  const reading = new Map<string, Promise<unknown>>();
  /** Grows when the log is found to have grown, before those who follow it are woken. */
  let growth = 0;

  /** Reads once for all who ask for the same. What was begun before the log grew is not given to those who ask since. */
  function together<Result>(asked: readonly unknown[], read: () => Promise<Result>): Promise<Result> {
    const key = JSON.stringify([growth, ...asked]);
    const known = reading.get(key) as Promise<Result> | undefined;
    if (known !== undefined) return known;
    const result = read().finally(() => reading.delete(key));
    reading.set(key, result);
    return result;
  }

  const reads: ModelledReads = {
    async states(ids) {
      const { states } = await load(ids);
      return states.map((loaded) => loaded?.state ?? null);
    },
    recordings: (ids) => model.recordings(ids),
    async recordingIdBySid(sid) {
      return model.idBySid(sid) ?? (await engine.recordingIdBySid(sid));
    },
    async recordingPage(asked) {
      const page = await engine.recordingPage(asked);
      const recordings = await model.recordings(page.items.map(({ item }) => item));
      // One that was removed or merged since its key was read is left out.
      const items = page.items.flatMap(({ item, cursor }, index) => {
        const recording = recordings[index] ?? null;
        return recording === null || recording.id !== item ? [] : [{ item: recording, cursor }];
      });
      return { ...page, items };
    },
    async eventPage(...asked) {
      const page = await engine.eventPage(...asked);
      see(page.items.map(({ item }) => item));
      return page;
    },
    async event(id) {
      const event = await engine.event(id);
      if (event !== null) see([event]);
      return event;
    },
    eventsAfter: (...asked) =>
      together(['events', ...asked], async () => {
        const read = await engine.eventsAfter(...asked);
        see(read.events);
        return read;
      }),
    changesAfter: (...asked) =>
      together(['changes', ...asked], async () => {
        const read = await engine.changesAfter(...asked);
        for (const { recordingId, last } of read.changes) model.see(recordingId, last);
        return read;
      }),
    async tail(after, limit) {
      const began = options.monotonic();
      const entries = await engine.tail(after, limit);
      for (const { recordingIds, position } of entries)
        for (const id of recordingIds) model.see(id, position);
      if (entries.length > 0) growth += 1;
      if (entries.length < limit) model.tailed(began);
      return entries;
    },
    async removeEnded(...asked) {
      const removed = await engine.removeEnded(...asked);
      for (const id of removed.recordingIds) model.drop(id);
      if (removed.recordingIds.length > 0) onRemoved(removed.recordingIds.length, 'age');
      return removed.amount;
    },
    async forgetRecording(id, now) {
      const isRemoved = await engine.forgetRecording(id, now);
      if (isRemoved) {
        model.drop(id);
        onRemoved(1, 'command');
      }
      return isRemoved;
    },
    async postponeWatch(recordingId, ...asked) {
      await engine.postponeWatch(recordingId, ...asked);
      // When the next step is due is shown.
      model.drop(recordingId);
    },
    readModel: () => model.statistics(),
  };

  return {
    reads,
    async commit(record) {
      let committed: Committed;
      try {
        committed = await record();
      } catch (error) {
        // It may have been committed all the same.
        model.clear();
        throw error;
      }
      const { recorded, states, ended, merged, late, position } = committed;
      for (const id of merged) model.drop(id);
      model.commit(states, position);
      // One that was written by an earlier attempt left no state now.
      for (const { recordingId, position: at } of recorded) if (at !== null) model.see(recordingId, at);
      return { recorded, ended, late };
    },
  };
}
