import { expect, it } from 'vitest';
import { csrOf, ints, onEveryBuild } from './support.ts';

/** Pearson's χ² of counts against expected shares; the 99.99 % point is near f + 3.72 √(2f) + 8.8. */
function expectLaw(draws: Int32Array, shares: readonly number[]): void {
  const counts = new Array<number>(shares.length).fill(0);
  for (const item of draws) counts[item]!++;
  const open = shares.filter((share) => share > 0).length;
  let chiSquare = 0;
  shares.forEach((share, item) => {
    if (share === 0) expect(counts[item]).toBe(0);
    else chiSquare += (counts[item]! - share * draws.length) ** 2 / (share * draws.length);
  });
  const freedom = open - 1;
  expect(chiSquare).toBeLessThan(freedom + 3.72 * Math.sqrt(2 * freedom) + 8.8);
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);
const even = (items: number, excluded: readonly number[] = []): number[] =>
  range(0, items).map((item) => (excluded.includes(item) ? 0 : 1 / (items - excluded.length)));

/** Every sequence of `length` different members. */
function ordered(members: readonly number[], length: number): number[][] {
  if (length === 0) return [[]];
  return members.flatMap((first) =>
    ordered(
      members.filter((member) => member !== first),
      length - 1,
    ).map((rest) => [first, ...rest]),
  );
}

