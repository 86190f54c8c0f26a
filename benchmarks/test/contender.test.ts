import { expect, test } from 'vitest';
import { alternate, type Contender, isMissing, spread } from '../src/contender.ts';
import { peer } from '../src/peer.ts';

test('spread takes the middle, the least and the most', () => {
  expect(spread([5, 1, 9])).toEqual({ median: 5, least: 1, most: 9 });
});

test('contenders take turns, and the first round is not counted', async () => {
  const order: string[] = [];
  const contender = (name: string, times: number[]): Contender => ({
    name,
    run: async () => {
      order.push(name);
      return times.shift()!;
    },
    close: () => {},
  });
  const timings = await alternate([contender('a', [100, 1, 2, 3]), contender('b', [200, 4, 6, 5])], 3, 1, 0);
  expect(order.join('')).toBe('abababab');
  expect(timings).toEqual([
    { name: 'a', median: 2, least: 1, most: 3 },
    { name: 'b', median: 5, least: 4, most: 6 },
  ]);
});

test('a turn can be several pieces long', async () => {
  const order: string[] = [];
  const contender = (name: string): Contender => ({
    name,
    run: async () => order.push(name),
    close: () => {},
  });
  const [a] = await alternate([contender('a'), contender('b')], 1, 2, 0);
  expect(order.join('')).toBe('aabbaabb');
  expect(a).toEqual({ name: 'a', median: 6, least: 5, most: 6 });
});

test('a contender runs uncounted until it is warm', async () => {
  let runs = 0;
  const slow: Contender = {
    name: 'slow',
    run: async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return ++runs;
    },
    close: () => {},
  };
  const [timing] = await alternate([slow], 1, 1, 30);
  expect(timing!.median).toBeGreaterThan(2);
});

const answering = `
  console.log(JSON.stringify({ ready: 'toy' }));
  let n = 0;
  process.stdin.on('data', () => console.log(JSON.stringify({ ms: ++n })));`;

test('a peer answers each line with the time of one more run', async () => {
  const toy = await peer('toy', process.execPath, ['-e', answering]);
  if (isMissing(toy)) throw new Error(toy.missing);
  expect(toy.name).toBe('toy');
  expect([await toy.run(), await toy.run()]).toEqual([1, 2]);
  toy.close();
});

test('a peer that does not start is missing, and says why', async () => {
  expect(await peer('none', 'no-such-program', [])).toEqual({ name: 'none', missing: 'spawn no-such-program ENOENT' });
  const broken = await peer('broken', process.execPath, ['-e', 'console.error("no torch here"); process.exit(1)']);
  expect(broken).toEqual({ name: 'broken', missing: 'no torch here' });
});
