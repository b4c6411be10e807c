import { type DocumentNode, type FormattedExecutionResult } from 'graphql';
import { type Caller, viewerKey } from '../auth/caller.js';

/** For how long the result of an event is given to further subscribers. Real milliseconds. */
export const SHARED_FOR_MS = 250;

type Run = () => Promise<FormattedExecutionResult>;

/** What decides the result of an event. */
interface Subscription {
  caller: Caller;
  document: DocumentNode;
  operationName?: string | null;
  variables?: Record<string, unknown> | null;
}

/**
 * Results of events that several subscriptions share: those whose callers may see the same, and whose document, operation name
 * and variables are equal. Each event is executed once for all of them, as long as they read it within a short time: fields such as
 * `durationSeconds` depend on when they are read. Results with addresses of files are shared by those of one credential alone, since
 * an address is good for as long as the credential that it was made for.
 */
export class SharedResults {
  readonly #results = new Map<object, Map<string, Promise<FormattedExecutionResult>>>();
  /** Documents are kept by their text, so that equal texts have the same one. */
  readonly #numbers = new WeakMap<DocumentNode, number>();
  readonly #sharedForMs: number;
  readonly #hasAddresses: (document: DocumentNode) => boolean;
  #documents = 0;

  /** `hasAddresses`: whether results of a document may hold addresses of files. */
  constructor(sharedForMs: number, hasAddresses: (document: DocumentNode) => boolean) {
    this.#sharedForMs = sharedForMs;
    this.#hasAddresses = hasAddresses;
  }

  /** Gives the results of one subscription. */
  of(subscription: Subscription): (event: object, run: Run) => Promise<FormattedExecutionResult> {
    const { caller, document, operationName = null, variables = null } = subscription;
    const credential = this.#hasAddresses(document) ? caller.credential : null;
    const viewer = [viewerKey(caller), credential];
    const key = JSON.stringify([this.#numberOf(document), viewer, operationName, variables]);
    return (event, run) => {
      const ofEvent = this.#ofEvent(event);
      const known = ofEvent.get(key) ?? run();
      ofEvent.set(key, known);
      return known;
    };
  }

  #numberOf(document: DocumentNode): number {
    const number = this.#numbers.get(document) ?? (this.#documents += 1);
    this.#numbers.set(document, number);
    return number;
  }

  #ofEvent(event: object): Map<string, Promise<FormattedExecutionResult>> {
    const known = this.#results.get(event);
    if (known !== undefined) return known;
    const results = new Map<string, Promise<FormattedExecutionResult>>();
    this.#results.set(event, results);
    setTimeout(() => this.#results.delete(event), this.#sharedForMs).unref();
    return results;
  }
}
