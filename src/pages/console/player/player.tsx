import { useGateway } from '@agora-recording-gateway/client/react';
import { useEffect, useRef, useState } from 'react';
import { ConsolePlaybackDocument, type ConsolePlaybackQuery } from '../generated/graphql';
import { attach } from './attach';

type Playback = NonNullable<ConsolePlaybackQuery['recording']>;

interface Source {
  fileName: string;
  url: string;
  isPlaylist: boolean;
}

function sourcesOf({ playback }: Playback): Source[] {
  const sources = (files: readonly { fileName: string; url: string }[], isPlaylist: boolean) =>
    files.map(({ fileName, url }) => ({ fileName, url: new URL(url, document.baseURI).href, isPlaylist }));
  return [...sources(playback?.mp4 ?? [], false), ...sources(playback?.hls ?? [], true)];
}

/** What can be played; read again when there are more files. */
function usePlayback(id: string, files: number): { playback: Playback | null; error: Error | null } {
  const client = useGateway();
  const [playback, setPlayback] = useState<Playback | null>(null);
  const [error, setError] = useState<Error | null>(null);
  useEffect(() => {
    const closing = new AbortController();
    const { signal } = closing;
    const read = async () => {
      try {
        setPlayback((await client.request(ConsolePlaybackDocument, { id }, { signal })).recording);
        setError(null);
      } catch (failure) {
        if (!signal.aborted) setError(failure as Error);
      }
    };
    void read();
    return () => closing.abort();
  }, [client, id, files]);
  return { playback, error };
}

function Video({ source, poster }: { source: Source; poster: string | undefined }) {
  const video = useRef<HTMLVideoElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const { url, isPlaylist, fileName } = source;
  useEffect(() => {
    setProblem(null);
    return video.current === null ? undefined : attach(video.current, url, isPlaylist, setProblem);
  }, [url, isPlaylist]);
  return (
    <>
      <video ref={video} controls playsInline poster={poster} aria-label={fileName} />
      <p role="alert" className={problem === null ? '' : 'notice error'}>
        {problem}
      </p>
    </>
  );
}

/** Plays the files of a recording. Nothing of them is loaded before a file is chosen. */
export function Player({ id, files }: { id: string; files: number }) {
  const { playback, error } = usePlayback(id, files);
  const [chosen, setChosen] = useState<Source | null>(null);
  if (error !== null) return <p className="notice error">{error.message}</p>;
  if (playback === null) return null;
  const sources = sourcesOf(playback);
  if (sources.length === 0) {
    const { playbackUnavailable: why } = playback;
    return why === null ? null : <p className="notice">{why.message}</p>;
  }
  return (
    <section className="player" aria-label="Player">
      <div className="field">
        <label htmlFor="player-file">Play</label>
        <select
          id="player-file"
          value={chosen?.fileName ?? ''}
          onChange={({ target }) =>
            setChosen(sources.find(({ fileName }) => fileName === target.value) ?? null)
          }
        >
          <option value="">Choose a file</option>
          {sources.map(({ fileName }) => (
            <option key={fileName}>{fileName}</option>
          ))}
        </select>
      </div>
      {chosen !== null && <Video source={chosen} poster={playback.playback?.poster?.url} />}
    </section>
  );
}
