/** An attribute of a tag that holds the address of a file: EXT-X-MAP, EXT-X-MEDIA, EXT-X-KEY and others. */
const URI_ATTRIBUTE = /\bURI="([^"]*)"/;

const SCHEME = /^[a-z][a-z0-9+.-]*:|^\/\//i;

const DURATION = /^#EXTINF:\s*([\d.]+)/;

/** What has a meaning in an address, and may be in the name of a channel. */
const SPECIAL = /[?#%]/;

/**
 * The file that a playlist's entry names, by its name in the bucket; null if it lies outside the bucket. Agora names slices after
 * their playlist, which has the name of the channel, and does not document whether it encodes that in the entry. An entry that
 * begins as the name of the playlist does is not encoded.
 */
export function fileNameOf(playlistName: string, entry: string): string | null {
  if (SCHEME.test(entry)) return null;
  const own =
    playlistName
      .split('/')
      .at(-1)
      ?.replace(/\.[^.]*$/, '') ?? '';
  const directories = entry.startsWith('/') ? [] : playlistName.split('/').slice(0, -1);
  if (SPECIAL.test(own) && entry.startsWith(own) && !entry.includes('/'))
    return [...directories, entry].join('/');
  let path: string;
  try {
    path = decodeURIComponent(entry.split(/[?#]/)[0] ?? '');
  } catch {
    return null; // Not an address, so it names no file.
  }
  if (path.endsWith('/')) return null;
  for (const part of path.split('/')) {
    if (part === '..') {
      if (directories.pop() === undefined) return null;
    } else if (part !== '.' && part !== '') directories.push(part);
  }
  return directories.length === 0 ? null : directories.join('/');
}

interface Line {
  text: string;
  /** Where the address of a file stands in it. */
  entry: { from: number; to: number } | null;
}

function readLine(text: string): Line {
  if (text.trim() === '') return { text, entry: null };
  if (!text.startsWith('#')) return { text, entry: { from: 0, to: text.trimEnd().length } };
  const found = text.startsWith('#EXT-X-') ? URI_ATTRIBUTE.exec(text) : null;
  if (found === null) return { text, entry: null };
  const from = found.index + 'URI="'.length;
  return { text, entry: { from, to: from + (found[1] ?? '').length } };
}

export interface Playlist {
  /** Sum of the durations of all slices. */
  durationSeconds: number;
  /** Whether nothing will be added any more. */
  ended: boolean;
  /** Names in the bucket of the files that it names, each once. */
  fileNames: string[];
  /** The playlist with other addresses. An entry that names no file of the bucket becomes a comment. */
  withAddresses(addressOf: (fileName: string) => string): string;
}

/** Reads an M3U8 playlist (RFC 8216) as far as playing it back needs. Null if the text is none. */
export function readPlaylist(playlistName: string, text: string): Playlist | null {
  if (!text.startsWith('#EXTM3U')) return null;
  const lines = text.split(/\r?\n/).map(readLine);
  const names = lines.map(({ text: line, entry }) =>
    entry === null ? null : fileNameOf(playlistName, line.slice(entry.from, entry.to)),
  );
  const durations = lines.map((line) => Number(DURATION.exec(line.text)?.[1] ?? 0));
  return {
    durationSeconds: durations.reduce((sum, duration) => sum + duration, 0),
    ended: lines.some((line) => line.text.startsWith('#EXT-X-ENDLIST')),
    fileNames: [...new Set(names.filter((name) => name !== null))],
    withAddresses: (addressOf) =>
      lines
        .map(({ text: line, entry }, index) => {
          if (entry === null) return line;
          const name = names[index];
          if (name == null) return '# An entry that names no file of the bucket was left out.';
          return line.slice(0, entry.from) + addressOf(name) + line.slice(entry.to);
        })
        .join('\n'),
  };
}
