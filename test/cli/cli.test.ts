import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.js';
import { run } from '../support/processes.js';

async function cli(...args: string[]) {
  const running = run('dist/cli.js', {}, undefined, [], args);
  return { code: await running.exited, output: running.output() };
}

describe('agora-recording-gateway', () => {
  it('lists its commands with help, and without a command', async () => {
    const help = await cli('help');
    expect(help.code).toBe(0);
    for (const { name } of COMMANDS) expect(help.output).toContain(`\n  ${name} `);
    expect(await cli()).toEqual(help);
  });

  it('refuses an unknown command and unknown arguments with 78', async () => {
    expect(await cli('stop')).toMatchObject({
      code: 78,
      output: expect.stringMatching(/^Unknown command: stop\./) as string,
    });
    expect(await cli('check', '--all')).toEqual({
      code: 78,
      output: expect.stringMatching(
        /^check failed: Unknown option '--all'.*\nUsage: agora-recording-gateway check\n$/,
      ) as string,
    });
  });

  it('is what every npm script of an operator runs', () => {
    const { bin, scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      bin: Record<string, string>;
      scripts: Record<string, string>;
    };
    expect(bin).toEqual({ 'agora-recording-gateway': 'dist/cli.js' });
    for (const { name } of COMMANDS.filter((command) => command.name !== 'start')) {
      expect(scripts[name]).toBe(`node dist/cli.js ${name}`);
      expect(scripts[`pre${name}`]).toBe('npm run build');
    }
  });
});
