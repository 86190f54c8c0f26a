// Writes the tables of docs/choosing-a-loss.md from what was measured: pnpm --filter @losslab/site tables
import { readFileSync, writeFileSync } from 'node:fs';
import { root } from './contents.ts';

const guide = `${root}docs/choosing-a-loss.md`;

/** Cases of `pnpm bench` that train with a loss, and what of a result's name says for how long. */
const cases = [
  'bpr-step',
  'bsl-step',
  'vbpr-step',
  'mine-plus',
  'nbpo-epoch',
  'ig-epoch',
  'lightgcn-step',
  'neumf-bce-step',
];

interface Measured {
  readonly title: string;
  readonly timings: readonly { readonly name: string; readonly median: number }[];
}

interface Row {
  readonly dataset: string;
  readonly method: string;
  readonly metric: string;
  readonly protocol: string;
  readonly published: number | null;
  readonly mean: number;
  readonly sd: number;
  readonly seeds: readonly number[];
  readonly isUnfinished: boolean;
}

interface Report {
  readonly experiment: string;
  readonly budget: string;
  readonly rows: readonly Row[];
}

const readJson = (path: string) => JSON.parse(readFileSync(`${root}${path}`, 'utf8'));

function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(heading), line(heading.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Milliseconds of a step or an epoch, as docs/performance.json has them. */
export function costs(): string {
  const all: Record<string, Measured> = readJson('docs/performance.json');
  const rows = cases.flatMap((name) => {
    const ours = all[name]?.timings.find((timing) => timing.name.startsWith('losslab'));
    return ours === undefined ? [] : [[all[name]!.title, ours.median.toPrecision(3), `\`pnpm bench ${name}\``]];
  });
  return table(['what', 'ms', 'by'], rows);
}

/** The rows of the papers' tables that are matrix factorisation, as docs/results.json has them; each once. */
export function measured(): string {
  const { reports }: { reports: readonly Report[] } = readJson('docs/results.json');
  const seen = new Set<string>();
  const rows = reports.flatMap(({ experiment, budget, rows: all }) =>
    all.flatMap((row) => {
      const group = [row.dataset, `\`${row.protocol}\`, ${budget}`, row.method];
      if (!experiment.startsWith('table:') || !row.method.startsWith('MF + ') || row.metric !== 'recall@20') return [];
      if (seen.has(group.join())) return [];
      seen.add(group.join());
      const ndcg = all.find((one) => one.metric === 'ndcg@20' && sameTraining(one, row));
      return [[...group, shown(row), ndcg === undefined ? '' : shown(ndcg), String(row.seeds.length)]];
    }),
  );
  return table(['data', 'protocol, budget', 'method', 'Recall@20', 'NDCG@20', 'seeds'], rows);
}

function sameTraining(a: Row, b: Row): boolean {
  return a.dataset === b.dataset && a.method === b.method && a.protocol === b.protocol;
}

function shown({ mean, sd, seeds, isUnfinished }: Row): string {
  const spread = seeds.length > 1 ? ` ± ${sd.toFixed(4)}` : '';
  return `${mean.toFixed(4)}${spread}${isUnfinished ? ' (cut off)' : ''}`;
}

/** A document with what stands between the marks of its tables made anew. */
export function withTables(text: string): string {
  const fill = (mark: string, content: string, into: string): string =>
    into.replace(new RegExp(`(<!-- ${mark}: .*? -->\\n).*?(<!-- /${mark} -->)`, 's'), `$1${content}\n$2`);
  return fill('measured', measured(), fill('costs', costs(), text));
}

if (import.meta.main) writeFileSync(guide, withTables(readFileSync(guide, 'utf8')));
