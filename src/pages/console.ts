import { CONSOLE_DIRECTORY } from '../paths.js';
import { type BuiltPage, loadPage } from './page-files.js';

/** Reads the console, once. Throws when it was not built. */
export function loadConsole(directory: string = CONSOLE_DIRECTORY): BuiltPage {
  return loadPage('console', directory);
}
