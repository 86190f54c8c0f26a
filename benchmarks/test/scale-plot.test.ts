import { expect, test } from 'vitest';
import { scalePlot } from '../src/scale-plot.ts';

test('the plot of the scale cases has a line for each that was measured', async () => {
  const timing = (interactions: string, median: number) => {
    const name = `losslab, ${interactions} interactions`;
    return { name, median, least: median, most: median };
  };
  const timings = [timing('100,000', 2), timing('10,000,000', 3)];
  const result = { title: 'toy', measured: '2026-01-01', machine: 'toy', timings, missing: [] };
  const svg = await scalePlot({ 'scale-bpr': result });
  for (const text of ['>BPR, B 1,024<', '>100,000<', '>10,000,000<']) expect(svg).toContain(text);
  expect(svg).not.toContain('SL');
});
