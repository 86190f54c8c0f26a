import { expect, test } from 'vitest';
import {
  barChart,
  curvePoints,
  gridChart,
  learningCurves,
  lineChart,
  pageColours,
  palette,
  scatterChart,
} from '../src/index.ts';
import { epochRecord, runResult } from './fixture.ts';

const hostile = `</text><script>alert(1)</script>"'&`;

test('a line chart has its series, a legend and finite coordinates', async () => {
  const line = (name: string, y: number[]) => ({ name, points: y.map((value, k) => ({ x: k + 1, y: value })) });
  const svg = await lineChart({
    xTitle: 'epoch',
    yTitle: 'recall@20',
    series: [line('BPR', [0.1, 0.2, Number.NaN, 0.3]), line(hostile, [0.2, 0.3])],
  });
  expect(svg).toMatch(/^<svg [^>]*viewBox=/);
  for (const text of ['>BPR<', '>epoch<', '>recall@20<']) expect(svg).toContain(text);
  expect(svg).not.toContain('<script');
  expect(svg).not.toMatch(/NaN|Infinity/);
  for (const colour of palette.slice(0, 2)) expect(svg).toContain(`stroke="${colour}"`);
});

test('a logarithmic line chart puts factors at equal distances, with error bars twice the spread', async () => {
  const points = [1, 10, 100].map((x) => ({ x, y: 1, error: 0.25 }));
  const svg = await lineChart({
    xTitle: 'N',
    yTitle: 'y',
    xScale: 'log',
    series: [{ name: 'a', points }],
    height: 200,
  });
  const [, path = ''] = svg.match(/role-mark layer_0_[^>]*>.*?d="([^"]*)"/) ?? [];
  const xs = [...path.matchAll(/[ML]([\d.]+),/g)].map((m) => Number(m[1]));
  expect(xs).toHaveLength(3);
  expect(xs[1]! - xs[0]!).toBeCloseTo(xs[2]! - xs[1]!, 6);
  expect(svg.match(/role-mark layer_2_marks.*?<\/g>/)?.[0].match(/<line/g)).toHaveLength(3);
});

test('bars keep the order given, and error bars are as long as twice the spread', async () => {
  const svg = await barChart({
    yTitle: 'recall@20',
    height: 200,
    bars: [
      { group: 'zeta', series: 'published', value: 0.5 },
      { group: 'zeta', series: 'ours', value: 1, error: 0.25 },
      { group: hostile, series: 'ours', value: 0.25 },
    ],
  });
  expect(svg.indexOf('>zeta<')).toBeLessThan(svg.indexOf('&lt;script'));
  expect(svg).not.toContain('<script');
  // M left,top h width v height: 0.5, 1 and 0.25 of an axis of 200 pixels that ends at 1.25 (the error bar's upper end).
  const bars = [...svg.matchAll(/d="M[\d.]+,([\d.]+)h[\d.]+v([\d.]+)h-[\d.]+Z" fill="#/g)].map((m) => Number(m[2]));
  const unit = bars[1]!;
  expect(bars.slice(0, 3).map((height) => Number((height / unit).toFixed(6)))).toEqual([0.5, 1, 0.25]);
  const [, rule] = svg.match(/role-mark layer_1_marks.*?y2="(-?[\d.]+)"/) ?? [];
  expect(Math.abs(Number(rule)) / unit).toBeCloseTo(0.5, 6);
});

test('labels of bars that would run into each other are broken at spaces, others are whole', async () => {
  const labelled = (width: number) => {
    const bars = ['debiased InfoNCE', 'debiased CCL'].map((group) => ({ group, series: 'ours', value: 1 }));
    return barChart({ yTitle: 'y', width, bars });
  };
  expect(await labelled(400)).toContain('>debiased InfoNCE</text>');
  const narrow = await labelled(150);
  expect(narrow).not.toContain('debiased InfoNCE');
  expect(narrow).toMatch(/<tspan>debiased<\/tspan><tspan[^>]*>InfoNCE<\/tspan>/);
});

test('points have a colour a series, and those that are not finite are left out', async () => {
  const series = ['hot', hostile].map((name, k) => ({
    name,
    points: [
      { x: k, y: 1 },
      { x: Number.NaN, y: 0 },
    ],
  }));
  const svg = await scatterChart({ xTitle: 'x', yTitle: 'y', series });
  expect(svg.match(/role-mark marks.*?<\/g>/)?.[0].match(/<path/g)).toHaveLength(2);
  expect(svg).not.toMatch(/<script|NaN/);
  for (const colour of palette.slice(0, 2)) expect(svg).toContain(`fill="${colour}"`);
});

test('a grid has a cell a pair of values, shaded by rank and written out', async () => {
  const cells = [1, 2].flatMap((x) => [10, 20].map((y) => ({ x, y, value: x * y })));
  const svg = await gridChart({ xTitle: 'M', yTitle: 'N', valueTitle: 'precision@5', cells });
  for (const text of ['10.0000', '20.0000', '40.0000']) expect(svg).toContain(`>${text}<`);
  const shades = [...svg.matchAll(/fill="rgb\((\d+), /g)].map((m) => Number(m[1]));
  expect(Math.max(...shades)).toBeGreaterThan(Math.min(...shades));
});

test('plots name nothing by id, so that several fit on one page', async () => {
  const svg = await barChart({ yTitle: 'y', bars: [{ group: 'a', series: 's', value: 1 }] });
  expect(svg).not.toMatch(/ id="|url\(#/);
});

test('the same data give the same text', async () => {
  const chart = {
    xTitle: 'x',
    yTitle: 'y',
    series: [
      {
        name: 'a',
        points: [
          { x: 0, y: 0 },
          { x: 1, y: 1 },
        ],
      },
    ],
  };
  expect(await lineChart(chart)).toBe(await lineChart(chart));
});

test('curves follow the part that chose the epoch and skip epochs without evaluation', () => {
  const paper = { ...epochRecord(2, 0), valid: undefined, test: { 'recall@20': 0.4 } };
  const { valid: _, ...bare } = epochRecord(3, 0);
  const { valid: __, ...tested } = paper;
  expect(curvePoints([epochRecord(1, 0.1), tested, bare], 'recall@20')).toEqual([
    { x: 1, y: 0.1 },
    { x: 2, y: 0.4 },
  ]);
  expect(curvePoints([epochRecord(2, 0)], 'loss')).toEqual([{ x: 2, y: 0.5 }]);
});

test('there is no plot where there is nothing to plot', async () => {
  expect(await learningCurves([{ label: 'a', results: [runResult({ curve: [] })] }], 'recall@20')).toBeUndefined();
});

/** Relative luminance by WCAG 2. */
function luminance(colour: string): number {
  const channel = (at: number): number => {
    const c = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

test.each(palette)('%s can be told from the light and the dark page', (colour) => {
  for (const page of Object.values(pageColours)) {
    const [light, dark] = [luminance(colour), luminance(page)].sort((a, b) => b - a);
    expect((light! + 0.05) / (dark! + 0.05)).toBeGreaterThanOrEqual(3);
  }
});
