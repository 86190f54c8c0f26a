/** What was made and must be freed, the last first. */
export class Disposals {
  readonly #frees: (() => void)[] = [];

  adding<T>(thing: T, free: (thing: T) => void): T {
    this.#frees.push(() => free(thing));
    return thing;
  }

  /** Frees everything, once. */
  dispose(): void {
    for (let free = this.#frees.pop(); free !== undefined; free = this.#frees.pop()) free();
  }
}
