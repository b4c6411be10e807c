import { type Assumptions } from '../control/assumptions.js';

type Json = Record<string, unknown>;

function formatFile(file: Json, assumptions: Assumptions): Json {
  return Object.fromEntries(
    Object.entries(file).map(([name, value]) => {
      if (name === 'sliceStartTime' && !assumptions.sliceStartTimeIsMilliseconds) {
        return [name, Math.floor(Number(value) / 1000)];
      }
      return [name === 'filename' && !assumptions.webFilesSayFilename ? 'fileName' : name, value];
    }),
  );
}

/** A list of files in the form that the assumptions choose. */
export function formatFiles(list: unknown[], assumptions: Assumptions): Json[] {
  return list.map((file) => formatFile(file as Json, assumptions));
}
