import pLimit from 'p-limit';
import { RequestError } from '../errors.js';
import { MAX_HELD_BYTES, MAX_READ_BYTES } from './bounds.js';

/** Stored text that the pages of all running operations were read from, and that they hold until they end. */
export class HeldPages {
  #bytes = 0;

  get bytes(): number {
    return this.#bytes;
  }

  /** Negative when an operation ends. */
  add(bytes: number): void {
    this.#bytes += bytes;
  }
}

/** What one operation may read from the store in pages. Its pages are read one after the other. */
export class ReadBudget {
  readonly #held: HeldPages;
  readonly #oneAtATime = pLimit(1);
  #bytes = 0;
  #ended = false;

  constructor(held: HeldPages) {
    this.#held = held;
  }

  /**
   * Reads a page. Rejects with REPLY_TOO_LARGE once the operation's pages are too large, and with GATEWAY_BUSY while those of
   * all operations are.
   */
  page<Page extends { bytes: number }>(read: () => Promise<Page>): Promise<Page> {
    return this.#oneAtATime(async () => {
      this.#check();
      const page = await read();
      // An error elsewhere may have ended the operation meanwhile; graphql does not wait for the fields that remain.
      if (this.#ended) return page;
      this.#bytes += page.bytes;
      this.#held.add(page.bytes);
      this.#check();
      return page;
    });
  }

  /** Counts a list, in turn with the pages. */
  async count<Count>(read: () => Promise<Count>): Promise<Count> {
    const { count } = await this.page(async () => ({ count: await read(), bytes: 0 }));
    return count;
  }

  #check(): void {
    if (this.#ended) throw new Error('The operation has ended.');
    if (this.#bytes > MAX_READ_BYTES) {
      throw new RequestError(
        'REPLY_TOO_LARGE',
        `The pages of this operation hold more than ${MAX_READ_BYTES} bytes in the store. Ask for smaller pages, or for fewer.`,
        { limit: 'read_bytes' },
      );
    }
    if (this.#held.bytes > MAX_HELD_BYTES) {
      throw new RequestError(
        'GATEWAY_BUSY',
        'The operations that run at the moment hold as much as the gateway may keep in memory. Try again in a second.',
        { limit: 'held_bytes' },
      );
    }
  }

  /** Gives back what the operation held. Nothing is read for it from then on. */
  end(): void {
    this.#ended = true;
    this.#held.add(-this.#bytes);
  }
}