onEveryBuild('sampling', (k) => {
  const at = { seed: 20, epoch: 1, step: 3 };

  it('draws negatives uniformly over all items', () => {
    const out = k.memory.i32(300 * 100);
    k.sampleNegatives({ at, columns: 100, items: 41, out });
    expectLaw(out, even(41));
  });

  // Few draws a row are looked up in the list, many in a set of bits; nearly full lists go the long way.
  for (const columns of [1, 3, 64]) {
    for (const seen of [
      range(3, 9),
      range(0, 41).filter((item) => item % 2 === 0),
      range(0, 41).filter((i) => i !== 7 && i !== 40),
    ]) {
      it(`draws ${columns} a row uniformly over what ${seen.length} seen items leave`, () => {
        const rows = Math.ceil(12_000 / columns);
        const exclude = csrOf(k, [[0, 1, 2], seen]);
        const out = k.memory.i32(rows * columns);
        const users = ints(k, new Int32Array(rows).fill(1));
        k.sampleNegatives({ at, users, columns, items: 41, exclude, out });
        expectLaw(out, even(41, seen));
      });
    }
  }

  it('makes row b a pure function of the counter and b', () => {
    const exclude = csrOf(k, [range(0, 30), [2], [], range(10, 39)]);
    const draw = (users: number[], step: number): number[] => {
      const out = k.memory.i32(users.length * 9);
      k.sampleNegatives({ at: { ...at, step }, users: ints(k, users), columns: 9, items: 40, exclude, out });
      return [...out];
    };
    const four = draw([0, 1, 2, 3], 3);
    expect(draw([0, 1], 3)).toEqual(four.slice(0, 18));
    expect(draw([2, 1, 2, 0], 3).slice(9, 27)).toEqual(four.slice(9, 27));
    expect(draw([0, 1, 2, 3], 4)).not.toEqual(four);
  });

  it('bears repeated ids in the exclusions', () => {
    const exclude = csrOf(k, [[0, 0, 0, 1, 1, 3, 3, 3, 3, 4]]);
    const out = k.memory.i32(4000);
    k.sampleNegatives({ at, users: ints(k, new Int32Array(4000)), columns: 1, items: 6, exclude, out });
    expectLaw(out, even(6, [0, 1, 3, 4]));
  });

  // Every order of every subset is as likely as any other; the last rows need every item that is left.
  for (const [items, columns, seen] of [
    [7, 3, []],
    [7, 3, [1, 1, 4]],
    [6, 4, [0, 5]],
    [40, 2, range(0, 36)],
  ] as const) {
    it(`draws ${columns} distinct ones of ${items - new Set(seen).size} out of ${items}`, () => {
      const rows = 40_000;
      const out = k.memory.i32(rows * columns);
      const users = ints(k, new Int32Array(rows));
      k.sampleDistinct({ at, users, columns, items, exclude: csrOf(k, [seen]), out });
      const open = range(0, items).filter((item) => !(seen as readonly number[]).includes(item));
      const orders = ordered(open, columns).map((order) => order.join());
      const which = new Map(orders.map((order, index) => [order, index]));
      const drawn = Int32Array.from(
        { length: rows },
        (_, row) => which.get(out.subarray(row * columns, (row + 1) * columns).join())!,
      );
      expectLaw(drawn, even(orders.length));
      k.memory.free(out);
    });
  }

  it('draws every item that there is, once', () => {
    const out = k.memory.i32(300);
    k.sampleDistinct({ at, columns: 100, items: 100, out });
    for (const row of [0, 1, 2])
      expect([...out.subarray(row * 100, row * 100 + 100)].sort((a, b) => a - b)).toEqual(range(0, 100));
    expect(() => k.sampleDistinct({ at, columns: 100, items: 99, out })).toThrow(
      '[kernels] expected items ≥ 100 distinct draws, got 99; draw fewer',
    );
    const exclude = csrOf(k, [[], range(0, 3)]);
    expect(() =>
      k.sampleDistinct({ at, users: ints(k, [0, 1]), columns: 3, items: 5, exclude, out: out.subarray(0, 6) }),
    ).toThrow(
      '[kernels] expected 3 items left to draw for every user, got user 1, who has 2 of 5; leave the user out or draw fewer',
    );
  });

  it('accepts the same draws however they are looked up', () => {
    const exclude = csrOf(k, [[], range(0, 30), range(5, 39)]);
    const users = ints(
      k,
      range(0, 60).map((row) => row % 3),
    );
    const draws = (lookup: 'list' | 'bits' | undefined, columns: number): number[] => {
      const out = k.memory.i32(60 * columns);
      k.sampleNegatives({ at, users, columns, items: 40, exclude, out, ...(lookup && { lookup }) });
      return [...out];
    };
    for (const columns of [1, 7, 8, 20]) {
      expect(draws('bits', columns)).toEqual(draws('list', columns));
      expect(draws(undefined, columns)).toEqual(draws('list', columns));
    }
  });

  it('puts own items in the place of draws by the odds', () => {
    const interactions = csrOf(k, [[2, 5], [], range(0, 9)]);
    const [rows, columns] = [6000, 5];
    const users = ints(
      k,
      range(0, rows).map((row) => row % 3),
    );
    const out = k.memory.i32(rows * columns).fill(100);
    const own = k.memory.i32(rows * (columns + 1));
    own.forEach((_, index) => {
      own[index] = index % (columns + 1);
    });
    const coins = k.memory.f32(rows * columns);
    k.fillUniform({ at, out: coins });
    k.mixPositives({ users, interactions, items: 12, odds: 3, columns, coins, own, out });
    const shares = [6 / (6 + 10), 0, 27 / (27 + 3)];
    out.forEach((item, index) => {
      const heads = coins[index]! < shares[Math.floor(index / columns) % 3]!;
      if (item !== (heads ? (index % columns) + 1 : 100)) expect([index, item]).toBe(heads);
    });
  });

  it('names a user who has every item', () => {
    const exclude = csrOf(k, [[1], range(0, 5)]);
    const out = k.memory.i32(4);
    const users = ints(k, [0, 1]);
    expect(() => k.sampleNegatives({ at, users, columns: 2, items: 5, exclude, out })).toThrow(
      '[kernels] expected an item left to draw for every user, got user 1, who is excluded from all 5; leave the user out',
    );
    expect(() => k.sampleNegatives({ at, columns: 2, items: 5, exclude, out })).toThrow(
      'expected users with exclude, got none',
    );
  });

  it('draws in proportion to weights', () => {
    const weights = [5, 0, 1, 3, 0.5, 10, 0, 2.5, 1, 1];
    const total = weights.reduce((a, b) => a + b);
    const table = k.aliasTable(weights);
    const out = k.memory.i32(30_000);
    k.samplePopularity({ at, columns: 15, table, out });
    expectLaw(
      out,
      weights.map((weight) => weight / total),
    );

    const seen = [0, 3, 5, 9];
    const left = weights.map((weight, item) => (seen.includes(item) ? 0 : weight));
    const leftTotal = left.reduce((a, b) => a + b);
    const users = ints(k, new Int32Array(2000));
    k.samplePopularity({ at, users, columns: 15, table, exclude: csrOf(k, [seen]), out });
    expectLaw(
      out,
      left.map((weight) => weight / leftTotal),
    );
    k.freeAliasTable(table);
  });

  it('draws by weights where almost all of them are excluded', () => {
    const weights = range(0, 50).map((item) => (item < 48 ? 1e6 : item - 46));
    const table = k.aliasTable(weights);
    const out = k.memory.i32(6000);
    const users = ints(k, new Int32Array(1000));
    k.samplePopularity({ at, users, columns: 6, table, exclude: csrOf(k, [range(0, 48)]), out });
    expectLaw(out, [...new Array<number>(48).fill(0), 0.4, 0.6]);
  });

  it('says who has no weight left, and refuses weights that are none', () => {
    const table = k.aliasTable([1, 0, 2]);
    const out = k.memory.i32(2);
    const exclude = csrOf(k, [[0, 2]]);
    expect(() => k.samplePopularity({ at, users: ints(k, [0]), columns: 2, table, exclude, out })).toThrow(
      'got user 0, who is excluded from all 3',
    );
    expect(() => k.aliasTable([0, 0])).toThrow('[kernels] expected a weight above 0, got 2 weights that sum to 0');
    expect(() => k.aliasTable([1, -1])).toThrow('[kernels] expected weights ≥ 0, got -1 at 1');
  });

  it("draws further positives from the user's own items, column 0 given", () => {
    const interactions = csrOf(k, [[4, 8, 9], [], [1]]);
    const users = ints(
      k,
      range(0, 6000).map((row) => row % 3),
    );
    const positives = ints(
      k,
      range(0, 6000).map((row) => [8, 5, 1][row % 3]!),
    );
    const out = k.memory.i32(6000 * 4);
    k.samplePositives({ at, users, positives, interactions, columns: 4, out });
    const of = (user: number): number[][] =>
      range(0, 6000)
        .filter((row) => row % 3 === user)
        .map((row) => [...out.subarray(row * 4, row * 4 + 4)]);
    expect(of(0).every((row) => row[0] === 8)).toBe(true);
    expectLaw(
      Int32Array.from(
        of(0).flatMap((row) => row.slice(1)),
        (item) => [4, 8, 9].indexOf(item),
      ),
      even(3),
    );
    expect(of(1).every((row) => row.join() === '5,5,5,5')).toBe(true);
    expect(of(2).every((row) => row.join() === '1,1,1,1')).toBe(true);
  });
});
