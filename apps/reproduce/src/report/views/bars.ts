import type { Protocol } from '@losslab/core';
import { type Bar, type Block, barChart, type Comparison, formatMetric } from '@losslab/report';

/** Published and ours side by side: one chart a data set and metric. */
export async function barFigures(comparisons: readonly Comparison[], protocols: readonly Protocol[]): Promise<Block[]> {
  const blocks: Block[] = [];
  const short = shortNames(comparisons);
  for (const [key, group] of grouped(comparisons, (c) => `${c.dataset}, ${c.metric}`)) {
    const bars = group.flatMap((c): Bar[] => [
      ...(c.published === undefined ? [] : [{ group: short(c.method), series: 'published', value: c.published }]),
      ...protocols.flatMap((protocol): Bar[] => {
        const ours = c.ours[protocol];
        const series = `ours, ${protocol}`;
        return ours === undefined ? [] : [{ group: short(c.method), series, value: ours.mean, error: ours.sd }];
      }),
    ]);
    if (bars.length === 0) continue;
    const text = bars.map((bar) => `${bar.group} ${bar.series} ${formatMetric(bar.value)}`).join(', ');
    const svg = await barChart({ title: key, yTitle: group[0]!.metric, bars, width: 620, height: 240 });
    blocks.push({ kind: 'figure', svg, description: `${key}: ${text}.` });
  }
  return blocks;
}

function grouped<T>(values: readonly T[], key: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) groups.set(key(value), [...(groups.get(key(value)) ?? []), value]);
  return groups;
}

/** `BPR` for `MF + BPR` where all methods share the model. */
function shortNames(comparisons: readonly Comparison[]): (method: string) => string {
  const models = new Set(comparisons.map(({ method }) => method.split(' + ')[0]));
  return (method) => (models.size === 1 ? method.replace(/^\S+ \+ /, '') : method);
}
