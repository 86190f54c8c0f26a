import { type AliasTable, kernels } from '@losslab/kernels';
import { STREAM } from '../random.ts';

/** Draws are made in blocks of ROWS × COLUMNS. */
const ROWS = 1 << 14;
const COLUMNS = 64;

/** An endless sequence of items drawn in proportion to their weights, with replacement. */
export class ItemDraws {
  readonly #seed: number;
  readonly #table: AliasTable;
  readonly #block = kernels().memory.i32(ROWS * COLUMNS);
  #at = ROWS * COLUMNS;
  #blocks = 0;

  constructor(weights: Float32Array, seed: number) {
    this.#seed = seed;
    this.#table = kernels().aliasTable(weights);
  }

  next(): number {
    if (this.#at === this.#block.length) this.#refill();
    return this.#block[this.#at++]!;
  }

  dispose(): void {
    const { memory, freeAliasTable } = kernels();
    freeAliasTable(this.#table);
    memory.free(this.#block);
  }

  #refill(): void {
    const at = { seed: this.#seed, stream: STREAM.items, step: this.#blocks++ };
    kernels().samplePopularity({ at, columns: COLUMNS, table: this.#table, out: this.#block });
    this.#at = 0;
  }
}
