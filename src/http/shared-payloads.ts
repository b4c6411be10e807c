/** The end of a message with an empty text as its payload, which the payload takes the place of. */
const EMPTY = '""}';

/** Takes the place of a payload until its message is written. */
interface Placeholder {
  toJSON(): string;
}

/**
 * Payloads that are written once for all messages that have them. A message is composed by graphql-ws with a placeholder, and
 * the payload's text is put in its place when the message is sent, which is the next thing that happens.
 */
export class SharedPayloads {
  readonly #texts = new WeakMap<object, string>();
  #next: string | null = null;

  /** A placeholder for the payload. */
  placeholder(payload: object): Placeholder {
    return {
      toJSON: () => {
        const text = this.#texts.get(payload) ?? JSON.stringify(payload);
        this.#texts.set(payload, text);
        this.#next = text;
        return '';
      },
    };
  }

  /** The message as it is sent. */
  complete(message: string): string {
    const payload = this.#next;
    if (payload === null) return message;
    this.#next = null;
    return `${message.slice(0, -EMPTY.length)}${payload}}`;
  }
}
