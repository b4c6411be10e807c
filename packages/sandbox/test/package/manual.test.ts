import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { startSandbox } from '../../src/sandbox.js';
import { type Json, openSandbox, startReceiver, temporaryFile } from '../support/sandbox.js';

const run = promisify(execFile);

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));
const read = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');

/** The pages of the manual, in the order in which their commands are run. */
const PAGES = [
  'README.md',
  'docs/control.md',
  'docs/faults.md',
  'docs/situations.md',
  'docs/time.md',
  'docs/assumptions.md',
];

const manual = PAGES.map(read).join('\n');

interface Block {
  language: string;
  text: string;
  /** Page and line. */
  where: string;
}

const blocks: Block[] = PAGES.flatMap((name) => {
  const page = read(name);
  return [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map((match) => ({
    language: match[1]!,
    text: match[2]!,
    where: `${name}:${page.slice(0, match.index).split('\n').length}`,
  }));
});

/** Commands with the reply that the manual shows below them; null if it shows none. */
const commands = blocks.flatMap((block, index) => {
  if (block.language !== 'sh') return [];
  const next = blocks[index + 1];
  return { ...block, shown: next?.language === 'json' ? (JSON.parse(next.text) as unknown) : null };
});

const PAGE_SANDBOX = 'http://127.0.0.1:4001';
const PAGE_WEBHOOK = 'http://127.0.0.1:4000/webhooks/agora';

/** Times differ each time; they are the only numbers of this size. */
const MIN_TIME = 1e11;

/** What the manual shows as an expectation: `…` is any text, "…" alone is anything, and as a key any further properties. */
function expectation(shown: unknown): unknown {
  if (Array.isArray(shown)) return shown.map(expectation);
  if (typeof shown === 'object' && shown !== null) {
    const { '…': more, ...rest } = shown as Json;
    const entries = Object.fromEntries(Object.entries(rest).map(([key, inner]) => [key, expectation(inner)]));
    return more === undefined ? entries : (expect.objectContaining(entries) as unknown);
  }
  if (shown === '…') return expect.anything();
  if (typeof shown === 'number' && shown >= MIN_TIME) return expect.any(Number);
  if (typeof shown !== 'string' || !shown.includes('…')) return shown;
  const parts = shown.split('…').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return expect.stringMatching(new RegExp(`^${parts.join('.+')}$`));
}

describe('The manual', () => {
  const printed: string[] = [];

  beforeAll(async () => {
    const cleanUps: (() => unknown)[] = [];
    const atEnd = (cleanUp: () => unknown) => void cleanUps.push(cleanUp);
    const receiver = await startReceiver(undefined, atEnd);
    const sandbox = await startSandbox({ webhookUrl: receiver.url });
    try {
      const directory = temporaryFile(atEnd).replace(/[^/]*$/, '');
      const separator = '=== next ===';
      const script = commands.map(({ text }) => `${text}\necho\necho '${separator}'\n`).join('');
      const { stdout } = await run(
        'bash',
        ['-euo', 'pipefail', '-c', script.replaceAll(PAGE_SANDBOX, sandbox.url)],
        { cwd: directory },
      );
      printed.push(...stdout.replaceAll(receiver.url, PAGE_WEBHOOK).split(separator));
    } finally {
      await sandbox.close();
      for (const cleanUp of cleanUps) cleanUp();
    }
  });

  it('has curl commands only where this test runs them', () => {
    const inBlocks = commands.flatMap(({ text }) => text.match(/\bcurl -/g) ?? []);
    expect(inBlocks.length).toBeGreaterThan(15);
    expect(manual.match(/\bcurl -/g)).toHaveLength(inBlocks.length);
    expect(printed).toHaveLength(commands.length + 1);
  });

  it.each(commands.map((command, index) => ({ ...command, index })))(
    'shows the reply that the commands in $where get',
    ({ shown, index }) => {
      const answer = printed[index]!.trim();
      if (shown === null) expect(answer).toBe('');
      else expect(JSON.parse(answer)).toEqual(expectation(shown));
    },
  );

  it('lists every path of the control side', async () => {
    const sandbox = await openSandbox();
    const { paths } = (await sandbox.control('GET', '/no-such-path')).body as { paths: string[] };
    const listed = [...manual.matchAll(/^\| `((?:GET|POST|PUT|DELETE) [^`]+)`/gm)].map((match) => match[1]);
    expect(listed.sort()).toEqual([...paths].sort());
  });

  it('lists every situation with its sentence', async () => {
    const sandbox = await openSandbox();
    const { situations } = (await sandbox.control('GET', '/situations')).body as {
      situations: { name: string; on: string; description: string }[];
    };
    const rows = [...read('docs/situations.md').matchAll(/^\| `([^`]+)` +\| (\w+) +\| (.*?) +\|$/gm)];
    expect(rows.map(([, name, on, description]) => ({ name, on, description }))).toEqual(situations);
    const unknown = await sandbox.control('POST', '/situations/unknown', { cname: 'c' });
    expect(unknown.status).toBe(404);
    for (const { name } of situations) expect(unknown.body.message).toContain(name);
    const early = await sandbox.control('POST', '/situations/token-expires', { cname: 'c' });
    expect(early.status).toBe(409);
  });

  it('explains every setting of notifications', async () => {
    const sandbox = await openSandbox();
    const settings = (await sandbox.control('GET', '/notifications')).body;
    for (const name of Object.keys(settings)) expect(manual).toContain(`\`${name}\``);
  });

  it('shows how to start a sandbox inside a process', async () => {
    const index = blocks.findIndex(({ language }) => language === 'js');
    const [code, output] = [blocks[index]!, blocks[index + 1]!];
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', code.text], { cwd: ROOT });
    expect(stdout).toBe(output.text);
  });
});
