const capacity = 1 << 14;

/** Durations of the latest steps, of a fixed size however long the run. */
export class StepTimes {
  readonly #times = new Float64Array(capacity);
  #count = 0;

  add(milliseconds: number): void {
    this.#times[this.#count++ % capacity] = milliseconds;
  }

  /** The middle one, or undefined where there is none. */
  median(): number | undefined {
    const sorted = this.#times.slice(0, Math.min(this.#count, capacity)).sort();
    return sorted[sorted.length >> 1];
  }
}
