import { beforeAll, describe, expect, it } from 'vitest';
import { type Measured, measure } from '../bench/engines/measure.ts';
import { measureNative, nativeTable } from '../bench/engines/native.ts';
import { agrees, type Numbers } from '../bench/engines/numbers.ts';
import { SMALL } from '../bench/engines/problem.ts';
import { type Column, matrixTable, milliseconds } from '../bench/engines/table.ts';
import { PRESENT } from './support.ts';

const column = (engine: string, measured: readonly Measured[]): Column => ({
  engine,
  works: true,
  detail: '',
  measured,
});

/** The rows of the matrix's two columns of ops, the first engine's as it is. */
function cells(reference: readonly Measured[], other: readonly Measured[]): [string, string, string][] {
  const lines = matrixTable([column('simd', reference), column('other', other)], 'here').split('\n');
  return lines.slice(2, 2 + reference.length).map((line) => {
    const [, op, first, second] = line.split(' | ').flatMap((text) => text.split(/^\| | \|$/));
    return [op!, first!, second!];
  });
}

const changed = (measured: readonly Measured[], change: (part: string, x: number) => number): Measured[] =>
  measured.map((each) => {
    const parts = Object.entries(each.numbers).map(([part, numbers]) => [part, numbers.map((x) => change(part, x))]);
    return { ...each, numbers: Object.fromEntries(parts) };
  });

const isGradient = (part: string): boolean => /gradient|moves/.test(part);

describe('the matrix of engines', () => {
  let simd: Measured[] = [];
  beforeAll(async () => {
    simd = await measure('simd', 1, SMALL);
  });

  it.each(PRESENT.filter((engine) => engine !== 'simd'))('%s agrees', async (engine) => {
    for (const [op, , cell] of cells(simd, await measure(engine, 1, SMALL))) expect(cell, op).toMatch(/^\w+, .* ms$/);
  });

  it('compares what each op moves', () => {
    for (const { op, numbers } of simd) expect(Object.keys(numbers).filter(isGradient), op).not.toEqual([]);
    for (const [op, first] of cells(simd, simd)) expect(first, op).toMatch(/^(fused|composed), .* ms$/);
  });

  it.each<[string, (x: number) => number]>([
    ['a gradient of zero', () => 0],
    ['a gradient that is 1 % too long', (x) => 1.01 * x],
    ['a gradient that points the other way', (x) => -x],
    ['a gradient that is no number', () => Number.NaN],
  ])('%s disagrees', (_, change) => {
    const wrong = changed(simd, (part, x) => (isGradient(part) ? change(x) : x));
    for (const [op, , cell] of cells(simd, wrong)) expect(cell, op).toContain('**disagrees with simd**');
  });

  it('a value that is wrong disagrees, and an optimizer that is another', () => {
    const wrong = changed(simd, (part, x) => (isGradient(part) ? x : 1.01 * x));
    for (const [op, , cell] of cells(simd, wrong)) expect(cell, op).toContain('**disagrees with simd**');
    const by = (name: string): Numbers => simd.find(({ op }) => op === `a step with ${name}`)!.numbers;
    expect(agrees(by('lazyAdam'), by('adam'))).toBe(false);
  });

  it('an engine that was tried at another size is compared there, and not timed', () => {
    const elsewhere = changed(simd, (_, x) => x + 1);
    const tried = (measured: readonly Measured[]): string[] => {
      const other = { ...column('other', measured), checkedAgainst: elsewhere };
      return matrixTable([column('simd', simd), other], 'here')
        .split('\n')
        .slice(2, 2 + simd.length);
    };
    for (const line of tried(elsewhere)) expect(line).toMatch(/, agrees \|$/);
    for (const line of tried(simd)) expect(line).toContain('**disagrees with simd**');
  });

  it('agrees with no part that is zero, short or missing', () => {
    expect(agrees({ x: [1, 2] }, { x: [1, 2.001] })).toBe(true);
    expect(agrees({ x: [0, 0] }, { x: [0, 0] })).toBe(false);
    expect(agrees({ x: [1] }, { x: [1, 2] })).toBe(false);
    expect(agrees({}, { x: [1, 2] })).toBe(false);
  });
});

it.skipIf(!PRESENT.includes('tensorflow'))("times libtensorflow's own ops beside what they stand in for", async () => {
  const times = await measureNative(1, { users: 30, items: 20, entries: 100, dimension: 4, ids: 50 });
  expect(times.map(({ op }) => op)).toEqual(expect.arrayContaining(['A · x', 'rows by id', 'Adam', 'Adagrad']));
  for (const { op, native, composed } of times) expect(Math.min(native, composed), op).toBeGreaterThan(0);
});

it('writes their table', () => {
  const text = nativeTable([{ op: 'A · x', native: 20, composed: 1234 }]);
  expect(text).toContain('\n| A · x | 20 ms | 1,200 ms | 61.7 |\n');
});

it.each([
  [0.123, '0.12 ms'],
  [7, '7.0 ms'],
  [23.6, '24 ms'],
  [147, '150 ms'],
  [2238, '2,200 ms'],
])('%d is written %s', (time, text) => {
  expect(milliseconds(time)).toBe(text);
});
