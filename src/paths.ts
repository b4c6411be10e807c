import { fileURLToPath } from 'node:url';

// From here and from both places that the build makes of it (build and dist), the project's folder is one up.

/** The package's manifest. */
export const MANIFEST = fileURLToPath(new URL('../package.json', import.meta.url));

/** Where the build puts the playground. */
export const PLAYGROUND_DIRECTORY = fileURLToPath(new URL('../dist/playground', import.meta.url));

/** Where the build puts the console. */
export const CONSOLE_DIRECTORY = fileURLToPath(new URL('../dist/console', import.meta.url));
