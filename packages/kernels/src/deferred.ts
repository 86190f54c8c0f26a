import { type Engine, rowsOf } from './engine.ts';
import { expected } from './errors.ts';
import type { KernelMemory } from './memory.ts';

export interface Betas {
  readonly beta1: number;
  readonly beta2: number;
}

/** By t₀: the sums A, B, C. By step: 1 / b₁ and 1 / √b₂. */
type SumViews = Readonly<Record<'first' | 'second' | 'third' | 'rates' | 'roots', Float32Array>>;

/** Steps after which β₁ʲ leaves less than 1e-12 of a moment. */
function horizonOf(beta1: number): number {
  return beta1 <= 0 ? 1 : Math.ceil(Math.log(1e-12) / Math.log(Math.min(beta1, 0.9999)));
}

/**
 * The sums over idle steps that all rows of an optimizer share (wasm/deferred.ts), by the step t₀ at which a row was last up to
 * date: A, B, C up to the present step, and the bias corrections of each step. `advance` moves the present on by one step: it
 * costs as many operations as there are steps within the horizon, whatever the tables' sizes. Older sums have converged.
 */
export class IdleSums {
  readonly horizon: number;
  readonly #memory: KernelMemory;
  readonly #betas: Betas;
  /** Ratios of the three geometric series, and the sums in float64 for the steps within the horizon. */
  readonly #ratios: readonly [number, number, number];
  readonly #powers: readonly [Float64Array, Float64Array, Float64Array];
  #sums: readonly [Float64Array, Float64Array, Float64Array];
  #step = 0;
  #views: SumViews;

  constructor(memory: KernelMemory, { beta1, beta2 }: Betas) {
    this.#memory = memory;
    this.#betas = { beta1: Math.fround(beta1), beta2: Math.fround(beta2) };
    this.horizon = horizonOf(beta1);
    const b1 = this.#betas.beta1;
    const b2 = this.#betas.beta2;
    this.#ratios = [b1 / Math.sqrt(b2), b1 / b2, b1 / (b2 * Math.sqrt(b2))];
    if (this.#ratios[2] >= 1) {
      throw expected('beta1 < beta2^1.5', `${beta1}, ${beta2}`, 'use the dense pass', 'beta1');
    }
    const powers = (ratio: number): Float64Array =>
      Float64Array.from({ length: this.horizon + 1 }, (_, j) => ratio ** j);
    this.#powers = [powers(this.#ratios[0]), powers(this.#ratios[1]), powers(this.#ratios[2])];
    this.#sums = [new Float64Array(1024), new Float64Array(1024), new Float64Array(1024)];
    this.#views = this.#allocate(1024);
  }

  /** The present step t: the number of `advance`s. */
  get step(): number {
    return this.#step;
  }

  /** Views by t₀ (sums) and by step (corrections), for `adamIdle`. */
  get views(): SumViews {
    return this.#views;
  }

  /** Goes to the next step. */
  advance(): void {
    const s = ++this.#step;
    if (s + 1 >= this.#views.rates.length) this.#grow(this.#views.rates.length * 2);
    const { beta1, beta2 } = this.#betas;
    const b1 = 1 - beta1 ** s;
    const root = Math.sqrt(1 - beta2 ** s);
    this.#views.rates[s] = 1 / b1;
    this.#views.roots[s] = 1 / root;
    const terms = [root / b1, root ** 2 / b1, root ** 3 / b1] as const;
    const out = [this.#views.first, this.#views.second, this.#views.third] as const;
    const oldest = Math.max(0, s - this.horizon);
    for (let k = 0; k < 3; k++) {
      const sums = this.#sums[k]!;
      const powers = this.#powers[k]!;
      for (let from = oldest; from < s; from++) {
        sums[from]! += powers[s - from]! * terms[k]!;
        out[k]![from] = sums[from]!;
      }
    }
  }

  /** Goes to step `step` from the beginning: for a resumed run. */
  rewind(step: number): void {
    for (const sums of this.#sums) sums.fill(0);
    for (const view of Object.values(this.#views)) view.fill(0);
    this.#step = 0;
    while (this.#step < step) this.advance();
  }

  dispose(): void {
    for (const view of Object.values(this.#views)) this.#memory.free(view);
  }

  #allocate(length: number): SumViews {
    const one = (): Float32Array => this.#memory.f32(length).fill(0);
    return { first: one(), second: one(), third: one(), rates: one(), roots: one() };
  }

  #grow(length: number): void {
    const old = this.#views;
    this.#views = this.#allocate(length);
    for (const name of Object.keys(old) as (keyof SumViews)[]) {
      this.#views[name].set(old[name]);
      this.#memory.free(old[name]);
    }
    const longer = (sums: Float64Array): Float64Array => {
      const copy = new Float64Array(length);
      copy.set(sums);
      return copy;
    };
    this.#sums = [longer(this.#sums[0]), longer(this.#sums[1]), longer(this.#sums[2])];
  }
}

export interface Deferred {
  /**
   * Applies to rows of a table what dense Adam does in steps without gradient, up to `sums.step`, and fades their moments.
   * Rows never touched (clock 0) stay. parameter, m, v [rows, dim]; clocks [rows]; list [n] of distinct rows (absent: all).
   * `learningRate` must be the one of all the idle steps: bring all rows up to date before it changes.
   */
  adamIdle(options: {
    readonly parameter: Float32Array;
    readonly dim: number;
    readonly m: Float32Array;
    readonly v: Float32Array;
    readonly clocks: Int32Array;
    readonly list?: Int32Array;
    readonly learningRate: number;
    readonly beta1: number;
    readonly beta2: number;
    readonly epsilon: number;
    readonly sums: IdleSums;
    /** Whether `parameter` is a copy of the table: moments and clocks then stay as they are. */
    readonly isCopy?: boolean;
  }): void;
}

export function deferred(engine: Engine): Deferred {
  const address = engine.address.bind(engine);
  return {
    adamIdle({ parameter, dim, m, v, clocks, list, learningRate, beta1, beta2, epsilon, sums, isCopy = false }) {
      const all = rowsOf('dim', parameter.length, dim);
      const rows = list?.length ?? all;
      const { first, second, third, rates, roots } = sums.views;
      const moments = [address('m', m, parameter.length), address('v', v, parameter.length)];
      const table = [address('parameter', parameter), dim, list ? address('list', list) : 0, ...moments];
      const now = [address('clocks', clocks, all), sums.step, learningRate, beta1, beta2, epsilon];
      const shared = [first, second, third, rates, roots].map((view) => address('sums', view));
      engine.run('adamIdle', [...table, ...now, ...shared, sums.horizon, Number(!isCopy)], rows, { work: 6 * dim });
    },
  };
}
