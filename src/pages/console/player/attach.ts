/** The media type of Apple's playlists, by which a browser says whether it may play them itself. */
const PLAYLIST_TYPE = 'application/vnd.apple.mpegurl';

/** Why a file cannot be played, as far as the page can know. */
const NOT_LOADED =
  'The file could not be loaded. Outside sandbox mode the page plays only files that pass through the gateway (MEDIA_PROXY=true).';

/**
 * Plays an address in a video. Playlists are played by the browser where it can, otherwise by hls.js, which is loaded then. Returns
 * what ends it.
 */
export function attach(
  video: HTMLVideoElement,
  url: string,
  isPlaylist: boolean,
  onError: (message: string) => void,
): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  const failed = () => onError(NOT_LOADED);

  async function playWithHls(): Promise<void> {
    const { default: Hls } = await import('hls.js/light');
    if (signal.aborted) return;
    if (!Hls.isSupported()) return failed();
    // Its worker would be a script of an address that the content policy forbids.
    const hls = new Hls({ enableWorker: false });
    signal.addEventListener('abort', () => hls.destroy());
    hls.on(Hls.Events.ERROR, (_event, { fatal }) => {
      if (fatal) failed();
    });
    hls.loadSource(url);
    hls.attachMedia(video);
  }

  function playWithBrowser(onFailure: () => void): void {
    video.addEventListener('error', onFailure, { signal, once: true });
    signal.addEventListener('abort', () => {
      video.removeAttribute('src');
      video.load();
    });
    video.src = url;
  }

  const withHls = () => void playWithHls().catch(failed);
  if (!isPlaylist) playWithBrowser(failed);
  else if (video.canPlayType(PLAYLIST_TYPE) === '') withHls();
  // It may say that it can, and then not know what is in the slices.
  else playWithBrowser(withHls);
  return () => ending.abort();
}
