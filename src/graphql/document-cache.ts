import { type DocumentNode } from 'graphql';
import { MAX_CACHED_DOCUMENT_CHARACTERS, MAX_CACHED_DOCUMENTS } from './limits/bounds.js';

/** Valid documents by their text, the least recently used dropped first. */
export class DocumentCache {
  readonly #documents = new Map<string, DocumentNode>();

  get size(): number {
    return this.#documents.size;
  }

  get(text: string): DocumentNode | undefined {
    const document = this.#documents.get(text);
    if (document === undefined) return undefined;
    this.#documents.delete(text);
    this.#documents.set(text, document);
    return document;
  }

  set(text: string, document: DocumentNode): void {
    if (text.length > MAX_CACHED_DOCUMENT_CHARACTERS) return;
    this.#documents.set(text, document);
    if (this.#documents.size <= MAX_CACHED_DOCUMENTS) return;
    const [oldest] = this.#documents.keys();
    if (oldest !== undefined) this.#documents.delete(oldest);
  }
}
