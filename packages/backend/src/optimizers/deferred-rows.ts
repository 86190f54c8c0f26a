import { IdleSums, kernels } from '@losslab/kernels';
import { translated } from '../errors.ts';
import type { EmbeddingTable, ReadHook, SharedRows } from '../tables/embedding-table.ts';
import type { AdamOptions } from './options.ts';
import type { TouchedUpdate } from './rule.ts';

/** Deferring pays where a step touches at most one row in so many. */
const ROWS_A_TOUCHED_ROW = 8;

/** The fixed rule: by the table's size and the rows that the first step touches, never by a timing. */
export function isWorthDeferring(rows: number, touched: number): boolean {
  return rows >= ROWS_A_TOUCHED_ROW * touched;
}

interface Moments {
  readonly m: Float32Array; // [rows, dim]
  readonly v: Float32Array; // [rows, dim]
}

/**
 * Dense Adam on one table at the cost of the rows that a step touches. A row's idle moves are made when it is next read
 * (kernels' `adamIdle`); `clocks` says with which step each row is up to date. Whoever reads all rows gets a copy with the
 * moves made, so that looking at a model does not change its bits.
 */
export class DeferredRows {
  /** [rows]: the step that a row is up to date with; 0 where it was never touched. */
  readonly clocks: Int32Array;
  readonly #table: EmbeddingTable;
  readonly #shared: SharedRows;
  readonly #moments: Moments;
  readonly #options: AdamOptions;
  readonly #sums: IdleSums;
  readonly #hook: ReadHook;
  #learningRate: number;
  /** Rows to bring up to date, each once: [capacity]. */
  #stale: Int32Array;

  constructor(table: EmbeddingTable, moments: Moments, options: AdamOptions, learningRate: number) {
    const { memory } = kernels();
    this.#table = table;
    this.#shared = table.shared!;
    this.#moments = moments;
    this.#options = options;
    this.#learningRate = learningRate;
    this.clocks = translated(() => memory.i32(table.rows)).fill(0);
    this.#stale = translated(() => memory.i32(Math.min(table.rows, 1024)));
    this.#sums = new IdleSums(memory, options);
    this.#hook = { inPlace: (ids) => this.catchUp(ids), copy: (values) => this.#idle(values, undefined, true) };
    table.beforeRead.add(this.#hook);
  }

  /** Brings rows up to date in place; all of them without ids. */
  catchUp(ids?: Int32Array): void {
    if (this.#sums.step === 0) return;
    if (ids === undefined) this.#idle(this.#shared.values);
    else {
      const stale = this.#staleOf(ids);
      if (stale.length > 0) this.#idle(this.#shared.values, stale);
    }
  }

  /** One step: the touched rows are made current, then updated. */
  update({ gradient: { values, ids }, scale, step }: TouchedUpdate): void {
    this.catchUp(ids);
    this.#sums.advance();
    const { beta1, beta2, epsilon, weightDecay } = this.#options;
    const rates = { learningRate: this.#learningRate, scale, weightDecay, beta1, beta2, epsilon, step };
    const { dimension: dim } = this.#table;
    if (ids.length === 0) return;
    kernels().adam({
      parameter: this.#shared.values,
      dim,
      gradient: { values, list: ids },
      ...this.#moments,
      ...rates,
    });
    for (const id of ids) this.clocks[id] = step;
  }

  /** All rows are brought up to date first: their idle moves were made at the old rate. */
  set learningRate(rate: number) {
    if (rate === this.#learningRate) return;
    this.catchUp();
    this.#learningRate = rate;
  }

  load(clocks: ArrayLike<number>, step: number): void {
    this.clocks.set(clocks);
    this.#sums.rewind(step);
  }

  dispose(): void {
    this.#table.beforeRead.delete(this.#hook);
    this.#sums.dispose();
    const { memory } = kernels();
    memory.free(this.clocks);
    memory.free(this.#stale);
  }

  /** Distinct rows among `ids` that idle moves are due for. A queued row's clock is negated until all are found. */
  #staleOf(ids: Int32Array): Int32Array {
    const now = this.#sums.step;
    let count = 0;
    for (const id of ids) {
      const clock = this.clocks[id]!;
      if (clock <= 0 || clock >= now) continue;
      if (count === this.#stale.length) this.#grow();
      this.clocks[id] = -clock;
      this.#stale[count++] = id;
    }
    const stale = this.#stale.subarray(0, count);
    for (const id of stale) this.clocks[id] = -this.clocks[id]!;
    return stale;
  }

  #grow(): void {
    const { memory } = kernels();
    const longer = translated(() => memory.i32(Math.min(this.#table.rows, 2 * this.#stale.length)));
    longer.set(this.#stale);
    memory.free(this.#stale);
    this.#stale = longer;
  }

  #idle(parameter: Float32Array, list?: Int32Array, isCopy = false): void {
    kernels().adamIdle({
      parameter,
      dim: this.#table.dimension,
      ...this.#moments,
      clocks: this.clocks,
      ...(list && { list }),
      learningRate: this.#learningRate,
      epsilon: this.#options.epsilon,
      sums: this.#sums,
      isCopy,
    });
  }
}
