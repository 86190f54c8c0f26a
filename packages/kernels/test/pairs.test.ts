import { expect, it } from 'vitest';
import { distance, floats, ints, LENGTHS, onEveryBuild, uniforms, wholes } from './support.ts';

const B = 5;
const R = 11;

onEveryBuild('pairs', (k) => {
  function shapes(columns: number, dim: number, whole: boolean) {
    const values = (length: number, seed: number) => (whole ? wholes(length, -5, 6, seed) : uniforms(length, seed));
    const left = floats(k, values(B * dim, 1), 1);
    const right = floats(k, values(R * dim, 2), 2);
    const rightRows = ints(k, wholes(B * columns, 0, R, 3), 3);
    return { left, right, rightRows, weights: floats(k, values(B * columns, 4), 1) };
  }

  function scores(
    left: Float32Array,
    right: Float32Array,
    rightRows: Int32Array,
    columns: number,
    dim: number,
  ): number[] {
    return [...rightRows].map((r, p) => {
      const b = Math.floor(p / columns);
      let sum = 0;
      for (let d = 0; d < dim; d++) sum += left[b * dim + d]! * right[r * dim + d]!;
      return sum;
    });
  }

  /** [gradient of left, gradient of right] of Σ weights · scores. */
  function gradients(s: ReturnType<typeof shapes>, columns: number, dim: number): [Float64Array, Float64Array] {
    const toLeft = new Float64Array(B * dim);
    const toRight = new Float64Array(R * dim);
    s.rightRows.forEach((r, p) => {
      const b = Math.floor(p / columns);
      for (let d = 0; d < dim; d++) {
        toLeft[b * dim + d]! += s.weights[p]! * s.right[r * dim + d]!;
        toRight[r * dim + d]! += s.weights[p]! * s.left[b * dim + d]!;
      }
    });
    return [toLeft, toRight];
  }

  for (const columns of LENGTHS.slice(1)) {
    for (const dim of [1, 3, 4, 5, 9, 14, 18, 21, 27, 31, 32, 33, 36, 50, 64, 65, 100]) {
      it(`scores [${B}, ${columns}] pairs of ${dim}, and their gradients`, () => {
        for (const whole of [true, false]) {
          const s = shapes(columns, dim, whole);
          const tolerance = whole ? 0 : 1e-5;
          const out = k.memory.f32(B * columns);
          k.pairDot({ left: s.left, right: s.right, rightRows: s.rightRows, columns, dim, out });
          expect(distance(out, scores(s.left, s.right, s.rightRows, columns, dim))).toBeLessThanOrEqual(tolerance);

          const [left, right] = gradients(s, columns, dim);
          const toLeft = k.memory.f32(B * dim);
          const { weights, rightRows } = s;
          k.gatherSum({ weights, source: s.right, dim, offsets: columns, sourceRows: rightRows, out: toLeft });
          expect(distance(toLeft, left)).toBeLessThanOrEqual(tolerance);

          const offsets = k.memory.i32(R + 1);
          const order = k.memory.i32(B * columns);
          k.sortPairs({ rightRows, groups: R, offsets, order });
          const toRight = floats(k, new Float32Array(R * dim).fill(1), 1);
          const rest = { weights, source: s.left, dim, offsets, order, columns };
          k.gatherSum({ ...rest, out: toRight, accumulate: true });
          expect(
            distance(
              toRight,
              right.map((value) => value + 1),
            ),
          ).toBeLessThanOrEqual(tolerance);
          k.gatherSum({ ...rest, out: toRight });
          expect(distance(toRight, right)).toBeLessThanOrEqual(tolerance);
        }
      });
    }
  }

  /** Batch rows whose left rows repeat; groups of the right rows that are asked for in the places of slots. */
  it.each([1, 3, 7])('reads rows where they lie, and sums into groups: %i pairs a row', (columns) => {
    const [dim, L] = [9, 4];
    const leftRows = ints(k, [2, 0, 2, 3, 0]);
    const s = shapes(columns, dim, true);
    const { right, rightRows, weights } = s;
    const left = floats(k, wholes(L * dim, -5, 6, 9));
    const gathered = Float32Array.from([...leftRows].flatMap((l) => [...left.subarray(l * dim, (l + 1) * dim)]));
    const out = k.memory.f32(B * columns);
    k.pairDot({ left, leftRows, right, rightRows, columns, dim, out });
    expect([...out]).toEqual(scores(gathered, right, rightRows, columns, dim));

    const [toRows, toRight] = gradients({ ...s, left: gathered }, columns, dim);
    const toLeft = new Float64Array(L * dim);
    leftRows.forEach((l, b) => {
      for (let d = 0; d < dim; d++) toLeft[l * dim + d]! += toRows[b * dim + d]!;
    });
    const [offsets, order] = [k.memory.i32(R + 1), k.memory.i32(B)];
    const ones = () => floats(k, new Float32Array(R * dim).fill(1));
    for (const accumulate of [false, true]) {
      const plus = (values: Float64Array) => [...values].map((value) => value + Number(accumulate));
      k.sortPairs({ rightRows: leftRows, groups: L, offsets, order });
      const into = ones().subarray(0, L * dim);
      const by = { offsets, order, size: columns, sourceRows: rightRows };
      k.gatherSum({ weights, source: right, dim, ...by, out: into, accumulate });
      expect([...into]).toEqual(plus(toLeft));

      const [sources, listed] = [k.memory.i32(B * columns), k.memory.f32(B * columns)];
      k.groupPairs({ rightRows, parts: [{ columns, weights }], leftRows, groups: R, offsets, sources, listed });
      const rights = ones();
      k.gatherSum({ weights: listed, source: left, dim, offsets, sourceRows: sources, out: rights, accumulate });
      expect([...rights]).toEqual(plus(toRight));
    }
  });

  it('sorts pairs stably, empty groups too', () => {
    const offsets = k.memory.i32(6);
    const order = k.memory.i32(7);
    k.sortPairs({ rightRows: ints(k, [3, 0, 3, 4, 0, 3, 0]), groups: 5, offsets, order });
    expect([...order]).toEqual([1, 4, 6, 0, 2, 5, 3]);
    expect([...offsets]).toEqual([0, 3, 3, 3, 6, 7]);
    const none = k.memory.i32(0);
    k.sortPairs({ rightRows: none, groups: 5, offsets, order: none });
    expect([...offsets]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('groups pairs of two matrices, those of the first before those of the second', () => {
    const [offsets, sources] = [k.memory.i32(4), k.memory.i32(6)];
    const listed = k.memory.f32(6);
    const first = k.memory.copyOf(Float32Array.of(0.1, 0.2, 0.3, 0.4)); // [2, 2]
    const second = k.memory.copyOf(Float32Array.of(0.5, 0.6)); // [2, 1]
    const parts = [
      { columns: 2, weights: first },
      { columns: 1, weights: second },
    ];
    const rightRows = ints(k, [2, 0, 2, 2, 0, 2]);
    k.groupPairs({ rightRows, parts, leftRows: ints(k, [7, 9]), groups: 3, offsets, sources, listed });
    expect([...sources]).toEqual([7, 7, 7, 9, 9, 9]);
    expect([...listed]).toEqual([0.2, 0.5, 0.1, 0.3, 0.4, 0.6].map(Math.fround));
    expect([...offsets]).toEqual([0, 2, 2, 6]);
  });

  it('wants one way to find the source rows', () => {
    const out = k.memory.f32(4);
    expect(() => k.gatherSum({ weights: out, source: out, dim: 4, offsets: 0, out })).toThrow(
      '[kernels] expected one of sourceRows and columns, got neither; pass the one that applies',
    );
  });
});
