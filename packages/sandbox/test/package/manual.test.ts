import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { ASSUMPTIONS } from '@agora-recording-gateway/agora/assumptions';
import { startSandbox } from '../../src/sandbox.js';
import { type Json, openSandbox, startReceiver, temporaryFile } from '../support/sandbox.js';

const run = promisify(execFile);

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const page = readFileSync(new URL('../../../SANDBOX.md', import.meta.url), 'utf8');

interface Block {
  language: string;
  text: string;
  line: number;
}

const blocks: Block[] = [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map((match) => ({
  language: match[1]!,
  text: match[2]!,
  line: page.slice(0, match.index).split('\n').length,
}));

/** Commands with the answer that the page shows below them; null where it shows none. */
const commands = blocks.flatMap((block, index) => {
  if (block.language !== 'sh') return [];
  const next = blocks[index + 1];
  return { ...block, shown: next?.language === 'json' ? (JSON.parse(next.text) as unknown) : null };
});

const PAGE_SANDBOX = 'http://127.0.0.1:4001';
const PAGE_WEBHOOK = 'http://127.0.0.1:4000/webhooks/agora';

/** Times differ each time the page is run; they are the only numbers of this size. */
const LEAST_TIME = 1e11;

/** What the page shows as an expectation: `…` is any text, "…" alone anything, as a key whatever else there is. */
function expectation(shown: unknown): unknown {
  if (Array.isArray(shown)) return shown.map(expectation);
  if (typeof shown === 'object' && shown !== null) {
    const { '…': more, ...rest } = shown as Json;
    const entries = Object.fromEntries(Object.entries(rest).map(([key, inner]) => [key, expectation(inner)]));
    return more === undefined ? entries : (expect.objectContaining(entries) as unknown);
  }
  if (shown === '…') return expect.anything();
  if (typeof shown === 'number' && shown >= LEAST_TIME) return expect.any(Number);
  if (typeof shown !== 'string' || !shown.includes('…')) return shown;
  const parts = shown.split('…').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return expect.stringMatching(new RegExp(`^${parts.join('.+')}$`));
}

/** The list of assumptions as the page shows it. */
function assumptionsList(): string {
  return Object.entries(ASSUMPTIONS)
    .map(([name, { claim }]) => `- \`${name}\`: ${claim}\n`)
    .join('');
}

describe('SANDBOX.md', () => {
  it('lists every assumption as src/agora/assumptions.ts has it', () => {
    const shown = /<!-- assumptions: begin -->\n\n([\s\S]*?)\n<!-- assumptions: end -->/.exec(page)?.[1];
    expect(shown).toBe(assumptionsList());
  });

  const printed: string[] = [];

  beforeAll(async () => {
    const receiver = await startReceiver();
    const sandbox = await startSandbox({ webhookUrl: receiver.url });
    try {
      const directory = temporaryFile().replace(/[^/]*$/, '');
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
    }
  });

  it('has its curl lines where this test runs them', () => {
    const inBlocks = commands.flatMap(({ text }) => text.match(/\bcurl -/g) ?? []);
    expect(inBlocks.length).toBeGreaterThan(15);
    expect(page.match(/\bcurl -/g)).toHaveLength(inBlocks.length);
    expect(printed).toHaveLength(commands.length + 1);
  });

  it.each(commands.map((command, index) => ({ ...command, index })))(
    'gets from the commands in line $line what it shows',
    ({ shown, index }) => {
      const answer = printed[index]!.trim();
      if (shown === null) expect(answer).toBe('');
      else expect(JSON.parse(answer)).toEqual(expectation(shown));
    },
  );

  it('lists every path of the control side', async () => {
    const sandbox = await openSandbox();
    const { paths } = (await sandbox.control('GET', '/no-such-path')).body as { paths: string[] };
    const listed = [...page.matchAll(/^\| `((?:GET|POST|PUT|DELETE) [^`]+)`/gm)].map((match) => match[1]);
    expect(listed.sort()).toEqual([...paths].sort());
  });

  it('names every property of the settings of notifications', async () => {
    const sandbox = await openSandbox();
    const settings = (await sandbox.control('GET', '/notifications')).body;
    for (const name of Object.keys(settings)) expect(page).toContain(`\`${name}\``);
  });

  it('shows a sandbox in a process, as the package exports it', async () => {
    const index = blocks.findIndex(({ language }) => language === 'js');
    const [code, output] = [blocks[index]!, blocks[index + 1]!];
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', code.text], { cwd: ROOT });
    expect(stdout).toBe(output.text);
  });
});
