import { expect, it } from 'vitest';
import { distance, floats, LENGTHS, onEveryBuild, uniforms, wholes } from './support.ts';

function product(a: ArrayLike<number>, b: ArrayLike<number>, m: number, k: number, n: number): Float64Array {
  const out = new Float64Array(m * n);
  for (let i = 0; i < m; i++) {
    for (let d = 0; d < k; d++) for (let j = 0; j < n; j++) out[i * n + j]! += a[i * k + d]! * b[d * n + j]!;
  }
  return out;
}

function transposed(x: ArrayLike<number>, rows: number, columns: number): Float32Array {
  return Float32Array.from({ length: rows * columns }, (_, i) => x[(i % rows) * columns + Math.floor(i / rows)]!);
}

const SHAPES = [
  ...LENGTHS.slice(1).flatMap(
    (length) =>
      [
        [length, 5, 9],
        [4, length, 8],
        [7, 6, length],
      ] as const,
  ),
  [101, 300, 17], // several blocks of rows and of depth
  [96, 256, 8],
  [97, 257, 9],
] as const;

onEveryBuild('matrices', (kernels) => {
  for (const [m, k, n] of SHAPES) {
    it(`multiplies [${m}, ${k}] by [${k}, ${n}], either transposed`, () => {
      for (const whole of [true, false]) {
        const values = (length: number, seed: number) => (whole ? wholes(length, -4, 5, seed) : uniforms(length, seed));
        const a = values(m * k, 1);
        const b = values(k * n, 2);
        const exact = product(a, b, m, k, n);
        // 300 products of numbers below 1; whole numbers stay below 2²⁴
        const tolerance = whole ? 0 : 1e-5;
        for (const transposeA of [false, true]) {
          for (const transposeB of [false, true]) {
            const out = floats(kernels, new Float32Array(m * n).fill(3), 1);
            const left = floats(kernels, transposeA ? transposed(a, m, k) : a, 2);
            const right = floats(kernels, transposeB ? transposed(b, k, n) : b, 3);
            const options = { a: left, b: right, m, k, n, transposeA, transposeB, out };
            kernels.matmul({ ...options, accumulate: true });
            expect(
              distance(
                out,
                exact.map((x) => x + 3),
              ),
            ).toBeLessThanOrEqual(tolerance);
            kernels.matmul(options);
            expect(distance(out, exact)).toBeLessThanOrEqual(tolerance);
          }
        }
      }
    });
  }

  it.each([
    { batch: 7, m: 5, k: 9, n: 11 },
    { batch: 3, m: 100, k: 60, n: 70 }, // too large to be cut by product
    { batch: 2, m: 1, k: 300, n: 9 },
  ])('multiplies batches of $batch, [$m, $k] by [$k, $n]', ({ batch, m, k, n }) => {
    const each = (size: number, seed: number) => Array.from({ length: batch }, (_, p) => wholes(size, -4, 5, seed + p));
    const [as, bs] = [each(m * k, 10), each(k * n, 20)];
    const flat = (lists: readonly ArrayLike<number>[]) => lists.flatMap((list) => Array.from(list));
    for (const [left, right] of [
      [as, bs],
      [as, bs.slice(0, 1)],
      [as.slice(0, 1), bs],
    ] as const) {
      const exact = Array.from({ length: batch }, (_, p) =>
        product(left[p] ?? left[0]!, right[p] ?? right[0]!, m, k, n),
      );
      for (const transposeA of [false, true]) {
        for (const transposeB of [false, true]) {
          const a = floats(kernels, flat(transposeA ? left.map((x) => transposed(x, m, k)) : left), 1);
          const b = floats(kernels, flat(transposeB ? right.map((x) => transposed(x, k, n)) : right), 2);
          const out = floats(kernels, new Float32Array(batch * m * n).fill(2), 3);
          kernels.matmul({ a, b, m, k, n, transposeA, transposeB, batch, accumulate: true, out });
          expect([...out]).toEqual(flat(exact).map((x) => x + 2));
          kernels.matmul({ a, b, m, k, n, transposeA, transposeB, batch, out });
          expect([...out]).toEqual(flat(exact));
        }
      }
    }
  });

  it('makes zeros of a depth of 0', () => {
    const out = floats(kernels, [1, 2, 3, 4, 5, 6]);
    const none = kernels.memory.f32(0);
    kernels.matmul({ a: none, b: none, m: 2, k: 0, n: 3, accumulate: true, out });
    expect([...out]).toEqual([1, 2, 3, 4, 5, 6]);
    kernels.matmul({ a: none, b: none, m: 2, k: 0, n: 3, out });
    expect([...out]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('transposes', () => {
    for (const rows of LENGTHS) {
      for (const columns of [1, 3, 4, 6, 9, 31]) {
        const values = uniforms(rows * columns);
        const out = floats(kernels, new Float32Array(values.length), 3);
        kernels.transpose({ x: floats(kernels, values, 1), rows, columns, out });
        expect([...out]).toEqual([...transposed(values, rows, columns)]);
      }
    }
  });

  it('gives its working memory back', () => {
    const { blocks } = kernels.memory.usage;
    const x = kernels.memory.f32(64).fill(1);
    kernels.matmul({ a: x, b: x, m: 8, k: 8, n: 8, out: kernels.memory.f32(64) });
    expect(kernels.memory.usage.blocks).toBe(blocks + 2);
  });
});
