import { expected } from '../errors.ts';
import { type CounterWords, counterWords, integerAt, integerOf, uniformOf } from './counter.ts';
import { type Counter, philox4x32 } from './philox.ts';

/**
 * A sequence of random numbers for scalar use: word 0, 1, 2 ... of one counter. Two of the same counter give the same
 * numbers. No WebAssembly needed; bits agree with the kernels'.
 */
export class Random {
  readonly #at: CounterWords;
  #block: readonly number[] = [];
  #blockIndex = -1;
  /** Index of the next word. */
  index = 0;

  constructor(counter: Counter) {
    this.#at = counterWords(counter);
  }

  /** The next 32 bits, as a number in [0, 2³²). */
  u32(): number {
    const index = this.index++;
    const block = Math.floor(index / 4);
    if (block !== this.#blockIndex) {
      const [low, high, step, epoch, stream] = this.#at;
      this.#block = philox4x32([block >>> 0, step, epoch, stream], [low, high]);
      this.#blockIndex = block;
    }
    return this.#block[index & 3]!;
  }

  /** The next float32 in [0, 1). */
  float(): number {
    return uniformOf(this.u32());
  }

  /** The next whole number in [0, bound), without bias. @throws KernelError unless 1 ≤ bound ≤ 2³¹ */
  int(bound: number): number {
    if (!Number.isInteger(bound) || bound < 1 || bound > 2 ** 31) {
      throw expected('a bound in [1, 2³¹]', String(bound), 'draw from at least one value', 'bound');
    }
    const index = this.index;
    const value = integerOf(this.u32(), bound);
    return value >= 0 ? value : integerAt(this.#at, index, bound);
  }

  /** A standard normal number (Box-Muller, two words). */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log((this.u32() + 1) / 2 ** 32));
    return radius * Math.cos((2 * Math.PI * this.u32()) / 2 ** 32);
  }

  /** Shuffles in place (Fisher-Yates) and returns `values`. */
  shuffle<T extends { readonly length: number; [index: number]: unknown }>(values: T): T {
    for (let last = values.length - 1; last > 0; last--) {
      const other = this.int(last + 1);
      const kept = values[last];
      values[last] = values[other];
      values[other] = kept;
    }
    return values;
  }

  /** 0 ... length − 1 in random order. */
  permutation(length: number): Int32Array {
    const values = new Int32Array(length);
    for (let k = 0; k < length; k++) values[k] = k;
    return this.shuffle(values);
  }
}
