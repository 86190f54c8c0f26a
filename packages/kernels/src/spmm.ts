import type { Csr } from './csr.ts';
import { type Engine, rowsOf } from './engine.ts';

/** A sparse matrix by rows: row r holds values[p] in column indices[p], for p in indptr[r] .. indptr[r + 1). */
export interface SparseRows extends Csr {
  readonly values: Float32Array; // [entries]
}

interface Product {
  readonly a: SparseRows;
  readonly dim: number;
  /** Add to `out` instead of overwriting it. */
  readonly accumulate?: boolean;
  /** Not x. */
  readonly out: Float32Array;
}

/** A row's products are added in the order of its entries, on any number of threads. */
export interface Sparse {
  /** out [rows, dim] = A · x, A [rows, n], x [n, dim]. Threads share the work by entries, not by rows. */
  spmm(options: Product & { readonly x: Float32Array }): void;
  /** Rows of A · x: out[i] = (A · x)[list[i]]. list [m], out [m, dim]. */
  spmmListed(options: Product & { readonly x: Float32Array; readonly list: Int32Array }): void;
  /**
   * A · x where most rows of x are zero: row c of x is x[slots[c]], or zero where slots[c] < 0. slots [n], x [any, dim], out [rows,
   * dim].
   */
  spmmSlots(options: Product & { readonly x: Float32Array; readonly slots: Int32Array }): void;
}

/** Runs of rows of about equal cost: many enough that a thread which the system held up does not hold up the others. */
const BLOCKS = 64;

export function sparse(engine: Engine): Sparse {
  const address = engine.address.bind(engine);

  function matrix({ indptr, indices, values }: SparseRows): number[] {
    return [address('a.indptr', indptr, 1), address('a.indices', indices), address('a.values', values, indices.length)];
  }

  /** Numbers read in one of `pieces` pieces. */
  const share = ({ a, dim }: Product, pieces: number): number => (a.indices.length * dim) / pieces;

  return {
    spmm(options) {
      const { a, x, dim, accumulate = false, out } = options;
      const rows = rowsOf('dim', out.length, dim);
      address('a.indptr', a.indptr, rows + 1);
      const args = [...matrix(a), rows, address('x', x), dim, address('out', out), Number(accumulate)];
      engine.run('spmm', [...args, BLOCKS], BLOCKS, { work: share(options, BLOCKS) });
    },
    spmmListed(options) {
      const { a, x, list, dim, accumulate = false, out } = options;
      const into = [address('out', out, list.length * dim), Number(accumulate)];
      const args = [...matrix(a), address('list', list), address('x', x), dim, ...into];
      engine.run('spmmListed', args, list.length, { work: share(options, a.indptr.length) });
    },
    spmmSlots(options) {
      const { a, x, slots, dim, accumulate = false, out } = options;
      const rows = rowsOf('dim', out.length, dim);
      address('a.indptr', a.indptr, rows + 1);
      const longest = longestRow(a);
      const from = [...matrix(a), rows, address('slots', slots), address('x', x), dim];
      const args = [...from, address('out', out), Number(accumulate), BLOCKS, longest];
      engine.run('spmmSlots', args, BLOCKS, { work: share(options, BLOCKS), scratchBytes: 8 * (longest + 1) });
    },
  };
}

function longestRow({ indptr }: Csr): number {
  let most = 0;
  for (let r = 1; r < indptr.length; r++) most = Math.max(most, indptr[r]! - indptr[r - 1]!);
  return most;
}
