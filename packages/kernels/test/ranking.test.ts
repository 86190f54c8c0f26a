import { expect, it } from 'vitest';
import type { Csr } from '../src/index.ts';
import { csrOf, floats, ints, LENGTHS, onEveryBuild, uniforms, wholes } from './support.ts';

/** The k best by (score, smaller id), −1 and −∞ where there are fewer. */
function best(scores: ArrayLike<number>, k: number, seen: ReadonlySet<number>): { ids: number[]; scores: number[] } {
  const ranked = Array.from(scores, (score, id) => ({ score, id }))
    .filter(({ score, id }) => !seen.has(id) && score > Number.NEGATIVE_INFINITY)
    .sort((a, b) => b.score - a.score || a.id - b.id)
    .slice(0, k);
  const pad = <T>(values: T[], filler: T): T[] => [...values, ...new Array<T>(k - values.length).fill(filler)];
  return {
    ids: pad(
      ranked.map(({ id }) => id),
      -1,
    ),
    scores: pad(
      ranked.map(({ score }) => score),
      Number.NEGATIVE_INFINITY,
    ),
  };
}

onEveryBuild('ranking', (kernels) => {
  function seenLists(users: number, items: number): { csr: Csr; of: (user: number) => Set<number> } {
    const lists = Array.from({ length: users }, (_, user) =>
      [...new Set(wholes((user * 5) % 17, 0, items, user))].sort((a, b) => a - b),
    );
    return { csr: csrOf(kernels, lists), of: (user) => new Set(lists[user]) };
  }

  function check(users: number, items: number, dim: number, k: number, whole: boolean): void {
    const values = (length: number, seed: number) => (whole ? wholes(length, -2, 3, seed) : uniforms(length, seed));
    const u = floats(kernels, values(users * dim, 1), 1);
    const v = floats(kernels, values(items * dim, 2), 2);
    const seen = seenLists(users, items);
    const userRows = ints(kernels, wholes(users + 2, 0, users, 5));
    const outIds = kernels.memory.i32(userRows.length * k);
    const outScores = kernels.memory.f32(userRows.length * k);
    kernels.topK({ users: u, items: v, dim, userRows, seen: seen.csr, k, outIds, outScores });
    userRows.forEach((user, row) => {
      const scores = Array.from({ length: items }, (_, i) => {
        let sum = 0;
        for (let d = 0; d < dim; d++) sum += u[user * dim + d]! * v[i * dim + d]!;
        return sum;
      });
      const truth = best(scores, k, seen.of(user));
      const got = outScores.subarray(row * k, (row + 1) * k);
      truth.scores.forEach((score, place) => {
        if (score === Number.NEGATIVE_INFINITY) expect(got[place]).toBe(score);
        else expect(Math.abs(got[place]! - score)).toBeLessThan(1e-5);
      });
      if (whole) expect([...outIds.subarray(row * k, (row + 1) * k)]).toEqual(truth.ids);
    });
  }

  for (const items of LENGTHS.slice(1)) {
    it(`ranks ${items} items as sorting does, ties by the smaller id`, () => {
      for (const users of [1, 3, 7]) {
        for (const dim of [1, 4, 65])
          for (const k of [1, 3, 10]) for (const whole of [true, false]) check(users, items, dim, k, whole);
      }
    });
  }

  it('ranks more users and items than one block holds', () => {
    check(205, 1003, 7, 20, true);
    check(205, 403, 64, 100, true);
  });

  it('takes all users without userRows, and no seen items', () => {
    const outIds = kernels.memory.i32(4);
    const outScores = kernels.memory.f32(4);
    const [users, items] = [floats(kernels, [1, -1]), floats(kernels, [3, 5, 4])];
    kernels.topK({ users, items, dim: 1, k: 2, outIds, outScores });
    expect([...outIds]).toEqual([1, 2, 0, 2]);
    expect([...outScores]).toEqual([5, 4, -3, -4]);
  });

  for (const items of [...LENGTHS.slice(1), 1000]) {
    it(`ranks a block of ${items} scores`, () => {
      for (const k of [1, 5, 64]) {
        const scores = floats(kernels, wholes(6 * items, -50, 50), 1);
        const seen = seenLists(6, items);
        const [outIds, outScores] = [kernels.memory.i32(6 * k), kernels.memory.f32(6 * k)];
        const userRows = ints(kernels, [5, 4, 3, 2, 1, 0]);
        kernels.topKOfScores({ scores, items, userRows, seen: seen.csr, k, outIds, outScores });
        userRows.forEach((user, row) => {
          const truth = best(scores.subarray(row * items, (row + 1) * items), k, seen.of(user));
          expect([...outIds.subarray(row * k, (row + 1) * k)]).toEqual(truth.ids);
          expect([...outScores.subarray(row * k, (row + 1) * k)]).toEqual(truth.scores);
        });
      }
    });
  }

  it('leaves out NaN and −∞', () => {
    const scores = floats(kernels, [Number.NaN, 1, Number.NEGATIVE_INFINITY, 2, Number.POSITIVE_INFINITY]);
    const [outIds, outScores] = [kernels.memory.i32(4), kernels.memory.f32(4)];
    kernels.topKOfScores({ scores, items: 5, k: 4, outIds, outScores });
    expect([...outIds]).toEqual([4, 3, 1, -1]);
    expect(() => kernels.topKOfScores({ scores, items: 5, k: 0, outIds, outScores })).toThrow(
      '[kernels] expected k ≥ 1, got 0',
    );
  });
});
