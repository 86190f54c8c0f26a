import { pairedTTest, pairsWithValues, wilcoxon } from '@losslab/metrics';
import { type Block, formatDifference, formatNumber, type Section } from '@losslab/report';
import { samePoint } from '../axis.ts';
import type { Experiment, Method } from '../experiment.ts';
import type { PerUser } from '../sweep/store.ts';
import { distinctPoints, labelAt, type Measured } from './measured.ts';
import { panelsOf, type ViewContext } from './views/context.ts';

/** Paired tests over users of methods against their reference, their values averaged over seeds. */
export function significanceSection(context: ViewContext): Section[] {
  const { experiment, measured, protocols } = context;
  const groups = groupsOf(experiment);
  const rows = panelsOf(measured, protocols).flatMap(({ dataset, protocol }) =>
    distinctPoints(measured).flatMap((point) => {
      const at = ({ id }: Method): PerUser | undefined => {
        const here = measured.filter((m) => m.method === id && m.dataset === dataset && m.protocol === protocol);
        const cells = here.filter((m) => samePoint(m.point, point));
        return meanPerUser(context, cells);
      };
      return groups.flatMap(({ reference, others }) => {
        const first = at(reference);
        return others.flatMap((method) => {
          const second = at(method);
          if (first === undefined || second === undefined) return [];
          const labels = [reference, method].map((one) => labelAt(experiment, one, point));
          return rowsOf(experiment, [dataset, protocol, ...labels], first, second);
        });
      });
    }),
  );
  if (rows.length === 0) return [];
  const right = (heading: string) => ({ heading, align: 'right' as const });
  const isOwnBest = experiment.eachMetricAtItsBest && protocols.includes('paper');
  const metric = experiment.metrics[0]!.name;
  const ownBest = isOwnBest ? ` Under protocol paper users' values are of the epoch best in ${metric}.` : '';
  const text: Block = {
    kind: 'text',
    text: `Each method against the one beside it, users as pairs, each user's value averaged over the seeds. This says whether the trained models differ for such users, not whether their losses would with other seeds. d is Cohen's d of the differences, r the rank-biserial correlation.${ownBest}`,
  };
  const columns = [
    ...['data', 'protocol', 'method', 'against', 'metric'].map((heading) => ({ heading })),
    ...['difference', 'users', 't-test p', 'd', 'Wilcoxon p', 'r'].map(right),
  ];
  return [{ heading: 'Paired tests', blocks: [text, { kind: 'table', table: { columns, rows } }] }];
}

/** Each reference with the methods that it is paired with. */
function groupsOf({ methods, reference }: Experiment): { reference: Method; others: Method[] }[] {
  if (reference === undefined) return [];
  const rest = methods.map(({ id }) => id).filter((id) => id !== reference);
  const listed = typeof reference === 'string' ? { [reference]: rest } : reference;
  const find = (id: string): Method => methods.find((method) => method.id === id)!;
  return Object.entries(listed).map(([id, others]) => ({ reference: find(id), others: others.map(find) }));
}

function rowsOf(experiment: Experiment, head: readonly string[], first: PerUser, second: PerUser): string[][] {
  return experiment.metrics.flatMap(({ name }) => {
    const [firsts, seconds] = [first.values[name], second.values[name]];
    if (firsts === undefined || seconds === undefined || firsts.length !== seconds.length) return [];
    const [a, b] = pairsWithValues(firsts, seconds);
    if (a.length < 2) return [];
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
