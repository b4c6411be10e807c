import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { clientOf, onEnd, waitFor } from '../support/sandbox.js';

const run = promisify(execFile);

const PACKAGE = fileURLToPath(new URL('../..', import.meta.url));
const TSC = fileURLToPath(new URL('../../../../node_modules/typescript/bin/tsc', import.meta.url));

const MINUTE_MS = 60_000;

function emptyDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'sandbox-packed-'));
  onEnd(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** Names of everything installed in a directory. */
async function installedIn(directory: string): Promise<string[]> {
  const { stdout } = await run('npm', ['ls', '--all', '--parseable'], { cwd: directory });
  return stdout
    .trim()
    .split('\n')
    .slice(1)
    .map((path) => path.replace(/^.*node_modules\//, ''));
}

describe('The packed sandbox', () => {
  it(
    'installs alone in an empty directory, runs, and has its types',
    async () => {
      const directory = emptyDirectory();
      // The build of the test run is packed as it is: another one would disturb tests that run at the same time.
      const pack = ['pack', '--ignore-scripts', '--json', '--pack-destination', directory];
      const { stdout } = await run('npm', pack, { cwd: PACKAGE });
      const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
      writeFileSync(join(directory, 'package.json'), '{"name":"empty","private":true,"type":"module"}');
      // Without install scripts, and only with packages for this version of Node.
      const install = ['install', '--ignore-scripts', '--engine-strict', '--no-audit', '--no-fund'];
      await run('npm', [...install, join(directory, filename)], { cwd: directory });

      const names = await installedIn(directory);
      const direct = Object.keys(
        (
          JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')) as {
            dependencies: Record<string, string>;
          }
        ).dependencies,
      );
      expect(names).toEqual(expect.arrayContaining(['agora-recording-sandbox', ...direct]));
      expect(names.filter((name) => /agora-recording-gateway|graphql|apollo|^ky$|^pg$/.test(name))).toEqual(
        [],
      );

      const child = spawn('npx', ['agora-recording-sandbox'], {
        cwd: directory,
        env: { ...process.env, SANDBOX_PORT: '0', SANDBOX_HTTPS_PORT: '0', LOG_LEVEL: 'warn' },
        detached: true,
      });
      onEnd(() => child.pid !== undefined && process.kill(-child.pid));
      let output = '';
      child.stdout.on('data', (data: Buffer) => (output += data.toString()));
      const url = await waitFor(
        () => /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0],
        'the address',
        MINUTE_MS,
      );
      const client = await clientOf({ url });
      const recording = await client.record();
      await client.step(10_000);
      expect((await client.query(recording)).body.serverResponse).toMatchObject({ status: 5 });

      const { stdout: help } = await run('npx', ['agora-recording-notify', '--help'], { cwd: directory });
      expect(help).toContain('--secret-file');

      writeFileSync(
        join(directory, 'use.ts'),
        `import { startSandbox, type SandboxOptions } from 'agora-recording-sandbox';
         const options: SandboxOptions = { speed: 60 };
         const sandbox = await startSandbox(options);
         const url: string = sandbox.url;
         await sandbox.close();
         console.log(url);`,
      );
      const compile = ['--strict', '--module', 'nodenext', '--target', 'es2022', 'use.ts'];
      await run(process.execPath, [TSC, ...compile], { cwd: directory }).catch((error: unknown) => {
        throw new Error((error as { stdout: string }).stdout);
      });
    },
    5 * MINUTE_MS,
  );
});
