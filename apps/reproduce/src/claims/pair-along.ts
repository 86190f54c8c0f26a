import { formatNumber, formatPercent } from '@losslab/report';
import { type Check, decide, doubt } from './check.ts';
import type { Series } from './series.ts';
import { checkWider, type Values } from './spread.ts';
import type { Measure } from './statement.ts';

/** Whether at every value after `from` `less` has lost a smaller share of what it had there than `more`. */
export function checkLessAffected(less: Series | Check, more: Series | Check, from?: number): Check[] {
  if ('answer' in less) return [less];
  if ('answer' in more) return [more];
  const start = from === undefined ? 0 : less.values.findIndex(({ x }) => x === from);
  if (start < 0) return [{ answer: 'unclear', text: `not run at ${formatNumber(from!)}` }];
  return less.values.slice(start + 1).map(({ x }, k) => {
    const [one, other] = [less, more].map(({ values }) => {
      return changeOf(values[start]!.measure, values[start + 1 + k]!.measure);
    });
    const text = `${less.name} ${formatPercent(one!.change)}, ${more.name} ${formatPercent(other!.change)} at ${formatNumber(x)}`;
    if (one!.isUnfinished || other!.isUnfinished) return { answer: 'unclear', text };
    return decide(one!.change - other!.change, Math.hypot(one!.doubt, other!.doubt), text);
  });
}

/** Whether the least value of `steady` is a smaller share below its greatest than that of `other`. */
export function checkSteadier(steady: Series | Check, other: Series | Check): Check {
  if ('answer' in steady) return steady;
  if ('answer' in other) return other;
  const spread = ({ name, values }: Series): Values => ({ name, measures: values.map(({ measure }) => measure) });
  return checkWider(spread(other), spread(steady));
}

/** The relative change; NaN from what is not positive. */
function changeOf(from: Measure, to: Measure): { change: number; doubt: number; isUnfinished: boolean } {
  const isUnfinished = from.isUnfinished || to.isUnfinished;
  const change = from.mean > 0 ? to.mean / from.mean - 1 : Number.NaN;
  return { change, doubt: doubt(to, from) / from.mean, isUnfinished };
}
