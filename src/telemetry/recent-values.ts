/** Values that are kept. */
const SIZE = 100;

/** The latest values of something that is measured again and again. */
export class RecentValues {
  #values: number[] = [];

  note(value: number): void {
    this.#values.push(value);
    if (this.#values.length > SIZE) this.#values.shift();
  }

  /** Null before the first value. */
  summary(): { values: number; median: number; max: number } | null {
    const sorted = this.#values.toSorted((left, right) => left - right);
    const [median, max] = [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)];
    return median === undefined || max === undefined ? null : { values: sorted.length, median, max };
  }
}
