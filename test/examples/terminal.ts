import { spawn } from 'node:child_process';
import { follow } from '../support/processes.js';
import { waitFor } from '../support/wait-for.js';

/** A program in a terminal, used by what it prints and by lines that are typed. */
export interface Terminal {
  /** Waits until the text that was printed so far matches. */
  shows(pattern: RegExp): Promise<RegExpExecArray>;
  write(line: string): void;
  /** Ends the input. */
  end(): void;
  /** Resolves with the exit code, or the signal's name. */
  exited: Promise<number | NodeJS.Signals>;
  kill(): Promise<void>;
}

export function runTerminal(script: string, options: readonly string[]): Terminal {
  const child = spawn(process.execPath, [script, ...options], {
    env: { PATH: process.env.PATH ?? '' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const running = follow(child);
  return {
    async shows(pattern) {
      const find = () => {
        const found = pattern.exec(running.output());
        if (found === null) throw new Error(running.output());
        return found;
      };
      return await waitFor(find, { what: String(pattern) });
    },
    write: (line) => child.stdin.write(`${line}\n`),
    end: () => child.stdin.end(),
    exited: running.exited,
    async kill() {
      await running.kill();
    },
  };
}
