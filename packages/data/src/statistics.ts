import { type Dataset, type DatasetStatistics, dataFacts, interactionCount } from '@losslab/core';

/** Of the degrees of users or items in the training part, those of 0 included. */
export interface DegreeQuantiles {
  readonly min: number;
  readonly quarter: number;
  readonly median: number;
  readonly threeQuarters: number;
  readonly max: number;
}

export interface DataStatistics extends DatasetStatistics {
  readonly userDegrees: DegreeQuantiles;
  readonly itemDegrees: DegreeQuantiles;
  /** Labelled pairs and their share of ones by part, where there are any. */
  readonly labelled?: {
    readonly [part in 'train' | 'valid' | 'test']?: { readonly pairs: number; readonly ones: number };
  };
}

export function statistics(dataset: Dataset): DataStatistics {
  const facts = dataFacts(dataset.train);
  const { userCount: users, itemCount: items } = facts;
  const [train, valid, test] = [dataset.train, dataset.valid, dataset.test].map((part) =>
    part ? interactionCount(part) : 0,
  );
  return {
    users,
    items,
    train: train!,
    valid: valid!,
    test: test!,
    density: (train! + valid! + test!) / (users * items),
    userDegrees: quantiles(facts.userDegrees),
    itemDegrees: quantiles(facts.itemDegrees),
    ...(dataset.labelled && { labelled: labelCounts(dataset.labelled) }),
  };
}

function quantiles(degrees: Int32Array): DegreeQuantiles {
  const sorted = degrees.slice().sort();
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  return { min: at(0), quarter: at(0.25), median: at(0.5), threeQuarters: at(0.75), max: at(1) };
}

function labelCounts(labelled: NonNullable<Dataset['labelled']>): NonNullable<DataStatistics['labelled']> {
  const parts = Object.entries(labelled).filter(([, pairs]) => pairs !== undefined);
  return Object.fromEntries(
    parts.map(([part, { labels }]) => [
      part,
      { pairs: labels.length, ones: labels.reduce((a, b) => a + b, 0) / labels.length },
    ]),
  );
}

const whole = (count: number) => count.toLocaleString('en-US');

/** A few aligned lines for a terminal. */
export function formatStatistics(stats: DataStatistics): string {
  const degrees = (q: DegreeQuantiles) => [q.min, q.quarter, q.median, q.threeQuarters, q.max].map(whole).join(' / ');
  const rows: [string, string][] = [
    ['users', whole(stats.users)],
    ['items', whole(stats.items)],
    ['interactions', whole(stats.train + stats.valid + stats.test)],
    ['train / valid / test', [stats.train, stats.valid, stats.test].map(whole).join(' / ')],
    ['density', `${(stats.density * 100).toFixed(3)} %`],
    ['training items a user', `${degrees(stats.userDegrees)} (min / quarter / median / three quarters / max)`],
    ['training users an item', degrees(stats.itemDegrees)],
  ];
  for (const [part, { pairs, ones }] of Object.entries(stats.labelled ?? {})) {
    rows.push([`labelled pairs, ${part}`, `${whole(pairs)}, ${(ones * 100).toFixed(1)} % ones`]);
  }
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n');
}
