import { CONSOLE_DIRECTORY } from '../paths.js';
import { type BuiltPage, loadPage } from './page-files.js';

/** The console. Throws when it was not built. */
export function loadConsole(directory: string = CONSOLE_DIRECTORY): BuiltPage {
  return loadPage('console', directory);
}
