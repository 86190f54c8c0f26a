import { lineChart } from '@losslab/report';
import type { Results } from './results.ts';

const SERIES = {
  'scale-bpr': 'BPR, B 1,024',
  'scale-sl': 'SL, N 64, B 1,024',
} as const;

/** What an interaction costs against how many there are, as SVG: least times, which other work on the machine disturbs least. */
export function scalePlot(results: Results): Promise<string> {
  return lineChart({
    xTitle: 'interactions (1 M users and 500 k items at the right)',
    yTitle: 'cost of an interaction, times that in the smallest data',
    xScale: 'log',
    fromZero: true,
    series: Object.entries(SERIES).flatMap(([name, series]) => {
      const timings = results[name]?.timings;
      if (timings === undefined) return [];
      const smallest = timings[0]!.least;
      return [{ name: series, points: timings.map((t) => ({ x: interactionsIn(t.name), y: t.least / smallest })) }];
    }),
  });
}

/** 10,000 of `losslab, 10,000 interactions`. */
const interactionsIn = (name: string): number => Number(/([\d,]+) interactions$/.exec(name)![1]!.replaceAll(',', ''));
