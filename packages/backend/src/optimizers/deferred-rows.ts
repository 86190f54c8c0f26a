import { kernels } from '@losslab/kernels';
import { translated } from '../errors.ts';
import type { EmbeddingTable, ReadHook, SharedRows } from '../tables/embedding-table.ts';
import type { IdleMoves } from './idle-moves.ts';
import type { TouchedUpdate } from './rule.ts';

/** Deferring pays where a step touches at most one row in so many. */
const ROWS_A_TOUCHED_ROW = 8;

/** The fixed rule: by the table's size and the rows that the first step touches, never by a timing. */
export function isWorthDeferring(rows: number, touched: number): boolean {
  return rows >= ROWS_A_TOUCHED_ROW * touched;
}

/**
 * An optimizer that moves every row at every step, on one table, at the cost of the rows that a step touches. A row's idle
 * moves are made when it is next read; `clocks` says with which step each row is up to date. Whoever reads all rows gets a copy
 * with the moves made, so that looking at a model does not change its bits.
 */
export class DeferredRows {
  /** [rows]: the step that a row is up to date with; 0 where it was never touched. */
  readonly clocks: Int32Array;
  readonly #table: EmbeddingTable;
  readonly #shared: SharedRows;
  readonly #moves: IdleMoves;
  readonly #hook: ReadHook;
  #learningRate: number;
  /** Rows to bring up to date, each once: [capacity]. */
  #stale: Int32Array;

  constructor(table: EmbeddingTable, moves: IdleMoves, learningRate: number) {
    const { memory } = kernels();
    this.#table = table;
    this.#shared = table.shared!;
    this.#moves = moves;
    this.#learningRate = learningRate;
    this.clocks = translated(() => memory.i32(table.rows)).fill(0);
    this.#stale = translated(() => memory.i32(Math.min(table.rows, 1024)));
    this.#hook = { inPlace: (ids) => this.catchUp(ids), copy: (values) => this.#make(values, undefined, true) };
    table.beforeRead.add(this.#hook);
  }

  /** Brings rows up to date in place; all of them without ids. */
  catchUp(ids?: Int32Array): void {
    if (this.#moves.step === 0) return;
    if (ids === undefined) this.#make(this.#shared.values);
    else {
      const stale = this.#staleOf(ids);
      if (stale.length > 0) this.#make(this.#shared.values, stale);
    }
  }

  /** One step: the touched rows are made current, then updated. */
  update(update: TouchedUpdate): void {
    const { ids } = update.gradient;
    this.catchUp(ids);
    this.#moves.advance();
    if (ids.length === 0) return;
    this.#moves.update(update);
    for (const id of ids) this.clocks[id] = update.step;
  }

  /** All rows are brought up to date first: their idle moves were made at the old rate. */
  set learningRate(rate: number) {
    if (rate === this.#learningRate) return;
    this.catchUp();
    this.#learningRate = rate;
  }

  load(clocks: ArrayLike<number>, step: number): void {
    this.clocks.set(clocks);
    this.#moves.rewind(step);
  }

  /** Rows are brought up to date first, where the table still has them. */
  dispose(): void {
    if (!this.#table.anchor.isDisposed) this.catchUp();
    this.#table.beforeRead.delete(this.#hook);
    this.#moves.dispose();
    const { memory } = kernels();
    memory.free(this.clocks);
    memory.free(this.#stale);
  }

  /** Distinct rows among `ids` that owe idle moves. A listed row's clock has its bits turned until all are found. */
  #staleOf(ids: Int32Array): Int32Array {
    const { step, firstClock } = this.#moves;
    let count = 0;
    for (const id of ids) {
      const clock = this.clocks[id]!;
      if (clock < firstClock || clock >= step) continue;
      if (count === this.#stale.length) this.#grow();
      this.clocks[id] = ~clock;
      this.#stale[count++] = id;
    }
    const stale = this.#stale.subarray(0, count);
    for (const id of stale) this.clocks[id] = ~this.clocks[id]!;
    return stale;
  }

  #grow(): void {
    const { memory } = kernels();
    const longer = translated(() => memory.i32(Math.min(this.#table.rows, 2 * this.#stale.length)));
    longer.set(this.#stale);
    memory.free(this.#stale);
    this.#stale = longer;
  }

  #make(parameter: Float32Array, list?: Int32Array, isCopy = false): void {
    this.#moves.make({
      parameter,
      dim: this.#table.dimension,
      clocks: this.clocks,
      ...(list && { list }),
      learningRate: this.#learningRate,
      isCopy,
    });
  }
}
