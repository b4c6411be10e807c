import { useGateway } from '@agora-recording-gateway/client/react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { Labelled } from '../forms/labelled';
import { ConsolePlaybackDocument, type ConsolePlaybackQuery } from '../generated/graphql';
import { useReading } from '../shell/reading';
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
  const client = useGateway();
  // Read again when there are more files.
  const read = useCallback(
    async (signal: AbortSignal) =>
      (await client.request(ConsolePlaybackDocument, { id }, { signal })).recording,
    [client, id, files],
  );
  const { answer: playback, error } = useReading(read);
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
      <Labelled id="player-file" label="Play">
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
      </Labelled>
      {chosen !== null && <Video source={chosen} poster={playback.playback?.poster?.url} />}
    </section>
  );
}
