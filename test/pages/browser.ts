import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

/** Debian's. Playwright's own download is not used. */
export const CHROMIUM = '/usr/bin/chromium';

/** Where it is missing the tests are skipped; in CI they run all the same, and fail. */
export const SKIP_WITHOUT_CHROMIUM = !existsSync(CHROMIUM) && process.env.CI === undefined;

export async function openBrowser(): Promise<Browser> {
  return await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
  });
}

/** What the pages of a context asked for, and what went wrong in them. */
export interface Watched {
  /** Everything asked for over HTTP and WebSocket, by pages and by their workers. */
  requests: string[];
  /** Console errors and warnings, uncaught exceptions, failed requests and violations of the security policy. */
  complaints: string[];
}

export async function watch(context: BrowserContext): Promise<Watched> {
  const watched: Watched = { requests: [], complaints: [] };
  const complain = (text: string) => watched.complaints.push(text);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await context.exposeFunction('reportViolation', (text: string) => complain(text));
  await context.addInitScript({
    content: `addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
      reportViolation('violation of ' + effectiveDirective + ': ' + blockedURI));`,
  });
  context.on('request', (request) => watched.requests.push(request.url()));
  context.on('requestfailed', (request) => {
    // A page that is closed or loaded again aborts what it still loads.
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') complain(`failed: ${request.url()}`);
  });
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complain(`${message.type()}: ${message.text()}`);
  });
  context.on('weberror', (error) =>
    complain(`uncaught: ${JSON.stringify(error.error())} ${String(error.error())}`),
  );
  context.on('page', (page) => {
    page.on('websocket', (socket) => watched.requests.push(socket.url()));
  });
  return watched;
}

/** The playground in a page, handled by what a person sees. */
export interface PlaygroundPage {
  page: Page;
  /** Brings one of the tabs to the front, by the name of its operation. */
  open(tab: string): Promise<void>;
  /** Replaces the variables, or the headers. */
  fill(what: 'Variables' | 'Headers', value: Record<string, unknown>): Promise<void>;
  /** Presses the play button. */
  run(): Promise<void>;
  /** The text of the answer. */
  answer(): Promise<string>;
  /** Whether an operation runs: the button then stops it. */
  running(): Promise<boolean>;
}

export async function openPlayground(context: BrowserContext, url: string): Promise<PlaygroundPage> {
  const page = await context.newPage();
  await page.goto(url);
  await page.locator('.graphiql-query-editor .view-lines').waitFor();
  return {
    page,
    async open(tab) {
      await page.getByRole('tab', { name: tab, exact: true }).click();
    },
    async fill(what, value) {
      await page.getByRole('button', { name: what, exact: true }).click();
      await page.locator(`section[aria-label="${what}"] .graphiql-editor:not(.hidden) .view-lines`).click();
      await page.keyboard.press('Control+A');
      // Pasted as a person does; typed, the editor would add brackets.
      const text = JSON.stringify(JSON.stringify(value, null, 2));
      await page.evaluate(`navigator.clipboard.writeText(${text})`);
      await page.keyboard.press('Control+V');
    },
    async run() {
      await page.getByRole('button', { name: 'Execute query' }).click();
    },
    async answer() {
      const text = await page.locator('.result-window .view-lines').innerText();
      // Monaco shows spaces as such that do not break.
      return text.replaceAll('\u00a0', ' ');
    },
    async running() {
      return await page.getByRole('button', { name: 'Stop query' }).isVisible();
    },
  };
}
