import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { type Dockerfile, type Stage } from './dockerfile.js';

/**
 * What a build sees of the project: `.dockerignore` excludes everything, includes whole names, then excludes folders of
 * each package again.
 */
export function makeContext(project: string, directory: string): void {
  const lines = readFileSync(join(project, '.dockerignore'), 'utf8')
    .split('\n')
    .filter((line) => !/^\s*(#|$)/.test(line));
  const included = lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
  const excluded = lines.slice(1 + included.length).map((line) => /^packages\/\*\/(\w+)$/.exec(line)?.[1]);
  if (lines[0] !== '*' || !included.every((name) => /^[\w.-]+$/.test(name)) || excluded.includes(undefined)) {
    throw new Error('.dockerignore must list *, then !NAME lines, then packages/*/NAME lines.');
  }
  const isExcluded = (path: string) => {
    const [top, , folder] = relative(project, path).split(sep);
    return top === 'packages' && excluded.includes(folder);
  };
  mkdirSync(directory);
  for (const name of included) {
    cpSync(join(project, name), join(directory, name), {
      recursive: true,
      filter: (path) => !isExcluded(path),
    });
  }
}

function copy(sources: readonly string[], destination: string): void {
  for (const source of sources) {
    const intoDirectory = !statSync(source).isDirectory() && destination.endsWith('/');
    cpSync(source, intoDirectory ? join(destination, basename(source)) : destination, {
      recursive: true,
      verbatimSymlinks: true,
    });
  }
}

/** A path in an image, absolute or seen from its working directory, as one on this machine. */
function locate(root: string, workingDirectory: string, path: string): string {
  const absolute = path.startsWith('/') ? path : `${workingDirectory}/${path.replace(/^\.\//, '')}`;
  return `${root}${absolute}`;
}

/**
 * Does what an engine does, except for the isolation: each stage has a directory for its root, RUN runs there with the
 * absolute paths moved into it, COPY copies. The base image is this machine. Returns the root of each stage.
 */
export async function buildStages(
  { stages }: Dockerfile,
  context: string,
  directory: string,
): Promise<ReadonlyMap<string, string>> {
  const roots = new Map<string, string>();
  const workingDirectories = new Map<string, string>();

  async function runInstructions(stage: Stage, root: string): Promise<void> {
    let workingDirectory = workingDirectories.get(stage.from) ?? '/';
    for (const { name, rest } of stage.instructions) {
      if (name === 'WORKDIR') {
        workingDirectory = rest;
        mkdirSync(join(root, rest), { recursive: true });
      } else if (name === 'COPY') {
        const words = rest.split(/\s+/);
        const from = words[0]?.startsWith('--from=') ? words.shift()?.slice('--from='.length) : undefined;
        const destination = words.pop() ?? '';
        const base = from === undefined ? context : roots.get(from);
        if (base === undefined) throw new Error(`COPY ${rest} is from no stage before it.`);
        copy(
          words.map((word) => join(base, word)),
          locate(root, workingDirectory, destination),
        );
      } else if (name === 'RUN') {
        const command = rest.replaceAll(/(?<=\s)\/(?=\w)/g, `${root}/`);
        await promisify(execFile)('sh', ['-ec', command], {
          cwd: join(root, workingDirectory),
          env: { PATH: process.env.PATH, HOME: process.env.HOME, npm_config_prefer_offline: 'true' },
          maxBuffer: 16 * 1024 * 1024,
        });
      }
    }
    workingDirectories.set(stage.name, workingDirectory);
  }

  for (const stage of stages) {
    // A stage that is based on another one works in its directory.
    const root = roots.get(stage.from) ?? join(directory, stage.name);
    mkdirSync(root, { recursive: true });
    roots.set(stage.name, root);
    await runInstructions(stage, root);
  }
  return roots;
}
