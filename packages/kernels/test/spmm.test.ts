import { expect, it } from 'vitest';
import type { Kernels, SparseRows } from '../src/index.ts';
import { csrOf, floats, ints, LENGTHS, onEveryBuild, wholes } from './support.ts';

const [ROWS, COLUMNS] = [20, 12];
const DIMS = LENGTHS.slice(1);

/** Rows of 0 to 6 whole numbers, columns repeated now and then. */
function matrixOf(k: Kernels): SparseRows {
  const a = csrOf(
    k,
    Array.from({ length: ROWS }, (_, r) => [...wholes(r % 7, 0, COLUMNS, r)]),
  );
  return { ...a, values: floats(k, wholes(a.indices.length, -3, 4), 1) };
}

/** (A · x)[r, d], entry by entry. */
function product({ indptr, indices, values }: SparseRows, x: ArrayLike<number>, dim: number): Float64Array {
  const out = new Float64Array(ROWS * dim);
  for (let r = 0; r < ROWS; r++) {
    for (let p = indptr[r]!; p < indptr[r + 1]!; p++) {
      for (let d = 0; d < dim; d++) out[r * dim + d]! += values[p]! * x[indices[p]! * dim + d]!;
    }
  }
  return out;
}

onEveryBuild('sparse products', (k) => {
  const a = matrixOf(k);

  it.each(DIMS)('all rows of width %i, over what is there and added to it', (dim) => {
    const x = floats(k, wholes(COLUMNS * dim, -5, 6), 2);
    const exact = product(a, x, dim);
    const out = floats(k, new Float32Array(ROWS * dim).fill(1), 3);
    k.spmm({ a, x, dim, out, accumulate: true });
    expect([...out]).toEqual([...exact].map((value) => value + 1));
    k.spmm({ a, x, dim, out });
    expect([...out]).toEqual([...exact]);
  });

  it.each(DIMS)('rows of a list, of width %i', (dim) => {
    const x = floats(k, wholes(COLUMNS * dim, -5, 6), 2);
    const list = ints(k, [19, 0, 6, 6, 13]);
    const exact = product(a, x, dim);
    const out = floats(k, new Float32Array(list.length * dim), 1);
    k.spmmListed({ a, x, list, dim, out });
    expect([...out]).toEqual([...list].flatMap((r) => [...exact.subarray(r * dim, (r + 1) * dim)]));
  });

  it.each(DIMS)('a right side of few rows, of width %i', (dim) => {
    const few = wholes(3 * dim, -5, 6);
    const slots = ints(k, new Int32Array(COLUMNS).fill(-1));
    const whole = new Float64Array(COLUMNS * dim);
    [7, 2, 11].forEach((column, slot) => {
      slots[column] = slot;
      whole.set(few.subarray(slot * dim, (slot + 1) * dim), column * dim);
    });
    const out = floats(k, new Float32Array(ROWS * dim), 3);
    k.spmmSlots({ a, x: floats(k, few, 1), slots, dim, out });
    expect([...out]).toEqual([...product(a, whole, dim)]);
  });

  it('a matrix of no entries makes zeros', () => {
    const none = { ...csrOf(k, [[], [], []]), values: k.memory.f32(0) };
    const out = floats(k, [1, 2, 3, 4, 5, 6]);
    k.spmm({ a: none, x: floats(k, [1, 1]), dim: 2, out });
    expect([...out]).toEqual([0, 0, 0, 0, 0, 0]);
    out.fill(1);
    k.spmmSlots({ a: none, x: floats(k, [1, 1]), slots: ints(k, [0]), dim: 2, out });
    expect([...out]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('refuses a matrix of fewer rows than the result, and values that are missing', () => {
    const x = floats(k, new Float32Array(COLUMNS));
    const out = k.memory.f32(ROWS + 1);
    expect(() => k.spmm({ a, x, dim: 1, out })).toThrow(
      '[kernels] expected a.indptr of at least 22 elements, got 21; check rows, columns and dim',
    );
    const short = { ...a, values: a.values.subarray(1) };
    expect(() => k.spmm({ a: short, x, dim: 1, out: k.memory.f32(ROWS) })).toThrow(
      `expected a.values of at least ${a.indices.length} elements`,
    );
  });
});
