import type { Engine } from './engine.ts';

export interface Product {
  readonly a: Float32Array;
  readonly b: Float32Array;
  readonly m: number;
  readonly k: number;
  readonly n: number;
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
  readonly accumulate?: boolean;
  readonly batch?: number;
  readonly out: Float32Array;
}

export interface Matrices {
  /**
   * out [m, n] = a · b, or out += a · b with `accumulate`. a is [m, k], or [k, m] with transposeA; b is [k, n], or [n, k] with
   * transposeB. out overlaps neither. With `batch` there are so many products, one behind the other in out; a and b are as many,
   * or one that all share.
   */
  matmul(options: Product): void;
  /** out [columns, rows] = xᵀ, x [rows, columns]; out is not x. */
  transpose(options: { x: Float32Array; rows: number; columns: number; out: Float32Array }): void;
}

/** Columns of one packed panel, and the depth of a packed block: as in wasm/matmul.ts. */
const PANEL = 8;
const DEPTH = 256;
const BLOCK_ROWS = 96;
const TILE_BYTES = 256;

/** Multiply-adds of one product of a batch up to which the batch is cut among threads, and not the product. */
const SMALL = 2 ** 18;

export function matrices(engine: Engine): Matrices {
  const address = engine.address.bind(engine);

  function one(a: number, b: number, out: number, { m, k, n, transposeA, transposeB, accumulate }: Product): void {
    const panels = Math.ceil(n / PANEL);
    const packed = engine.memory.f32(panels * PANEL * k);
    engine.run('packColumns', [b, k, n, Number(transposeB ?? false), packed.byteOffset], panels, {
      work: 2 * PANEL * k,
    });
    const shape = [m, k, n, Number(transposeA ?? false), Number(accumulate ?? false)];
    engine.run('matmul', [a, packed.byteOffset, out, ...shape], m, {
      scratchBytes: BLOCK_ROWS * DEPTH * 4 + TILE_BYTES,
      work: (n * k) / 8,
    });
    engine.memory.free(packed);
  }

  return {
    matmul(product) {
      const { a, b, m, k, n, batch = 1, out } = product;
      const stepA = a.length === m * k ? 0 : m * k;
      const stepB = b.length === k * n ? 0 : k * n;
      const aAt = address('a', a, stepA * (batch - 1) + m * k);
      const bAt = address('b', b, stepB * (batch - 1) + k * n);
      const outAt = address('out', out, batch * m * n);
      if (batch > 1 && m * k * n <= SMALL) {
        const { transposeA = false, transposeB = false, accumulate = false } = product;
        const shape = [m, k, n, Number(transposeA), Number(transposeB), Number(accumulate)];
        engine.run('matmulBatch', [aAt, stepA, bAt, stepB, outAt, ...shape], batch, {
          scratchBytes: (BLOCK_ROWS * Math.min(DEPTH, k) + Math.ceil(n / PANEL) * PANEL * k) * 4 + TILE_BYTES,
          work: (m * n * k) / 8 + n * k,
        });
        return;
      }
      for (let p = 0; p < batch; p++) one(aAt + p * stepA * 4, bAt + p * stepB * 4, outAt + p * m * n * 4, product);
    },
    transpose({ x, rows, columns, out }) {
      const size = rows * columns;
      engine.run('transpose', [address('x', x, size), address('out', out, size), rows, columns], columns);
    },
  };
}
