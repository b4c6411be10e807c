/** Trouble with files of the storage, and the bucket's CORS rule, which a test orders. */
export interface StorageFaultSettings {
  /** Files whose name contains one of these texts are not there. */
  missing: string[];
  /** Files whose name contains one of these texts must not be read. */
  forbidden: string[];
  /** How long each file takes to be answered, real milliseconds. */
  delayMs: number;
  /** Origins that the CORS rule permits; `*` for every one. Without any the bucket has no rule. */
  corsOrigins: string[];
}

const NO_STORAGE_FAULTS: StorageFaultSettings = {
  missing: [],
  forbidden: [],
  delayMs: 0,
  corsOrigins: ['*'],
};

export class StorageFaults {
  #settings = NO_STORAGE_FAULTS;

  get settings(): StorageFaultSettings {
    return this.#settings;
  }

  change(change: Partial<StorageFaultSettings>): void {
    this.#settings = { ...this.#settings, ...change };
  }

  clear(): void {
    this.#settings = NO_STORAGE_FAULTS;
  }

  /** What is wrong with a file. */
  of(name: string): { missing: boolean; forbidden: boolean; delayMs: number } {
    const { missing, forbidden, delayMs } = this.#settings;
    const names = (texts: readonly string[]) => texts.some((text) => name.includes(text));
    return { missing: names(missing), forbidden: names(forbidden), delayMs };
  }
}
