import { type FieldNode, Kind } from 'graphql';
import { MAX_COUNTED_DAYS } from '../../store/reads/counts.js';
import { MAX_LISTED } from '../../media/files-in-storage.js';
import { MAX_SOURCES } from '../../media/media.js';
import { MAX_CALLS } from './bounds.js';
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from '../pagination.js';

/** Connections by type and field. */
const PAGES = new Set([
  'Query.recordings',
  'Query.channels',
  'Query.files',
  'Query.problems',
  'Query.auditEntries',
  'Channel.recordings',
  'Recording.events',
  'Recording.files',
  'Recording.problems',
]);

/** What is read from the store for each parent: pages, counts, and the event of a problem. The rest is part of the recording. */
const READ_FROM_STORE = new Set([
  'Query.recordings',
  'Query.recordingCounts',
  'Query.channels',
  'Query.files',
  'Query.problems',
  'Query.auditEntries',
  'Channel.recordings',
  'Recording.events',
  'Recording.files',
  'Recording.calls',
  'Problem.event',
  'RecordingConnection.totalCount',
  'RecordingEventConnection.totalCount',
  'RecordedFileConnection.totalCount',
  'ProblemConnection.totalCount',
  'ChannelConnection.totalCount',
]);

/** Lists that are read as a whole, with the most that they hold, or for introspection about what this schema has. */
const LISTS: Readonly<Record<string, number>> = {
  'RecordedFileSet.files': 2_000,
  'Recording.streams': 64,
  'Delivery.missing': 100,
  'Query.nodes': MAX_PAGE_SIZE,
  'Recording.calls': MAX_CALLS,
  'GatewayStatus.outages': 40,
  'RecordingCounts.byDay': MAX_COUNTED_DAYS,
  'RecordingPlayback.hls': MAX_SOURCES,
  'RecordingPlayback.mp4': MAX_SOURCES,
  'FileCheck.missing': MAX_LISTED,
  'FileCheck.denied': MAX_LISTED,
  '__Schema.types': 200,
  '__Type.fields': 10,
  '__Type.inputFields': 10,
  '__Type.enumValues': 10,
  '__Type.possibleTypes': 10,
  '__Type.interfaces': 3,
  '__Field.args': 3,
};

/** The length of other lists: few entries, which callers or Agora set. */
const DEFAULT_LIST_LENGTH = 8;

export function isReadFromStore(coordinate: string): boolean {
  return READ_FROM_STORE.has(coordinate);
}

/** How many objects or values a field may hold: a page that a variable sizes counts as the largest. */
export function sizeOf(coordinate: string, field: FieldNode, isList: boolean): number {
  // The edges and nodes of a connection count with the connection, whose argument says how many there are.
  if (!PAGES.has(coordinate)) {
    if (/Connection\.(edges|nodes)$/.test(coordinate)) return 1;
    return LISTS[coordinate] ?? (isList ? DEFAULT_LIST_LENGTH : 1);
  }
  const sizes = (field.arguments ?? []).flatMap(({ name, value }) => {
    if (!['first', 'last'].includes(name.value) || value.kind === Kind.NULL) return [];
    // The resolver refuses sizes out of range, and `first` with `last`.
    return value.kind === Kind.INT
      ? [Math.min(Math.max(Number(value.value), 1), MAX_PAGE_SIZE)]
      : [MAX_PAGE_SIZE];
  });
  return sizes.length === 0 ? DEFAULT_PAGE_SIZE : Math.max(...sizes);
}
