import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { createRequire } from 'node:module';
import { type Page } from 'playwright-core';
import { openBrowser } from '../pages/browser.js';

const require = createRequire(import.meta.url);

/** What a video shows. */
export interface Shown {
  /** Pixels. */
  width: number;
  audio: boolean;
  /** Seconds from the beginning. */
  at: number;
  /** Seconds in all. */
  duration: number;
  /** The numbers of the parts of the playlist that were shown, each between two discontinuities. */
  discontinuities: number[];
}

/** A browser with pages of an origin that is not the gateway's, each with hls.js and a video. */
export interface Players {
  open(): Promise<Page>;
  /** What the video of a new page shows after it has played past two seconds, and past `seekTo` seconds. Rejects with the error of the player. */
  play(url: string, withHls: boolean, seekTo: number): Promise<Shown>;
  close(): Promise<void>;
}

/** For a page script: plays an address past two seconds, and past `seekTo` seconds. */
function playing(url: string, withHls: boolean, seekTo: number): string {
  return `(async () => {
    const video = document.querySelector('video');
    const discontinuities = [];
    const failed = new Promise((_, reject) => {
      video.addEventListener('error', () => reject(new Error(video.error.message)));
      if (${withHls}) {
        const hls = new Hls();
        hls.on(Hls.Events.ERROR, (_event, data) => { if (data.fatal) reject(new Error(data.details)); });
        hls.on(Hls.Events.FRAG_CHANGED, (_event, { frag }) => { discontinuities.push(frag.cc); });
        hls.loadSource(${JSON.stringify(url)});
        hls.attachMedia(video);
      } else video.src = ${JSON.stringify(url)};
    });
    const past = (seconds) => new Promise((resolve) => {
      const look = () => { if (video.currentTime > seconds) { video.removeEventListener('timeupdate', look); resolve(); } };
      video.addEventListener('timeupdate', look);
    });
    await Promise.race([failed, video.play()]);
    await Promise.race([failed, past(2)]);
    video.currentTime = ${seekTo};
    await Promise.race([failed, past(${seekTo} + 0.5)]);
    const { videoWidth: width, currentTime: at, duration } = video;
    return { width, audio: video.webkitAudioDecodedByteCount > 0, at, duration, discontinuities: [...new Set(discontinuities)] };
  })()`;
}

export async function openPlayers(): Promise<Players> {
  const browser = await openBrowser();
  const hls = readFileSync(require.resolve('hls.js/dist/hls.min.js'));
  const pages = createServer((asked, answer) => {
    if (asked.url === '/hls.js') return void answer.setHeader('content-type', 'text/javascript').end(hls);
    answer.setHeader('content-type', 'text/html').end('<script src="/hls.js"></script><video muted></video>');
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => pages.once('listening', resolve));

  async function open(): Promise<Page> {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(pages.address() as AddressInfo).port}/`);
    return page;
  }

  return {
    open,
    async play(url, withHls, seekTo) {
      const page = await open();
      try {
        return await page.evaluate<Shown>(playing(url, withHls, seekTo));
      } finally {
        await page.close();
      }
    },
    async close() {
      await browser.close();
      pages.close();
    },
  };
}
