import * as z from 'zod';
import { readText, reasonOf } from './files.js';

/** Documents in one file. */
const MAX_DOCUMENTS = 10_000;

/** Documents that clients may name by id; and whether nothing else may run. */
export interface TrustedDocumentsSettings {
  documents: ReadonlyMap<string, string> | null;
  only: boolean;
}

const Documents = z
  .record(z.string().min(1), z.string().min(1), 'must hold a JSON object of texts by id')
  .refine(
    (documents) => Object.keys(documents).length <= MAX_DOCUMENTS,
    `must hold at most ${MAX_DOCUMENTS} documents`,
  );

/** From the path of a file to its documents by id. */
export const documentsFile = z.string().transform((path, context) => {
  const fail = (message: string) => {
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  };
  let json: unknown;
  try {
    json = JSON.parse(readText(path));
  } catch (error) {
    return fail(`cannot be read: ${reasonOf(error)}`);
  }
  const parsed = Documents.safeParse(json);
  if (parsed.success) return new Map(Object.entries(parsed.data));
  return fail(parsed.error.issues[0]?.message ?? 'is not valid');
});
