import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { request } from '../../support/graphql-client.js';
import { openStage, type Stage } from '../../support/stage.js';
import { waitFor } from '../../support/wait-for.js';
import { SKIP_WITHOUT_CHROMIUM } from '../browser.js';
import {
  type ConsoleBrowser,
  expectAccessible,
  openConsoleBrowser,
  panelOf,
  rowOf,
  start,
  stop,
} from './console-browser.js';

let stage: Stage;
let site: ConsoleBrowser;

const url = () => stage.gateway.url;

describe.skipIf(SKIP_WITHOUT_CHROMIUM)('The console, used by a person', () => {
  beforeAll(async () => {
    stage = await openStage();
    site = await openConsoleBrowser(url);
  });

  afterAll(async () => {
    await site.close();
    await stage.close();
  });

  it('reads a recording and its events once, and takes what follows from the subscriptions', async () => {
    const id = await start(url(), 'lesson-merged');
    const page = await site.open();
    const reads: string[] = [];
    page.on('request', (sent) => {
      const query = sent.postData() ?? '';
      for (const name of ['ConsoleEvents(', 'ConsoleRecording('])
        if (query.includes(`query ${name}`)) reads.push(name);
    });
    await rowOf(page, 'lesson-merged').getByRole('link').click();
    const panel = panelOf(page, 'lesson-merged');
    await panel.locator('[data-phase="RECORDING"]').first().waitFor();
    await panel.getByRole('tab', { name: 'Timeline' }).click();
    const entry = (text: string) => panel.locator('.entry', { hasText: text }).first();
    await entry('Recorder slice start').waitFor();
    await request(
      url(),
      'mutation ($id: ID!) { refreshRecording(input: { recordingId: $id }) { userErrors { code } } }',
      {
        id,
      },
    );
    await entry('Asked for: refreshRecording').waitFor();
    await entry('Query: answered').waitFor();
    expect(reads).toEqual(['ConsoleEvents(']);
    await stop(url(), id);
    await panel.locator('[data-phase="COMPLETED"]').first().waitFor();
    await entry('Stop: answered').waitFor();
    expect(reads.filter((name) => name === 'ConsoleEvents(')).toHaveLength(1);
    // Each event is there once.
    const shown = await panel.locator('.entry').count();
    const { recording } = await request<{ recording: { events: { totalCount?: number; nodes: object[] } } }>(
      url(),
      'query ($id: ID!) { recording(by: { id: $id }) { events(last: 100) { nodes { id } } } }',
      { id },
    );
    await waitFor(async () => (await panel.locator('.entry').count()) === recording.events.nodes.length, {
      what: `${recording.events.nodes.length} entries, of which ${shown} were shown`,
    });
  });

  it('changes whose streams are recorded, and shows what is refused at its field', async () => {
    await start(url(), 'lesson-streams');
    const page = await site.open('?q=lesson-streams');
    await rowOf(page, 'lesson-streams').getByRole('link').click();
    const panel = panelOf(page, 'lesson-streams');
    await panel.locator('[data-phase="RECORDING"]').first().waitFor();
    await panel.getByRole('tab', { name: 'Change' }).click();
    await panel.getByLabel('Audio of').selectOption('Only these');
    await panel.getByLabel('uids for audio').fill('71, x');
    await panel.getByRole('button', { name: 'Change the streams' }).click();
    await panel.locator('[data-refused="true"]').getByLabel('uids for audio').waitFor();
    await panel.getByLabel('uids for audio').fill('71');
    await panel.getByLabel('Video of').selectOption('All but these');
    await panel.getByLabel('uids for video').fill('72');
    await panel.getByRole('button', { name: 'Change the streams' }).click();
    await panel.getByText('Agora has taken the change.').waitFor();
    const [task] = (await stage.tasks('lesson-streams')) as unknown as { subscription: object }[];
    expect(JSON.stringify(task?.subscription)).toMatch(/71.*72|72.*71/);
    await panel.getByRole('tab', { name: 'Settings' }).click();
    await panel.locator('.facts div', { hasText: 'Unsubscribe video uids' }).getByText('72').waitFor();
  });

  it('places windows on a picture of the canvas, by mouse and by keyboard, and sends the layout', async () => {
    const id = await start(url(), 'lesson-layout');
    const page = await site.open('?q=lesson-layout&tab=Change');
    await rowOf(page, 'lesson-layout').getByRole('link').click();
    const panel = panelOf(page, 'lesson-layout');
    await panel.locator('[data-phase="RECORDING"]').first().waitFor();
    await panel.getByRole('radio', { name: 'Custom' }).check();
    await panel.getByRole('button', { name: 'Add a window' }).click();
    await panel.getByRole('button', { name: 'Add a window' }).click();
    const first = panel.getByRole('button', { name: /^Window 1:/ });
    await first.focus();
    await page.keyboard.press('Control+Shift+ArrowLeft');
    await page.keyboard.press('Control+ArrowDown');
    await page.keyboard.press('ArrowDown');
    const canvas = await panel.getByRole('group', { name: 'Canvas' }).boundingBox();
    const second = await panel.getByRole('button', { name: /^Window 2:/ }).boundingBox();
    if (canvas === null || second === null) throw new Error('The canvas is not shown.');
    // Far to the right and down: it stops at the edges.
    await page.mouse.move(second.x + second.width * 0.7, second.y + second.height * 0.7);
    await page.mouse.down();
    await page.mouse.move(canvas.x + canvas.width * 2, canvas.y + canvas.height * 2, { steps: 4 });
    await page.mouse.up();
    await panel.getByLabel('uid', { exact: true }).fill('none');
    await panel.getByRole('button', { name: 'Change the layout' }).click();
    await panel.locator('.field-error', { hasText: 'layoutConfig' }).waitFor();
    await panel.getByLabel('uid', { exact: true }).fill('71');
    await panel.getByRole('button', { name: 'Change the layout' }).click();
    await panel.getByText('Agora has taken the layout.').waitFor();
    const { recording } = await request<{
      recording: { settings: { transcoding: { mixedVideoLayout: string; layoutConfig: object[] } } };
    }>(
      url(),
      `query ($id: ID!) { recording(by: { id: $id }) { settings { ... on CompositeSettings { transcoding {
        mixedVideoLayout layoutConfig { uid x y width height } } } } } }`,
      { id },
    );
    expect(recording.settings.transcoding).toEqual({
      mixedVideoLayout: 'CUSTOM',
      layoutConfig: [
        { uid: null, x: 0, y: 0.11, width: 0.4, height: 0.5 },
        { uid: '71', x: 0.5, y: 0.5, width: 0.5, height: 0.5 },
      ],
    });
    await panel.getByRole('radio', { name: 'Adaptive' }).check();
    await panel.getByRole('button', { name: 'Change the layout' }).click();
    await panel.getByText('Agora has taken the layout.').waitFor();
  });

  it('adopts a recording that was started elsewhere, and shows what is refused at its field', async () => {
    const foreign = await startElsewhere('lesson-adopted');
    const page = await site.open('?room=start');
    await page.getByRole('link', { name: 'adopted' }).click();
    await page.getByLabel('Channel', { exact: true }).fill('lesson-adopted');
    await page.getByLabel('uid', { exact: true }).fill('903');
    await page.getByLabel('sid', { exact: true }).fill('not a sid');
    await page.getByLabel('Resource id').fill(foreign.resourceId);
    await page.getByRole('button', { name: 'Adopt' }).click();
    await page.locator('[data-refused="true"]').first().waitFor();
    await page.getByLabel('sid', { exact: true }).fill(foreign.sid);
    await page.getByRole('button', { name: 'Adopt' }).click();
    const panel = panelOf(page, 'lesson-adopted');
    await panel.locator('[data-phase="RECORDING"]').first().waitFor();
    expect(await panel.getByRole('button', { name: 'Stop' }).isEnabled()).toBe(true);
  });

  it("draws a recording's life, with the same as text", async () => {
    const page = await site.open('?q=lesson-merged&tab=Timeline');
    await rowOf(page, 'lesson-merged').getByRole('link').click();
    const picture = page.getByRole('img', { name: /^Life of the recording/ });
    await picture.waitFor();
    for (const lane of ['Phase', 'uid 71', 'Slices', 'Calls'])
      await picture.locator('text', { hasText: lane }).first().waitFor();
    await page.getByText('As text').click();
    await page
      .locator('.life-text')
      .getByText(/Recording, proven by/)
      .waitFor();
    await page
      .locator('.life-text')
      .getByText(/Start, start: HTTP 200/)
      .first()
      .waitFor();
  });

  it('plays the files of a recording that is completed', async () => {
    const page = await site.open('?q=lesson-merged&tab=Files');
    await rowOf(page, 'lesson-merged').getByRole('link').click();
    const choice = page.getByLabel('Play', { exact: true });
    await choice.waitFor();
    for (const ending of ['.mp4', '.m3u8']) {
      const names = await choice.locator('option').allInnerTexts();
      await choice.selectOption(names.find((name) => name.endsWith(ending)) ?? '');
      const played = `(async () => {
        const video = document.querySelector('video');
        video.muted = true;
        while (video.readyState === 0) await new Promise((resolve) => setTimeout(resolve, 50));
        await video.play();
        await new Promise((resolve) => video.addEventListener('timeupdate', () => { if (video.currentTime > 0.3) resolve(); }));
        return video.videoWidth;
      })()`;
      expect(await page.evaluate<number>(played), ending).toBeGreaterThan(0);
    }
  });

  it('plays a failure in the sandbox, and shows it in the list', async () => {
    await start(url(), 'lesson-failed');
    const page = await site.open();
    await rowOf(page, 'lesson-failed').getByText('Recording', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'Sandbox' }).click();
    await page.getByRole('radio', { name: /^Off/ }).check();
    await page.getByText('From now on: none is sent').waitFor();
    await page.getByLabel('Call', { exact: true }).selectOption('Query');
    await page.getByLabel('What happens').selectOption('Agora replies 404: worker not found');
    await page.getByLabel('Times').fill('1000');
    await page.getByLabel('In channel').fill('lesson-failed');
    await page.getByRole('button', { name: 'Play the failure' }).click();
    await page.getByRole('list', { name: 'Failures that wait' }).getByText('HTTP 404').waitFor();
    const lost = async () => {
      await page.getByRole('button', { name: '+ 10 min' }).click();
      await page.getByText('The clock was set ahead by 10 min.').waitFor();
      await page.getByRole('link', { name: 'Recordings' }).click();
      const row = rowOf(page, 'lesson-failed');
      await row.waitFor();
      const isLost = await row.locator('[data-phase="LOST"]').isVisible();
      if (!isLost) await page.getByRole('link', { name: 'Sandbox' }).click();
      return isLost;
    };
    await waitFor(lost, { what: 'the failure in the list', everyMs: 500 });
    await page.getByRole('link', { name: 'Sandbox' }).click();
    await page.getByRole('button', { name: 'Remove all' }).click();
    await page.getByText('All failures were removed.').waitFor();
    await page.getByRole('radio', { name: /^On/ }).check();
    await page.getByText('From now on: each once').waitFor();
  });

  it('sets who publishes in a channel of the sandbox', async () => {
    const page = await site.open('?room=sandbox');
    await page.getByLabel('Channel', { exact: true }).fill('lesson-publishers');
    await page.getByRole('button', { name: 'Show' }).click();
    await page.getByLabel('uid of user 1').waitFor();
    await page.getByRole('button', { name: 'Add a user' }).click();
    await page.getByLabel('uid of user 2').fill('88');
    await page.getByLabel('Video').nth(1).uncheck();
    await page.getByRole('button', { name: 'Set', exact: true }).click();
    await page.getByText('The users are set.').waitFor();
    expect(await stage.sandbox.control('GET', '/channels/lesson-publishers')).toEqual({
      publishers: [
        { uid: '71', audio: true, video: true },
        { uid: '88', audio: true, video: false },
      ],
    });
  });

  it.each([
    ['the sandbox', '?room=sandbox', 'Sandbox'],
    ['adopting', '?room=adopt', 'Adopt a recording'],
  ])('has no violation that axe finds in the room of %s', async (_name, search, heading) => {
    await expectAccessible(site, `${url()}/console${search}`, async (page) => {
      await page.getByRole('heading', { name: heading, exact: true }).waitFor();
      if (search.includes('sandbox')) await page.getByRole('button', { name: 'Play the failure' }).waitFor();
    });
  });

  it.each([
    ['Change', 'lesson-layout', 'Layout'],
    ['Timeline', 'lesson-merged', 'Life of the recording'],
    ['Files', 'lesson-merged', 'Play'],
  ])('has no violation that axe finds in %s of a recording', async (tab, channel, shown) => {
    const { recordings } = await request<{ recordings: { nodes: { id: string }[] } }>(
      url(),
      'query ($channel: String) { recordings(first: 1, filter: { channelPrefix: $channel }) { nodes { id } } }',
      { channel },
    );
    const address = `${url()}/console?recording=${recordings.nodes[0]?.id}&tab=${tab}`;
    await expectAccessible(site, address, async (page) => {
      await page.getByRole('tab', { name: tab, selected: true }).waitFor();
      if (tab === 'Change') {
        await page.getByRole('radio', { name: 'Custom' }).check();
        await page.getByRole('button', { name: 'Add a window' }).click();
      }
      await page.getByText(shown, { exact: true }).first().waitFor({ state: 'attached' });
      await page.getByRole('tabpanel').waitFor();
    });
  });

  it('never left its content policy, and called nothing but the gateway and the sandbox', () => {
    const mistakes = site.watched.complaints.filter(
      (complaint) => !/Failed to load resource/.test(complaint),
    );
    expect(mistakes).toEqual([]);
    const hosts = [url(), stage.sandbox.url].map((address) => new URL(address).host);
    const elsewhere = site.watched.requests.filter(
      (sent) => !/^(data|blob):/.test(sent) && !hosts.includes(new URL(sent).host),
    );
    expect(elsewhere).toEqual([]);
  });

  /** A recording that another program starts at Agora. */
  async function startElsewhere(cname: string): Promise<{ sid: string; resourceId: string }> {
    const { appId, customerId, customerSecret } = (await stage.sandbox.control('GET', '')) as Record<
      string,
      string
    >;
    const headers = {
      'content-type': 'application/json',
      authorization: `Basic ${Buffer.from(`${customerId}:${customerSecret}`).toString('base64')}`,
    };
    const call = async (path: string, clientRequest: object) => {
      const response = await fetch(`${stage.sandbox.url}/v1/apps/${appId}/cloud_recording${path}`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ cname, uid: '903', clientRequest }),
      });
      expect(response.status, await response.clone().text()).toBeLessThan(300);
      return (await response.json()) as { sid: string; resourceId: string };
    };
    const { storage } = (await stage.sandbox.control('GET', '')) as { storage: Record<string, unknown> };
    const { vendor, region, bucket, accessKey, secretKey } = storage;
    const { resourceId } = await call('/acquire', {});
    const { sid } = await call(`/resourceid/${resourceId}/mode/mix/start`, {
      recordingConfig: { channelType: 0 },
      storageConfig: { vendor, region, bucket, accessKey, secretKey },
    });
    return { sid, resourceId };
  }
});
