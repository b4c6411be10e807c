import { RequestError } from './errors.js';

/** How a request says what to run: by the text, by the id of a trusted document, or by both. */
export interface DocumentSource {
  /** Empty where only an id is given. */
  query: string;
  /** https://github.com/graphql/graphql-over-http/blob/main/rfcs/PersistedOperations.md */
  documentId?: unknown;
  /** `persistedQuery.sha256Hash` is an id, too: Apollo Client and urql send it. */
  extensions?: Readonly<Record<string, unknown>> | null;
}

export interface TrustedDocumentsSettings {
  /** Texts by id; null without a list. */
  documents: ReadonlyMap<string, string> | null;
  /** Whether nothing else may run. */
  only: boolean;
}

const PREFIX = 'sha256:';

function idOf({ documentId, extensions }: DocumentSource): string | null {
  if (typeof documentId === 'string') return documentId;
  const persisted = extensions?.persistedQuery;
  if (typeof persisted !== 'object' || persisted === null || !('sha256Hash' in persisted)) return null;
  return String(persisted.sha256Hash);
}

/** Whether a request names a document by id. */
export function hasId(source: DocumentSource): boolean {
  return idOf(source) !== null;
}

/** From a request to the text that it runs; throws RequestError where there is none, or where it may not run. */
export function createTrustedDocuments({
  documents,
  only,
}: TrustedDocumentsSettings): (source: DocumentSource) => string {
  const texts = new Set(documents?.values());

  return (source) => {
    const id = idOf(source);
    if (id !== null && documents === null) {
      throw new RequestError(
        'PERSISTED_QUERY_NOT_SUPPORTED',
        'The gateway has no list of documents (TRUSTED_DOCUMENTS). Send the text of the document as query, without an id.',
      );
    }
    const trusted = id === null ? undefined : (documents?.get(id) ?? documents?.get(`${PREFIX}${id}`));
    if (trusted !== undefined) return trusted;
    if (id !== null && source.query === '') {
      throw new RequestError(
        'PERSISTED_QUERY_NOT_FOUND',
        'No document of TRUSTED_DOCUMENTS has this id. Send the text, or add the document.',
      );
    }
    if (only && !texts.has(source.query)) {
      throw new RequestError(
        'DOCUMENT_NOT_TRUSTED',
        'The gateway runs the documents of TRUSTED_DOCUMENTS only, and this is none of them. Send the id of one, or add this one.',
        { limit: 'trusted_documents' },
      );
    }
    return source.query;
  };
}
