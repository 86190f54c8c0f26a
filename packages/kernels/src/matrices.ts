import type { Engine } from './engine.ts';

export interface Matrices {
  /**
   * out [m, n] = a · b, or out += a · b with `accumulate`. a is [m, k], or [k, m] with transposeA; b is [k, n], or [n, k] with
   * transposeB. out overlaps neither.
   */
  matmul(options: {
    a: Float32Array;
    b: Float32Array;
    m: number;
    k: number;
    n: number;
    transposeA?: boolean;
    transposeB?: boolean;
    accumulate?: boolean;
    out: Float32Array;
  }): void;
  /** out [columns, rows] = xᵀ, x [rows, columns]; out is not x. */
  transpose(options: { x: Float32Array; rows: number; columns: number; out: Float32Array }): void;
}

/** Columns of one packed panel, and the depth of a packed block: as in wasm/matmul.ts. */
const PANEL = 8;
const DEPTH = 256;
const BLOCK_ROWS = 96;

export function matrices(engine: Engine): Matrices {
  const address = engine.address.bind(engine);
  return {
    matmul({ a, b, m, k, n, transposeA = false, transposeB = false, accumulate = false, out }) {
      const aAt = address('a', a, m * k);
      const bAt = address('b', b, k * n);
      const outAt = address('out', out, m * n);
      const panels = Math.ceil(n / PANEL);
      const packed = engine.memory.f32(panels * PANEL * k);
      engine.run('packColumns', [bAt, k, n, Number(transposeB), packed.byteOffset], panels, { work: 2 * PANEL * k });
      const shape = [m, k, n, Number(transposeA), Number(accumulate)];
      engine.run('matmul', [aAt, packed.byteOffset, outAt, ...shape], m, {
        scratchBytes: BLOCK_ROWS * DEPTH * 4 + 1024,
        work: (n * k) / 8,
      });
      engine.memory.free(packed);
    },
    transpose({ x, rows, columns, out }) {
      const size = rows * columns;
      engine.run('transpose', [address('x', x, size), address('out', out, size), rows, columns], columns);
    },
  };
}
