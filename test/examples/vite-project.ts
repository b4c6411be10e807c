import { execFile, spawn } from 'node:child_process';
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { freePort, temporaryDirectory } from '../support/processes.js';
import { waitFor } from '../support/wait-for.js';

const execute = promisify(execFile);

const EXAMPLE = 'examples/vite';

/** Strict, and with the types of packages checked too. */
const COMPILER_OPTIONS = {
  ...{ strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, noEmit: true },
  ...{ target: 'ES2023', lib: ['ES2023', 'DOM', 'DOM.Iterable'], module: 'ESNext' },
  ...{ moduleResolution: 'Bundler', skipLibCheck: false, types: [] },
};

/** A second build that leaves graphql-ws out, to measure the rest. */
const SIZE_CONFIG = `import { defineConfig } from 'vite';
export default defineConfig({ build: { outDir: 'size', rolldownOptions: { external: ['graphql-ws'] } } });
`;

/** An empty project into which the packed client was installed, with the example's files. */
export interface ViteProject {
  checkTypes(): Promise<void>;
  build(): Promise<void>;
  /** Bytes of the page's script after gzip, without graphql-ws. */
  gzipBytes(): Promise<number>;
  /** Serves what was built, or in development what was written, with the proxy of the example's settings. */
  serve(what: 'built' | 'written'): Promise<{ url: string; close(): Promise<void> }>;
  remove(): void;
}

/** The version that the repository has pinned. */
function pinned(name: string): string {
  const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<
    'dependencies' | 'devDependencies',
    Record<string, string>
  >;
  return `${name}@${dependencies[name] ?? devDependencies[name]}`;
}

export async function makeViteProject(gatewayUrl: string): Promise<ViteProject> {
  const directory = temporaryDirectory();
  const { path } = directory;
  const run = async (program: string, ...options: string[]) => await execute(program, options, { cwd: path });
  const bin = (name: string) => join(path, 'node_modules', '.bin', name);

  const { stdout } = await execute('npm', ['pack', '--silent', '--pack-destination', path], {
    cwd: 'packages/client',
  });
  for (const name of readdirSync(EXAMPLE)) copyFileSync(join(EXAMPLE, name), join(path, name));
  const settings = readFileSync(join(EXAMPLE, 'vite.config.ts'), 'utf8');
  writeFileSync(join(path, 'vite.config.ts'), settings.replace('http://127.0.0.1:4000', gatewayUrl));
  writeFileSync(join(path, 'size.config.ts'), SIZE_CONFIG);
  writeFileSync(join(path, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  const typed = { compilerOptions: COMPILER_OPTIONS, include: ['main.ts'] };
  writeFileSync(join(path, 'tsconfig.json'), JSON.stringify(typed));
  const packages = [`./${stdout.trim()}`, ...['graphql', 'vite', 'typescript'].map(pinned)];
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'];
  await run('npm', 'install', ...quiet, ...packages);

  return {
    async checkTypes() {
      await run(bin('tsc'), '-p', '.').catch((error: { stdout: string }) => {
        throw new Error(error.stdout);
      });
    },
    async build() {
      await run(bin('vite'), 'build');
    },
    async gzipBytes() {
      await run(bin('vite'), 'build', '--config', 'size.config.ts');
      const folder = join(path, 'size', 'assets');
      const scripts = readdirSync(folder).filter((name) => name.endsWith('.js'));
      return scripts.reduce((sum, name) => sum + gzipSync(readFileSync(join(folder, name))).length, 0);
    },
    async serve(what) {
      const port = await freePort();
      const command = what === 'built' ? ['preview'] : [];
      const where = ['--host', '127.0.0.1', '--port', String(port), '--strictPort'];
      const child = spawn(bin('vite'), [...command, ...where], { cwd: path, stdio: 'ignore' });
      const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      const url = `http://127.0.0.1:${port}/`;
      await waitFor(async () => (await fetch(url)).ok, { what: `Vite at ${url}` });
      return {
        url,
        async close() {
          child.kill();
          await exited;
        },
      };
    },
    remove: () => directory.remove(),
  };
}
