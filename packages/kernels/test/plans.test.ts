import { expect, it } from 'vitest';
import { bits, distance, floats, ints, onEveryBuild, uniforms, wholes } from './support.ts';

/** [B, columns, rights, dim]; blocks of 2¹⁹ bytes of right rows, at least three, and four pairs of a row in each. */
const BLOCKED = [
  [5, 13, 4500, 64],
  [3, 31, 6000, 65],
  [4, 20, 2500, 100],
  [2, 64, 70_000, 4],
] as const;
const PLAIN = [
  [5, 7, 4500, 64],
  [3, 65, 11, 9],
  [1, 1, 1, 1],
] as const;

onEveryBuild('plans', (k) => {
  function problem(B: number, columns: number, rights: number, dim: number, whole: boolean) {
    const values = (length: number, seed: number) => (whole ? wholes(length, -5, 6, seed) : uniforms(length, seed));
    const left = floats(k, values(B * dim, 1), 1);
    const right = floats(k, values(rights * dim, 2), 2);
    const rightRows = ints(k, wholes(B * columns, 0, rights, 3), 3);
    rightRows.fill(rights - 1, 0, Math.min(3, columns)); // the same pair several times
    return { left, right, rightRows, weights: floats(k, values(B * columns, 4), 1) };
  }

  function exact(p: ReturnType<typeof problem>, columns: number, dim: number) {
    const scores = new Float64Array(p.rightRows.length);
    const [toLeft, toRight] = [new Float64Array(p.left.length), new Float64Array(p.right.length)];
    p.rightRows.forEach((r, pair) => {
      const b = Math.floor(pair / columns);
      for (let d = 0; d < dim; d++) {
        scores[pair]! += p.left[b * dim + d]! * p.right[r * dim + d]!;
        toLeft[b * dim + d]! += p.weights[pair]! * p.right[r * dim + d]!;
        toRight[r * dim + d]! += p.weights[pair]! * p.left[b * dim + d]!;
      }
    });
    return { scores, toLeft, toRight };
  }

  for (const [B, columns, rights, dim] of [...BLOCKED, ...PLAIN]) {
    const blocked = BLOCKED.some((shape) => shape[2] === rights && shape[1] === columns);

    it(`score [${B}, ${columns}] pairs with ${rights} rows of ${dim}, and their gradients`, () => {
      for (const whole of [true, false]) {
        const p = problem(B, columns, rights, dim, whole);
        const truth = exact(p, columns, dim);
        const tolerance = whole ? 0 : 1e-5;
        const shape = { rightRows: p.rightRows, columns, rights, dim };
        k.freePlan(k.planPairs(shape)); // the engine keeps the scratch that this takes
        const before = k.memory.usage.blocks;
        const plan = k.planPairs(shape);
        expect(plan.blocks !== undefined).toBe(blocked);

        const [out, plain] = [k.memory.f32(B * columns), k.memory.f32(B * columns)];
        k.planDot(plan, { ...p, out });
        expect(distance(out, truth.scores)).toBeLessThanOrEqual(tolerance);
        k.pairDot({ ...p, columns, dim, out: plain });
        expect(bits(out)).toEqual(bits(plain));

        const leftGradient = floats(k, new Float32Array(B * dim).fill(1), 1);
        const rightGradient = floats(k, new Float32Array(rights * dim).fill(2), 1);
        k.planGradients(plan, { ...p, leftGradient, rightGradient, accumulate: true });
        expect(
          distance(
            leftGradient,
            truth.toLeft.map((x) => x + 1),
          ),
        ).toBeLessThanOrEqual(tolerance);
        expect(
          distance(
            rightGradient,
            truth.toRight.map((x) => x + 2),
          ),
        ).toBeLessThanOrEqual(tolerance);
        const weights = k.planWeights(plan, p.weights);
        expect(weights.listed !== undefined).toBe(blocked);
        const again = [k.memory.f32(B * dim), k.memory.f32(rights * dim)] as const;
        k.planGradients(plan, { ...p, weights, leftGradient: again[0], rightGradient: again[1] });
        k.freeWeights(weights);
        expect(distance(again[0], truth.toLeft)).toBeLessThanOrEqual(tolerance);
        expect(distance(again[1], truth.toRight)).toBeLessThanOrEqual(tolerance);
        for (const view of again) k.memory.free(view);
        k.planGradients(plan, { ...p, leftGradient });
        k.planGradients(plan, { ...p, rightGradient });
        expect(distance(leftGradient, truth.toLeft)).toBeLessThanOrEqual(tolerance);
        expect(distance(rightGradient, truth.toRight)).toBeLessThanOrEqual(tolerance);

        k.freePlan(plan);
        expect(k.memory.usage.blocks).toBe(before + 4); // the outputs
      }
    });
  }

  it.each([64, 65, 500])('score rows of several lengths, with rows of %i, and their gradients', (dim) => {
    const lengths = [40, 300, 1, 0, 220];
    const rights = 3 * 2 ** Math.floor(Math.log2(2 ** 19 / (4 * dim))) + 7; // four blocks
    const pairs = lengths.reduce((sum, length) => sum + length, 0);
    const p = problem(1, pairs, rights, dim, true);
    const left = floats(k, wholes(lengths.length * dim, -5, 6, 9), 1);
    const rowStarts = k.memory.i32(lengths.length + 1).fill(0);
    const rowOf: number[] = [];
    lengths.forEach((length, b) => {
      rowStarts[b + 1] = rowStarts[b]! + length;
      rowOf.push(...Array<number>(length).fill(b));
    });
    const [scores, toLeft] = [new Float64Array(pairs), new Float64Array(left.length).fill(1)];
    const toRight = new Float64Array(p.right.length);
    p.rightRows.forEach((r, pair) => {
      for (let d = 0; d < dim; d++) {
        const [x, y] = [rowOf[pair]! * dim + d, r * dim + d];
        scores[pair]! += left[x]! * p.right[y]!;
        toLeft[x]! += p.weights[pair]! * p.right[y]!;
        toRight[y]! += p.weights[pair]! * left[x]!;
      }
    });
    const plan = k.planPairs({ rightRows: p.rightRows, rowStarts, rights, dim });
    expect(plan.blocks?.count).toBe(4);
    const out = k.memory.f32(pairs);
    k.planDot(plan, { left, right: p.right, out });
    expect([...out]).toEqual([...scores]);
    const leftGradient = floats(k, new Float32Array(left.length).fill(1), 1);
    k.planGradients(plan, { weights: p.weights, left, right: p.right, leftGradient, accumulate: true });
    expect([...leftGradient]).toEqual([...toLeft]);
    const rightGradient = k.memory.f32(p.right.length);
    k.planGradients(plan, { weights: p.weights, left, right: p.right, rightGradient });
    expect([...rightGradient]).toEqual([...toRight]);
    k.freePlan(plan);
  });

  it('want rows of several lengths to be worth their lists', () => {
    const [rightRows, rowStarts] = [k.memory.i32(3).fill(0), ints(k, [0, 1, 3])];
    expect(() => k.planPairs({ rightRows, rowStarts, rights: 4, dim: 4 })).toThrow('expected pairs that may be listed');
    expect(() => k.planPairs({ rightRows, rights: 4, dim: 4 })).toThrow('expected columns or rowStarts, got neither');
  });

  it('want left rows for the gradient of right ones', () => {
    const { left: _, ...p } = problem(1, 1, 1, 1, true);
    const plan = k.planPairs({ rightRows: p.rightRows, columns: 1, rights: 1, dim: 1 });
    expect(() => k.planGradients(plan, { ...p, rightGradient: k.memory.f32(1) })).toThrow(
      'expected left for rightGradient',
    );
  });

  it('want a gradient to write', () => {
    const p = problem(1, 1, 1, 1, true);
    const plan = k.planPairs({ rightRows: p.rightRows, columns: 1, rights: 1, dim: 1 });
    expect(() => k.planGradients(plan, p)).toThrow(
      '[kernels] expected leftGradient or rightGradient, got neither; pass what is wanted',
    );
  });
});
