import { formatPercent } from '@losslab/report';
import { at, type Check, decide, doubt, type Evidence } from './check.ts';
import type { Measure, OfSpread } from './statement.ts';

/** Values whose spread is meant, by a name for the evidence. */
export interface Values {
  readonly name: string;
  readonly measures: readonly (Measure | undefined)[];
}

/** Checks a statement about how far values are apart. */
export function checkSpread(statement: OfSpread, evidence: Evidence): Check[] {
  const { dataset, metrics, points, ours } = evidence;
  const over = (method: string, metric: string): Values => ({
    name: `${metric}: ${method}`,
    measures: points.map((point) => ours(dataset, method, metric, point)),
  });
  switch (statement.kind) {
    case 'more sensitive':
      return metrics.flatMap((metric) =>
        statement.methods.map((method) => {
          const [first, second] = throughBest(over(method, metric), evidence);
          return statement.to === 'first' ? checkWider(first, second) : checkWider(second, first);
        }),
      );
    case 'gaps close':
      return points.map((point) => {
        const among = (metric: string): Values => ({
          name: `${metric}${at(point)}`,
          measures: statement.methods.map((method) => ours(dataset, method, metric, point)),
        });
        return checkWider(among(statement.metrics[0]), among(statement.metrics[1]));
      });
  }
}

/** The values of a grid along its first and its second axis, the other as it is at the best of all. */
function throughBest({ name, measures }: Values, { points }: Evidence): [Values, Values] {
  const means = measures.map((measure) => measure?.mean ?? Number.POSITIVE_INFINITY); // one that lacks leaves it open
  const best = points[means.indexOf(Math.max(...means))]!;
  const through = (held: number): (Measure | undefined)[] => measures.filter((_, k) => points[k]![held] === best[held]);
  return [
    { name: `${name} along the first axis`, measures: through(1) },
    { name: `${name} along the second axis`, measures: through(0) },
  ];
}

/** Whether the least of `wide` is a larger share below its greatest than that of `narrow`. */
export function checkWider(wide: Values, narrow: Values): Check {
  const [one, other] = [spreadOf(wide), spreadOf(narrow)];
  if (one === undefined || other === undefined) {
    return { answer: 'unclear', text: `${(one === undefined ? wide : narrow).name} not run everywhere` };
  }
  const text = `${wide.name} ${formatPercent(-one.share)} from greatest to least, ${narrow.name} ${formatPercent(-other.share)}`;
  if (one.isUnfinished || other.isUnfinished) {
    return { answer: 'unclear', text: `${text}, before its curves had ended` };
  }
  return decide(one.share - other.share, Math.hypot(one.doubt, other.doubt), text);
}

/** Undefined where one is missing, NaN where the greatest is not positive. */
function spreadOf({ measures }: Values): { share: number; doubt: number; isUnfinished: boolean } | undefined {
  const known = measures.filter((measure) => measure !== undefined).sort((a, b) => a.mean - b.mean);
  if (known.length === 0 || known.length < measures.length) return undefined;
  const [least, best] = [known[0]!, known.at(-1)!];
  const share = best.mean > 0 ? 1 - least.mean / best.mean : Number.NaN;
  return { share, doubt: doubt(best, least) / best.mean, isUnfinished: known.some((m) => m.isUnfinished) };
}
