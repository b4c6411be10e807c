/** An amount that is in use. */
export interface Held {
  /** It is not in use any more. Further calls do nothing. */
  release(): void;
}

/** Amounts that are in use, by key, each until it is released. */
export class HeldAmounts {
  readonly #byKey = new Map<string, number>();
  #total = 0;

  /** Of all keys together. */
  total(): number {
    return this.#total;
  }

  of(key: string): number {
    return this.#byKey.get(key) ?? 0;
  }

  hold(key: string, amount: number): Held {
    this.#add(key, amount);
    let isHeld = true;
    return {
      release: () => {
        if (!isHeld) return;
        isHeld = false;
        this.#add(key, -amount);
      },
    };
  }

  #add(key: string, amount: number): void {
    this.#total += amount;
    const left = this.of(key) + amount;
    if (left > 0) this.#byKey.set(key, left);
    else this.#byKey.delete(key);
  }
}
