import { type GatewayClient } from './client.js';
import { isCursorExpired } from './errors.js';
import {
  type CountsDetailsFragment,
  EventCursorDocument,
  FollowEventsDocument,
  type FollowEventsSubscription,
  RecordingChangedDocument,
  RecordingCountsChangedDocument,
  type RecordingCountsFilter,
  type RecordingBy,
  type RecordingEventFilter,
  type RecordingFilter,
  type RecordingOrder,
  RecordingListChangedDocument,
  type RecordingListChangedSubscription,
  RecordingsDocument,
  type RecordingStatusFragment,
} from './generated/graphql.js';
import { follow } from './follow.js';
import { resuming, type ResumeOptions } from './resume.js';

/** A change as the subscription sends it. */
export type RecordingsChange = RecordingListChangedSubscription['recordingListChanged'];

/** A recording with the fields that the operations of this package ask for. */
export type RecordingStatus = RecordingStatusFragment;

export type RecordingEventItem = FollowEventsSubscription['recordingEvents'];

/** Phases that nothing follows. */
const FINAL_PHASES = ['COMPLETED', 'FAILED', 'LOST'];

/**
 * The recording as it is, then after each change, across cuts; completes after its provable end. Throws RECORDING_NOT_FOUND if there
 * is none, or when it is removed.
 */
export async function* watchRecording(
  client: GatewayClient,
  by: RecordingBy,
  options: ResumeOptions = {},
): AsyncGenerator<RecordingStatus, void> {
  let version = 0;
  for await (const { recordingChanged } of follow(client, RecordingChangedDocument, { by }, options)) {
    // After a cut the subscription begins with the state that was sent last.
    if (recordingChanged.version <= version) continue;
    version = recordingChanged.version;
    yield recordingChanged;
    if (FINAL_PHASES.includes(recordingChanged.phase) && !recordingChanged.phaseInferred) return;
  }
}

export interface CountsOptions extends ResumeOptions {
  filter?: RecordingCountsFilter | null;
}

/** How many recordings there are, and again when that has changed, across cuts. */
export async function* watchCounts(
  client: GatewayClient,
  { filter = null, ...options }: CountsOptions = {},
): AsyncGenerator<CountsDetailsFragment, void> {
  const counts = follow(client, RecordingCountsChangedDocument, { filter }, options);
  for await (const { recordingCountsChanged } of counts) yield recordingCountsChanged;
}

export interface EventsOptions extends ResumeOptions {
  filter?: RecordingEventFilter | null;
  /** Continue after this cursor. Default: only what happens from now on. */
  after?: string | null;
}

/**
 * Every event once and in order, across cuts. Throws CURSOR_EXPIRED if events were removed before they could be read: what was missed
 * is for the caller to decide.
 */
export async function* recordingEvents(
  client: GatewayClient,
  { filter = null, after = null, ...options }: EventsOptions = {},
): AsyncGenerator<RecordingEventItem, void> {
  let cursor = after;
  if (cursor === null) {
    const head = (signal: AbortSignal, works: () => void) => headCursor(client, signal, works);
    for await (const found of resuming(head, options)) cursor = found;
  }
  const events = follow(client, FollowEventsDocument, { filter, after: cursor }, options);
  for await (const { recordingEvents: item } of events) yield item;
}

/** Where the log ends now. Without it a cut before the first event would lose what came meanwhile. */
async function* headCursor(client: GatewayClient, signal: AbortSignal, works: () => void) {
  const { recordings } = await client.request(EventCursorDocument, {}, { signal });
  works();
  yield recordings.eventCursor;
}

export interface PageOptions {
  filter?: RecordingFilter | null;
  orderBy?: RecordingOrder | null;
}

export interface ChangesOptions extends ResumeOptions {
  filter?: RecordingFilter | null;
  /** The `changeCursor` of the page that is shown. */
  after: string;
}

/** The changes of a list, across cuts. Throws CURSOR_EXPIRED when the list must be read again. */
export async function* recordingChanges(
  client: GatewayClient,
  { filter = null, after, ...options }: ChangesOptions,
): AsyncGenerator<RecordingsChange, void> {
  const changes = follow(client, RecordingListChangedDocument, { filter, after }, options);
  for await (const { recordingListChanged } of changes) yield recordingListChanged;
}

/** What watchRecordings gives: the whole first page, and then what changes. */
export type RecordingsItem =
  | { type: 'page'; recordings: readonly RecordingStatus[]; hasMore: boolean }
  | { type: 'change'; change: RecordingsChange };

export interface WatchRecordingsOptions extends ResumeOptions, PageOptions {
  /** Recordings of the page, 1 to 100. Default 20. */
  first?: number;
}

/**
 * A page of recordings, and then every change of the list, across cuts. When the cursor has expired a page comes again, and replaces
 * what was shown.
 */
export async function* watchRecordings(
  client: GatewayClient,
  { first = 20, filter = null, orderBy = null, ...options }: WatchRecordingsOptions = {},
): AsyncGenerator<RecordingsItem, void> {
  for (;;) {
    const page = async function* (signal: AbortSignal, works: () => void) {
      const found = await client.request(RecordingsDocument, { first, filter, orderBy }, { signal });
      works();
      yield found.recordings;
    };
    let after: string | null = null;
    for await (const { edges, pageInfo, changeCursor } of resuming(page, options)) {
      after = changeCursor;
      yield { type: 'page', recordings: edges.map(({ node }) => node), hasMore: pageInfo.hasNextPage };
    }
    if (after === null) return;
    try {
      for await (const change of recordingChanges(client, { filter, after, ...options })) {
        yield { type: 'change', change };
      }
      return;
    } catch (error) {
      if (!isCursorExpired(error)) throw error;
    }
  }
}
