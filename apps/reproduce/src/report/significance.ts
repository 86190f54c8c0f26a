import { pairedTTest, wilcoxon } from '@losslab/metrics';
import { type Block, formatDifference, formatNumber, type Section } from '@losslab/report';
import type { Experiment } from '../experiment.ts';
import type { PerUser } from '../sweep/store.ts';
import { distinctPoints, labelAt, type Measured } from './measured.ts';
import { panelsOf, type ViewContext } from './views/context.ts';

/** Paired tests over users of each method against the experiment's reference, their values averaged over seeds. */
export function significanceSection(context: ViewContext): Section[] {
  const { experiment, measured, protocols } = context;
  const reference = experiment.reference;
  if (reference === undefined) return [];
  const rows = panelsOf(measured, protocols).flatMap(({ dataset, protocol }) =>
    distinctPoints(measured).flatMap((point) => {
      const of = (id: string) =>
        meanPerUser(
          context,
          measured.filter(
            (m) =>
              m.method === id && m.dataset === dataset && m.protocol === protocol && m.point.join() === point.join(),
          ),
        );
      const first = of(reference);
      const others = experiment.methods.filter(({ id }) => id !== reference);
      return first === undefined
        ? []
        : others.flatMap((method) => {
            const second = of(method.id);
            const label = labelAt(experiment, method, point);
            return second === undefined ? [] : rowsOf(experiment, [dataset, protocol, label], first, second);
          });
    }),
  );
  if (rows.length === 0) return [];
  const { label } = experiment.methods.find(({ id }) => id === reference)!;
  const right = (heading: string) => ({ heading, align: 'right' as const });
  const isOwnBest = experiment.eachMetricAtItsBest && protocols.includes('paper');
  const first = experiment.metrics[0]!.name;
  const ownBest = isOwnBest ? ` Under protocol paper users' values are of the epoch best in ${first}.` : '';
  const text: Block = {
    kind: 'text',
    text: `${label} against each other method, users as pairs, each user's value averaged over the seeds. This says whether the trained models differ for such users, not whether their losses would with other seeds. d is Cohen's d of the differences, r the rank-biserial correlation.${ownBest}`,
  };
  const columns = [
    ...['data', 'protocol', 'against', 'metric'].map((heading) => ({ heading })),
    ...['difference', 'users', 't-test p', 'd', 'Wilcoxon p', 'r'].map(right),
  ];
  return [{ heading: 'Paired tests', blocks: [text, { kind: 'table', table: { columns, rows } }] }];
}

function rowsOf(experiment: Experiment, head: readonly string[], first: PerUser, second: PerUser): string[][] {
  return experiment.metrics.flatMap(({ name }) => {
    const [a, b] = [first.values[name], second.values[name]];
    if (a === undefined || b === undefined || a.length !== b.length || a.length < 2) return [];
    const [t, w] = [pairedTTest(a, b), wilcoxon(a, b)];
    return [
      [
        ...head,
        name,
        formatDifference(t.meanDifference),
        formatNumber(t.n),
        pValue(t.pValue),
        t.effectSize.toFixed(2),
        pValue(w.pValue),
        w.effectSize.toFixed(2),
      ],
    ];
  });
}

const pValue = (p: number): string => (p < 1e-4 ? '< 0.0001' : p.toFixed(4));

/** Each user's mean over seeds; undefined where a seed's values are gone or its users differ. */
function meanPerUser({ perUser }: ViewContext, seeds: readonly Measured[]): PerUser | undefined {
  const all = seeds.map(({ key }) => perUser(key));
  const [first] = all;
  if (first === undefined || all.some((one) => one?.users.length !== first.users.length)) return undefined;
  const values = Object.keys(first.values).map((name) => {
    const sum = first.values[name]!.map((_, row) => all.reduce((total, one) => total + one!.values[name]![row]!, 0));
    return [name, sum.map((value) => value / all.length)] as const;
  });
  return { users: first.users, values: Object.fromEntries(values) };
}
