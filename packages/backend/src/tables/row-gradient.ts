import { type Kernels, kernels } from '@losslab/kernels';
import { translated } from '../errors.ts';

const FIRST_CAPACITY = 1024; // rows

/**
 * Gradients of the rows that one step touched, compact: row r's is `values[slots[r]]`, or zero where slots[r] is −1. Only
 * touched rows are ever written or cleared, so a step costs what its batch costs. All views lie in the kernels' memory.
 */
export class RowGradient {
  readonly rows: number;
  readonly dimension: number;
  /** [rows], −1 or a slot. */
  readonly slots: Int32Array;
  /** Whether an op handed in a gradient, be it of no rows, since the last `clear`. */
  touched = false;
  #ids: Int32Array;
  #values: Float32Array;
  #count = 0;

  constructor(rows: number, dimension: number) {
    const { memory } = kernels();
    this.rows = rows;
    this.dimension = dimension;
    const capacity = Math.min(rows, FIRST_CAPACITY);
    this.slots = translated(() => memory.i32(rows)).fill(-1);
    this.#ids = translated(() => memory.i32(capacity));
    this.#values = translated(() => memory.f32(capacity * dimension));
  }

  /** Touched rows. */
  get count(): number {
    return this.#count;
  }

  /** [count] distinct rows in order of first touch; slot s belongs to ids[s]. */
  get ids(): Int32Array {
    return this.#ids.subarray(0, this.#count);
  }

  /** [count, dimension] */
  get values(): Float32Array {
    return this.#values.subarray(0, this.#count * this.dimension);
  }

  /**
   * Gives each of `ids` [n] a slot, new ones with zeros (or undefined contents with `dirty`), and writes their slots into
   * `positions` [n].
   */
  claim(ids: Int32Array, positions?: Int32Array, options: { dirty?: boolean } = {}): void {
    const k = kernels();
    this.touched = true;
    this.#reserveIds(k, Math.min(this.rows, this.#count + ids.length));
    const before = this.#count;
    const list = this.#ids;
    const where = positions === undefined ? {} : { positions };
    const count = k.extendDistinct({ ids, slots: this.slots, list, count: before, ...where });
    this.#reserveValues(k, count);
    this.#count = count;
    const fresh = this.#values.subarray(before * this.dimension, count * this.dimension);
    if (options.dirty !== true && fresh.length > 0) k.fill({ out: fresh, value: 0 });
  }

  clear(): void {
    kernels().clearSlots({ list: this.#ids, count: this.#count, slots: this.slots });
    this.#count = 0;
    this.touched = false;
  }

  dispose(): void {
    const { memory } = kernels();
    for (const view of [this.slots, this.#ids, this.#values]) memory.free(view);
  }

  #reserveIds(k: Kernels, rows: number): void {
    if (rows <= this.#ids.length) return;
    const capacity = Math.min(this.rows, Math.max(rows, 2 * this.#ids.length));
    const ids = translated(() => k.memory.i32(capacity));
    ids.set(this.ids);
    k.memory.free(this.#ids);
    this.#ids = ids;
  }

  /** Room for the values of so many rows, old ones kept. */
  #reserveValues(k: Kernels, rows: number): void {
    const capacity = this.#values.length / this.dimension;
    if (rows <= capacity) return;
    const grown = Math.min(this.rows, Math.max(rows, 2 * capacity));
    const values = translated(() => k.memory.f32(grown * this.dimension));
    if (this.#count > 0) k.copy({ x: this.values, out: values.subarray(0, this.values.length) });
    k.memory.free(this.#values);
    this.#values = values;
  }
}
