import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, temporaryDirectory } from '../support/processes.js';
import { waitFor } from '../support/wait-for.js';
import { PAGE } from './one-origin.js';

/** Debian's. */
const NGINX = '/usr/sbin/nginx';

/** Where it is missing the test is skipped; in CI it runs all the same, and fails. */
export const SKIP_WITHOUT_NGINX = !existsSync(NGINX) && process.env.CI === undefined;

/** nginx with the page of an example, and with a block of settings. */
export async function runNginx(script: Uint8Array, block: string) {
  const directory = temporaryDirectory();
  const { path } = directory;
  const port = await freePort();
  const page = join(path, 'page');
  mkdirSync(page);
  writeFileSync(join(page, 'index.html'), PAGE);
  writeFileSync(join(page, 'main.js'), script);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const settings = join(path, 'nginx.conf');
  writeFileSync(
    settings,
    `daemon off;
master_process off;
pid ${path}/pid;
events {}
http {
  access_log off;
  ${temporary.map((name) => `${name}_temp_path ${path}/${name};`).join('\n  ')}
  types { text/html html; text/javascript js; }
  server {
    listen 127.0.0.1:${port};
    root ${page};
    ${block}
  }
}
`,
  );
  const child = spawn(NGINX, ['-e', 'stderr', '-c', settings], { stdio: ['ignore', 'ignore', 'pipe'] });
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = `http://127.0.0.1:${port}/`;
  const isUp = async () => {
    if (child.exitCode !== null) throw new Error(complaints);
    return (await fetch(url)).ok;
  };
  await waitFor(isUp, { what: `nginx at ${url}` });
  return {
    url,
    async close() {
      child.kill();
      await exited;
      directory.remove();
    },
  };
}
