import { afterEach } from 'vitest';
import { temporaryDirectory } from './processes.js';

type CleanUp = () => Promise<unknown> | void;

export interface CleanUps {
  /** Runs it after the test, before those that were added earlier. */
  push(cleanUp: CleanUp): void;
  /** Makes a folder that is removed after the test, and gives its path. */
  newDirectory(): string;
}

/** What the tests of a file leave behind is cleaned up after each. */
export function cleanUpAfterEach(): CleanUps {
  const cleanUps: CleanUp[] = [];
  afterEach(async () => {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  });
  return {
    push: (cleanUp) => void cleanUps.push(cleanUp),
    newDirectory() {
      const directory = temporaryDirectory();
      cleanUps.push(() => directory.remove());
      return directory.path;
    },
  };
}
