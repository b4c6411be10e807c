import { type Kysely } from 'kysely';
import { type FileKind } from '@agora-recording-gateway/agora/tables/file-name';
import { type AgoraFile } from '@agora-recording-gateway/agora/webhook/file-list';
import { type Schema } from '../migrations/schema.js';
import { type Cursors } from './cursor.js';
import { isOneOf } from './is-one-of.js';
import { type Count, type Page } from './page.js';
import { type PlaceFilter, placeConditions } from './place-filter.js';
import { beginsWith } from './range.js';
import { createWalk, type List, type PageAsked } from './walk.js';

/** Lets through what fits every field that is given. Times are Unix milliseconds. */
export interface FileFilter extends PlaceFilter {
  namePrefix?: string | null;
  kinds?: string[] | null;
}

/** Each order with its columns. */
export const FILE_ORDERS = {
  TIME_DESC: { by: 'at', direction: 'desc' },
  TIME_ASC: { by: 'at', direction: 'asc' },
  NAME_ASC: { by: 'name', direction: 'asc' },
  NAME_DESC: { by: 'name', direction: 'desc' },
} as const;

export type FileOrder = keyof typeof FILE_ORDERS;

/** A file with the recording that it is of. */
export interface ListedFile extends AgoraFile {
  recordingId: string;
  kind: FileKind;
}

export interface FilePageArguments extends PageAsked {
  filter: FileFilter;
  orderBy: FileOrder;
}

export interface FileReads {
  /** Files of all recordings, screenshots included. Bounded as recordingPage; the page may be shorter than asked for. */
  filePage(page: FilePageArguments): Promise<Page<ListedFile>>;
  /** Exact up to MAX_COUNT, where no more than MAX_COUNTED_ROWS must be looked through. */
  fileCount(filter: FileFilter): Promise<Count>;
}

const KEYS = {
  at: [
    ['at', 'number'],
    ['recording_id', 'string'],
    ['file_name', 'string'],
  ],
  name: [
    ['file_name', 'string'],
    ['recording_id', 'string'],
  ],
} as const;

function listOf(filter: FileFilter, orderBy: FileOrder): List<'recording_files'> {
  const { by, direction } = FILE_ORDERS[orderBy];
  const { namePrefix, kinds } = filter;
  const place = placeConditions(filter);
  const prefix = namePrefix == null ? [] : [beginsWith('recordings.file_name', namePrefix)];
  const isByTime = by === 'at';
  const served = isByTime ? [...place.times, ...place.channel] : prefix;
  return {
    table: 'recording_files',
    cursor: by === 'at' ? 'file at' : 'file name',
    key: KEYS[by],
    direction,
    served,
    indexed: isByTime ? [...place.indexed, ...prefix] : [...place.indexed, ...place.channel],
    others: [
      ...place.others,
      ...(isByTime ? prefix : [...place.times, ...place.channel]),
      ...(kinds == null ? [] : [isOneOf('recordings.kind', kinds)]),
    ],
    columns: ['app_id', 'channel', 'kind', 'at', 'file_name'],
    bytes: null,
  };
}

export function createFileReads(database: Kysely<Schema>, cursors: Cursors): FileReads {
  const walk = createWalk(database, cursors);

  return {
    async filePage({ filter, orderBy, ...asked }) {
      const page = await walk.page(listOf(filter, orderBy), asked);
      const items = page.items.map(({ item: row, cursor }) => {
        const item: ListedFile = {
          recordingId: row.recording_id,
          fileName: row.file_name,
          kind: row.kind as FileKind,
          trackType: row.track_type,
          uid: row.uid,
          mixedAllUser: row.mixed_all_users === null ? null : row.mixed_all_users === 1,
          isPlayable: row.playable === null ? null : row.playable === 1,
          sliceStartTime: row.started_at === null ? null : Number(row.started_at),
        };
        return { item, cursor };
      });
      return { ...page, items, bytes: page.items.reduce((sum, { item }) => sum + item.file_name.length, 0) };
    },
    fileCount: (filter) => walk.count(listOf(filter, 'TIME_DESC')),
  };
}
