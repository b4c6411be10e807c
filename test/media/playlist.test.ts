import { describe, expect, it } from 'vitest';
import { fileNameOf, readPlaylist } from '../../src/media/playlist.js';

describe('An entry of a playlist', () => {
  it.each([
    ['a slice in the same folder', 'acme/a/list.m3u8', 'list_0.ts', 'acme/a/list_0.ts'],
    ['one in a folder below', 'acme/list.m3u8', 'slices/1.ts', 'acme/slices/1.ts'],
    ['one in a folder above', 'acme/a/list.m3u8', '../1.ts', 'acme/1.ts'],
    ['one from the top of the bucket', 'acme/list.m3u8', '/b/1.ts', 'b/1.ts'],
    ['one that is percent-encoded', 'list.m3u8', 'a%20b.ts?x=1', 'a b.ts'],
    ['one of a channel with #, not encoded', 'acme/s_a#1.m3u8', 's_a#1_0.ts', 'acme/s_a#1_0.ts'],
    ['one of a channel with #, encoded', 'acme/s_a#1.m3u8', 's_a%231_0.ts', 'acme/s_a#1_0.ts'],
    ['one of a channel with ?, not encoded', 's_a?1.m3u8', 's_a?1_0.ts', 's_a?1_0.ts'],
    ['one of a channel with %, not encoded', 's_50%.m3u8', 's_50%_0.ts', 's_50%_0.ts'],
    ['one of a channel that looks encoded, not encoded', 's_a-%41.m3u8', 's_a-%41_0.ts', 's_a-%41_0.ts'],
    ['one of a channel that looks encoded, encoded', 's_a-%41.m3u8', 's_a-%2541_0.ts', 's_a-%41_0.ts'],
  ])('names %s', (_what, playlist, entry, name) => {
    expect(fileNameOf(playlist, entry)).toBe(name);
  });

  it.each([
    'https://elsewhere.example/1.ts',
    '//elsewhere.example/1.ts',
    'data:video/mp2t;base64,AAAA',
    '../../1.ts',
    '%E0%A4%A',
    './',
  ])('names no file of the bucket: %s', (entry) => {
    expect(fileNameOf('acme/list.m3u8', entry)).toBeNull();
  });
});

it('An entry that begins as its playlist does cannot leave its folder', () => {
  expect(fileNameOf('acme/s_a#1.m3u8', 's_a#1/../../../other/1.ts')).toBe('acme/s_a');
});

describe('A playlist', () => {
  const text = [
    '#EXTM3U',
    '#EXT-X-TARGETDURATION:16',
    '#EXT-X-MAP:URI="init.mp4",BYTERANGE="720@0"',
    '#EXTINF:15.5,a title, with URI="x" in it',
    'a_0.ts',
    '#EXT-X-DISCONTINUITY',
    '#EXTINF:4,',
    'https://elsewhere.example/1.ts',
    '# a comment URI="y"',
    '#EXT-X-ENDLIST',
    '',
  ].join('\r\n');

  it('is played back from other addresses, and nothing else of it changes', () => {
    const playlist = readPlaylist('acme/a.m3u8', text);
    expect(playlist).toMatchObject({
      durationSeconds: 19.5,
      ended: true,
      fileNames: ['acme/init.mp4', 'acme/a_0.ts'],
    });
    expect(playlist?.withAddresses((name) => `https://signed/${name}?s="`).split('\n')).toEqual([
      '#EXTM3U',
      '#EXT-X-TARGETDURATION:16',
      '#EXT-X-MAP:URI="https://signed/acme/init.mp4?s="",BYTERANGE="720@0"',
      '#EXTINF:15.5,a title, with URI="x" in it',
      'https://signed/acme/a_0.ts?s="',
      '#EXT-X-DISCONTINUITY',
      '#EXTINF:4,',
      '# An entry that names no file of the bucket was left out.',
      '# a comment URI="y"',
      '#EXT-X-ENDLIST',
      '',
    ]);
  });

  it.each(['', '<html>', '{"a":1}', '#EXTINF:4,\na.ts'])('is not read from another text: %j', (other) => {
    expect(readPlaylist('a.m3u8', other)).toBeNull();
  });
});
