import { PLAYGROUND_DIRECTORY } from '../paths.js';
import { type BuiltPage, loadPage } from './page-files.js';

/** The playground; about 9 MB with the compressed files once all were asked for. Throws when it was not built. */
export function loadPlayground(directory: string = PLAYGROUND_DIRECTORY): BuiltPage {
  return loadPage('playground', directory);
}
