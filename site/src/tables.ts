// Writes the tables of README and docs/choosing-a-loss.md from what was measured: pnpm --filter @losslab/site tables
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { root } from './contents.ts';

/** The documents that hold such tables. */
export const documents = ['README.md', 'docs/choosing-a-loss.md'];

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
  readonly paper: string;
  readonly experiment: string;
  readonly budget: string;
  readonly command: string;
  readonly rows: readonly Row[];
}

/** What docs/results keeps of every paper. */
const kept = (): Report[] =>
  readdirSync(`${root}docs/results`)
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => readJson(`docs/results/${name}`).reports);

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

/** The rows of the papers' tables that are matrix factorisation, as docs/results has them; each once. */
export function measured(): string {
  const reports = kept();
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

interface Headline {
  readonly paper: string;
  readonly experiment: string;
  readonly protocols: readonly string[];
  readonly budget: string;
  readonly datasets: readonly string[];
}

const titles: Readonly<Record<string, string>> = { 'recall@20': 'Recall@20', 'ndcg@20': 'NDCG@20' };

/** A table of README: the rows of one experiment beside what the paper prints, a column a protocol, and the commands. */
export function headline({ paper, experiment, budget, protocols, datasets }: Headline): string {
  const reports = kept();
  const own = reports.filter((r) => r.paper === paper && r.experiment === experiment && r.budget === budget);
  const all = own.flatMap(({ rows, command }) => rows.map((row) => ({ ...row, command })));
  const wanted = all.filter((row) => datasets.includes(row.dataset) && protocols.includes(row.protocol));
  const keys = new Map(wanted.map(({ dataset, method }) => [`${dataset} ${method}`, { dataset, method }]));
  const metrics = Object.keys(titles);
  const rows = [...keys.values()]
    .toSorted((a, b) => datasets.indexOf(a.dataset) - datasets.indexOf(b.dataset))
    .map(({ dataset, method }) => {
      const of = (metric: string, protocol: string): Row | undefined =>
        wanted.find(
          (r) => r.dataset === dataset && r.method === method && r.metric === metric && r.protocol === protocol,
        );
      const cells = metrics.flatMap((metric) => {
        const found = protocols.map((protocol) => of(metric, protocol));
        const published = found.find((row) => row !== undefined)?.published;
        return [published?.toFixed(4) ?? '–', ...found.map((row) => (row === undefined ? '–' : shown(row)))];
      });
      return [dataset, method, ...cells];
    });
  const heading = metrics.flatMap((metric) => [
    `${titles[metric]}, published`,
    ...protocols.map((p) => `ours, \`${p}\``),
  ]);
  const commands = new Set(wanted.map(({ command }) => command.replace(/ --(?:out|jobs) \S+| --resume/g, '')));
  return [table(['data', 'method', ...heading], rows), '', ...[...commands].map((command) => `    ${command}`)].join(
    '\n',
  );
}

/** Table II's MF rows of BSL, whose budget is the one that a visitor can wait for. */
const bslHeadline: Headline = {
  paper: 'bsl',
  experiment: 'table:II',
  budget: 'quick',
  protocols: ['paper'],
  datasets: ['ml-1m-bsl'],
};

/** Table 2 of Variational BPR, in full. */
const vbprHeadline: Headline = {
  paper: 'vbpr',
  experiment: 'table:2',
  budget: 'full',
  protocols: ['paper', 'clean'],
  datasets: ['ml-100k-vbpr', 'ml-1m-vbpr'],
};

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
  const filled: readonly (readonly [string, () => string])[] = [
    ['measured', measured],
    ['costs', costs],
    ['bsl', () => headline(bslHeadline)],
    ['vbpr', () => headline(vbprHeadline)],
  ];
  return filled.reduce(
    (into, [mark, content]) => (into.includes(`<!-- ${mark}: `) ? fill(mark, content(), into) : into),
    text,
  );
}

if (import.meta.main) {
  for (const name of documents) writeFileSync(`${root}${name}`, withTables(readFileSync(`${root}${name}`, 'utf8')));
}
