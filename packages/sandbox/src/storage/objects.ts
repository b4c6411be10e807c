import { existsSync, readFileSync } from 'node:fs';
import { forwardedPlaylists } from '../files/forwarded-playlists.js';
import { snapshotTime } from '../files/individual-files.js';
import { type Service } from '../api/service.js';
import { type Task } from '../tasks/task.js';

/** A file as the storage returns it. */
export interface StoredObject {
  body: Buffer;
  contentType: string;
  /** Unix milliseconds. */
  lastModified: number;
}

/** Length of each slice, as in Agora's recordings. */
const SLICE_MS = 15_000;

/** How long a slice in ../../media lasts, which stands in for one of Agora's. */
const MEDIA_SECONDS = 2;
const MEDIA_SLICES = 3;

/** Slices in a playlist. A longer recording shows its beginning only. */
const MAX_SLICES = 1_000;

/** The folder of the media: the bundled sandbox is in dist, its sources are one folder deeper. */
const MEDIA = ['../media/', '../../media/']
  .map((folder) => new URL(folder, import.meta.url))
  .find((folder) => existsSync(folder));

const loaded = new Map<string, Buffer>();

/** A file of the media, read when it is first asked for: most sandboxes never are. */
function load(name: string): Buffer {
  const body = loaded.get(name) ?? readFileSync(new URL(name, MEDIA));
  loaded.set(name, body);
  return body;
}

const SID = /(?:^|\/|_)([0-9a-f]{32})_[^/]*$/;
const SLICE = /_(\d{1,5})\.ts$/;

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

function playlist(name: string, sliceCount: number, ended: boolean): string {
  const base = lastPart(name).replace(/\.m3u8$/, '');
  const lines = [
    '#EXTM3U',
    '#EXT-X-VERSION:3',
    '#EXT-X-MEDIA-SEQUENCE:0',
    `#EXT-X-TARGETDURATION:${MEDIA_SECONDS}`,
  ];
  for (let index = 0; index < sliceCount; index += 1) {
    // The media starts again.
    if (index > 0 && index % MEDIA_SLICES === 0) lines.push('#EXT-X-DISCONTINUITY');
    lines.push(`#EXTINF:${MEDIA_SECONDS}.000,`, `${base}_${index}.ts`);
  }
  return [...lines, ...(ended ? ['#EXT-X-ENDLIST'] : []), ''].join('\n');
}

function namesOf(service: Service, task: Task, now: number): Map<string, number> {
  const files = service.modes.get(task.mode)?.files(task, now) ?? [];
  const named = files.map((file) => {
    const {
      fileName,
      filename = fileName,
      sliceStartTime,
    } = file as {
      fileName?: string;
      filename?: string;
      sliceStartTime: number;
    };
    return [filename ?? '', sliceStartTime] as const;
  });
  const forwarded = forwardedPlaylists(task, files, now).map(
    (name) => [name, task.uploadedAt ?? now] as const,
  );
  return new Map([...named, ...forwarded]);
}

/** The object of a name in the bucket, made of the sandbox's own small media; null if no task has such a file by `now`. */
export function findObject(service: Service, name: string, now: number): StoredObject | null {
  const sid = SID.exec(name)?.[1];
  const task = sid === undefined ? null : service.tasks.find(sid);
  if (task === null) return null;
  const until = Math.min(now, task.endingAt ?? now);
  const names = namesOf(service, task, now);
  const slices = (startedAt: number) =>
    Math.min(MAX_SLICES, Math.max(1, Math.floor((until - startedAt) / SLICE_MS)));

  const slice = SLICE.exec(name);
  if (slice !== null) {
    const startedAt = names.get(name.replace(SLICE, '.m3u8'));
    const index = Number(slice[1]);
    if (startedAt === undefined || index >= slices(startedAt)) return null;
    return {
      body: load(`slice-${index % MEDIA_SLICES}.mpegts`),
      contentType: 'video/mp2t',
      lastModified: startedAt + (index + 1) * SLICE_MS,
    };
  }
  const snapshotAt = snapshotTime(task, name);
  if (snapshotAt !== null && snapshotAt <= until) {
    return { body: load('snapshot.jpg'), contentType: 'image/jpeg', lastModified: snapshotAt };
  }
  const startedAt = names.get(name);
  if (startedAt === undefined) return null;
  if (name.endsWith('.m3u8')) {
    const text = playlist(name, slices(startedAt), task.endingAt !== null);
    return { body: Buffer.from(text), contentType: 'application/vnd.apple.mpegurl', lastModified: until };
  }
  return { body: load('recording.mp4'), contentType: 'video/mp4', lastModified: until };
}
