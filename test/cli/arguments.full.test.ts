import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS, usageOf } from '../../src/cli/commands.js';
import { cleanUpAfterEach } from '../support/clean-ups.js';
import { run } from '../support/processes.js';

const cleanUps = cleanUpAfterEach();

interface Place {
  folder: string;
  store: string;
}

/** A folder without a store: what a command makes there is seen. */
function emptyPlace(): Place {
  const folder = cleanUps.newDirectory();
  return { folder, store: join(folder, 'gateway.db') };
}

/** Runs a command in a folder, on a store that does not exist. */
async function cli({ folder, store }: Place, args: string[], env: Record<string, string> = {}) {
  const keys: Record<string, string> =
    args[0] === 'keys' ? { AUTH_API_KEYS_FILE: join(folder, 'keys.json') } : {};
  const running = run('dist/cli.js', { DATABASE_URL: `file:${store}`, ...keys, ...env }, folder, [], args);
  cleanUps.push(() => running.kill('SIGKILL'));
  return { code: await running.exited, output: running.output() };
}

/** Arguments that a command takes. */
const FITTING: Readonly<Record<string, string[]>> = {
  backup: ['backup.db'],
  restore: ['backup.db'],
  keys: ['add', 'teacher', '--scope', 'read'],
};

describe.each(COMMANDS.map((command) => ({ command, fitting: FITTING[command.name] ?? [] })))(
  'The command $command.name',
  ({ command, fitting }) => {
    it('prints how it is called for --help and -h, next to other arguments too, and does nothing else', async () => {
      const place = emptyPlace();
      for (const args of [['--help'], ['-h'], [...fitting, '--unknown', '-h']]) {
        // Settings that are wrong do not matter.
        const { code, output } = await cli(place, [command.name, ...args], { PORT: 'http' });
        expect({ args, code, output }).toMatchObject({ code: 0 });
        expect(output).toContain(`${usageOf(command)}\n\n${command.summary}`);
      }
      expect(readdirSync(place.folder)).toEqual([]);
    });

    it('refuses options and arguments that it does not have with 78, says how it is called, and does nothing', async () => {
      const place = emptyPlace();
      for (const [args, named] of [
        [[...fitting, '--unknown'], '--unknown'],
        [[...fitting, '-x'], '-x'],
        [[...fitting, 'surplus'], 'surplus'],
        // What follows -- is a plain argument.
        [[...fitting, '--', '--help'], 'Unexpected argument: --help.'],
      ] as const) {
        const { code, output } = await cli(place, [command.name, ...args]);
        expect({ args, code, output }).toMatchObject({ code: 78 });
        const [reason = '', ...rest] = output.trim().split('\n');
        expect(reason).toContain(`${command.name} failed: `);
        expect(reason).toContain(named);
        expect(rest).toEqual([usageOf(command)]);
      }
      expect(readdirSync(place.folder)).toEqual([]);
    });
  },
);

it.each([
  ['FILE', ['backup']],
  ['FILE', ['backup', '']],
  ['FILE', ['backup', ' ']],
  ['FILE', ['restore']],
  ['FILE', ['restore', '']],
  ['action', ['keys']],
  ['NAME', ['keys', 'add', '--scope', 'read']],
  ['NAME', ['keys', 'revoke']],
  ['NAME', ['keys', 'revoke', '']],
  ['--scope', ['keys', 'add', 'teacher']],
  ['--scope', ['keys', 'add', 'teacher', '--scope']],
  ['--dry-run', ['rebuild', '--dry-run=yes']],
] as const)('what is wrong or missing is named, which is %s for %j', async (named, args) => {
  const place = emptyPlace();
  const { code, output } = await cli(place, [...args]);
  expect({ code, output }).toMatchObject({ code: 78 });
  const [reason, usage] = output.trim().split('\n');
  expect(reason).toContain(named);
  expect(usage).toContain(`Usage: agora-recording-gateway ${args[0]}`);
  expect(readdirSync(place.folder)).toEqual([]);
});

it('a file whose name begins with a dash is named after --, by backup and by restore', async () => {
  const place = emptyPlace();
  // `migrate` makes no store: an empty file is one that was made.
  writeFileSync(place.store, '');
  for (const args of [['migrate'], ['backup', '--', '-backup'], ['restore', '--', '-backup']])
    expect(await cli(place, args)).toMatchObject({ code: 0 });
  expect(existsSync(join(place.folder, '-backup'))).toBe(true);
});

it.each([
  'postgres://gateway:canary@127.0.0.1:99999/recordings',
  'postgres://gateway:canary@127.0.0.1:port/recordings',
  'postgres://gateway:can/ary@127.0.0.1/recordings',
])('every command refuses %s with 78, and shows no password', async (DATABASE_URL) => {
  const place = emptyPlace();
  for (const { name } of COMMANDS.filter((command) => command.name !== 'keys')) {
    const { code, output } = await cli(place, [name, ...(FITTING[name] ?? [])], { DATABASE_URL });
    expect({ name, code, output }).toMatchObject({ code: 78 });
    expect(output).toMatch(/DATABASE_URL must be an address with a port from 1 to 65535/);
    expect(output).not.toMatch(/can\/?ary/);
  }
});
