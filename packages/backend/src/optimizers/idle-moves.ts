import { IdleSums, kernels } from '@losslab/kernels';
import type { AdamOptions, SgdOptions } from './options.ts';
import type { TouchedUpdate } from './rule.ts';

/** Rows to bring up to date: `list` of `parameter`, or all. */
export interface IdleRows {
  readonly parameter: Float32Array; // [rows, dim]
  readonly dim: number;
  /** [rows]: the step that a row is up to date with. */
  readonly clocks: Int32Array;
  readonly list?: Int32Array;
  readonly learningRate: number;
  /** Whether `parameter` is a copy of the table: what else is kept stays as it is. */
  readonly isCopy: boolean;
}

/** What an optimizer does at every step to rows without gradient, so that it can be done later. */
export interface IdleMoves {
  /** The present step: updates of the table so far. */
  readonly step: number;
  /** The least clock that owes moves: 1 where a row stays until it is touched. */
  readonly firstClock: 0 | 1;
  /** Goes to the next step. */
  advance(): void;
  /** Goes to step `step` from the beginning: for a resumed run. */
  rewind(step: number): void;
  /** Makes what rows owe up to the present step. */
  make(rows: IdleRows): void;
  /** The present step's update of rows that are up to date with the step before: those of the gradient, and no other. */
  update(update: TouchedUpdate): void;
  dispose(): void;
}

/** SGD with weight decay multiplies a row without gradient by 1 − ηλ. */
export class IdleDecay implements IdleMoves {
  readonly firstClock = 0;
  readonly #options: SgdOptions;
  #step = 0;

  constructor(options: SgdOptions) {
    this.#options = options;
  }

  get step(): number {
    return this.#step;
  }

  advance(): void {
    this.#step++;
  }

  rewind(step: number): void {
    this.#step = step;
  }

  make(rows: IdleRows): void {
    kernels().decayIdle({ ...rows, step: this.#step, weightDecay: this.#options.weightDecay });
  }

  update({ parameter, dim, gradient: { values, ids }, learningRate, scale }: TouchedUpdate): void {
    const { weightDecay } = this.#options;
    kernels().sgd({ parameter, dim, gradient: { values, list: ids }, learningRate, scale, weightDecay });
  }

  dispose(): void {}
}

interface Moments {
  readonly m: Float32Array; // [rows, dim]
  readonly v: Float32Array; // [rows, dim]
}

/** Adam moves a row without gradient by its moments, which fade (kernels' `adamIdle`); without moments it stays. */
export class IdleAdam implements IdleMoves {
  readonly firstClock = 1;
  readonly #options: AdamOptions;
  readonly #moments: Moments;
  readonly #sums: IdleSums;

  constructor(options: AdamOptions, moments: Moments) {
    this.#options = options;
    this.#moments = moments;
    this.#sums = new IdleSums(kernels().memory, options);
  }

  get step(): number {
    return this.#sums.step;
  }

  advance(): void {
    this.#sums.advance();
  }

  rewind(step: number): void {
    this.#sums.rewind(step);
  }

  make(rows: IdleRows): void {
    kernels().adamIdle({ ...rows, ...this.#moments, epsilon: this.#options.epsilon, sums: this.#sums });
  }

  update({ parameter, dim, gradient: { values, ids }, learningRate, scale, step }: TouchedUpdate): void {
    const { beta1, beta2, epsilon, weightDecay } = this.#options;
    const rates = { learningRate, scale, weightDecay, beta1, beta2, epsilon, step };
    kernels().adam({ parameter, dim, gradient: { values, list: ids }, ...this.#moments, ...rates });
  }

  dispose(): void {
    this.#sums.dispose();
  }
}
