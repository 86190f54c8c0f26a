import { type Csr, csrAddresses } from './csr.ts';
import { type Engine, rowsOf } from './engine.ts';
import { KernelError } from './errors.ts';

/** Symmetric positive definite systems: many small ones, one a row, and the inverse of a large one. */
export interface Systems {
  /**
   * Ridge regressions, one a row of the sparse matrix: out[r] = (factor · Σ_p w_p x_p x_pᵀ + gram + ridge[r] · I)⁻¹ Σ_p w_p x_p over
   * the entries p of row r, with x_p = source[rows.indices[p]]. By Cholesky; a row whose matrix is not positive
   * definite in float32 becomes NaN.
   * @param options.source [n, dim]
   * @param options.weights [entries] w ≥ 0, in the order of `rows.indices`. Absent: 1.
   * @param options.gram [dim, dim], symmetric
   * @param options.ridge [R]
   * @param options.out [R, dim]; overlaps nothing else.
   */
  ridgeRows(options: {
    source: Float32Array;
    dim: number;
    rows: Csr;
    weights?: Float32Array;
    factor: number;
    gram: Float32Array;
    ridge: Float32Array;
    out: Float32Array;
  }): void;
  /**
   * How many rows have both items: out [n, n] = xᵀx of the zero-one matrix x. Writes the diagonal and what is above it.
   * @param options.itemsByRow x's rows; `rowsByItem` the same by column. Ids ascending.
   */
  countTogether(options: { itemsByRow: Csr; rowsByItem: Csr; n: number; out: Float32Array }): void;
  /**
   * Puts a⁻¹ in the place of a [n, n], symmetric positive definite; reads the diagonal and what is above it, writes all. Takes
   * n³ / 2 multiply-adds, and 3 · 96 · n numbers of memory besides a.
   * @returns a generator that yields the rows done so far and must be run to its end; between blocks others may run.
   * @throws KernelError `bad-data` where a is not positive definite in float32; a is lost then.
   */
  invertSymmetric(options: { a: Float32Array; n: number }): Generator<number, void>;
}

/** As in wasm/cholesky.ts and wasm/gram.ts. */
const GATHERED = 128;
const TILE_BYTES = 128;
/** Columns of a block of the inverse: as deep as its products run. */
const WIDTH = 96;

export function systems(engine: Engine): Systems {
  const { memory } = engine;
  const address = engine.address.bind(engine);
  return {
    ridgeRows({ source, dim, rows, weights, factor, gram, ridge, out }) {
      const count = rowsOf('dim', out.length, dim);
      const n = Math.ceil(dim / 8) * 8;
      const entries = csrAddresses(engine, 'rows', rows);
      const by = [address('source', source), dim, ...entries, weights ? address('weights', weights) : 0, factor];
      const and = [address('gram', gram, dim * dim), address('ridge', ridge, count), address('out', out)];
      engine.run('ridgeRows', [...by, ...and], count, {
        scratchBytes: TILE_BYTES + 4 * n * (1 + n + GATHERED),
        work: n * n * n,
      });
    },

    countTogether({ itemsByRow, rowsByItem, n, out }) {
      const lists = [
        ...csrAddresses(engine, 'rowsByItem', rowsByItem),
        ...csrAddresses(engine, 'itemsByRow', itemsByRow),
      ];
      engine.run('countTogether', [...lists, n, address('out', out, n * n)], n, { work: n });
    },

    *invertSymmetric({ a, n }) {
      const at = address('a', a, n * n);
      const blocks = Math.ceil(n / 8);
      const panel = memory.f32((n + 4) * WIDTH).fill(0); // products take four rows at a time
      const products = memory.f32((n + 4) * WIDTH).fill(0);
      const packed = memory.f32(blocks * 8 * WIDTH);
      const [inverse, factors] = [memory.f32(WIDTH * WIDTH), memory.f32(WIDTH * WIDTH)];
      const places = [panel, products, packed, inverse, factors].map((view) => view.byteOffset);
      const [panelAt, productsAt, packedAt, inverseAt, factorsAt] = places as [number, number, number, number, number];
      try {
        for (let first = 0; first < n; first += WIDTH) {
          const count = Math.min(WIDTH, n - first);
          const block = [at, n, first, count, WIDTH];
          const failed = engine.call('invertBlock', [...block, inverseAt, factorsAt]);
          if (failed >= 0) throw notDefinite(first + failed);
          engine.run('takePanel', [...block, panelAt], n, { work: WIDTH });
          const scratchBytes = TILE_BYTES;
          engine.run('multiplyPanel', [panelAt, inverseAt, WIDTH, productsAt], n, { scratchBytes, work: WIDTH * 24 });
          engine.run('packPanel', [panelAt, n, WIDTH, packedAt], blocks, { work: 8 * WIDTH });
          engine.run('subtractPanel', [at, n, productsAt, packedAt, WIDTH], n, { scratchBytes, work: n * 24 });
          engine.run('putPanel', [...block, productsAt, inverseAt], n, { work: WIDTH });
          yield first + count;
        }
        engine.run('negateUpper', [at, n], n, { work: n });
        engine.run('mirrorUpper', [at, n], n, { work: n });
      } finally {
        for (const view of [panel, products, packed, inverse, factors]) memory.free(view);
      }
    },
  };
}

function notDefinite(pivot: number): KernelError {
  return new KernelError(
    'bad-data',
    `[kernels] expected a positive definite matrix, got one whose pivot ${pivot} is not positive; add more to the diagonal`,
    { where: 'a' },
  );
}
