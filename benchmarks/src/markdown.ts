import type { Budget, Case } from './cases/case.ts';
import type { Timing } from './contender.ts';
import { ms, ratio } from './format.ts';
import { type Rates, ratesOf } from './rates.ts';
import type { Result, Results } from './results.ts';

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const named = ({ timings }: Result, start: string): Timing | undefined =>
  timings.find(({ name }) => name.startsWith(start));

const own = ({ timings }: Result): number => timings[0]!.median;

/** Each peer beside losslab, with the budget where there is one. */
function comparisons({ name, budgets = [] }: Case, result: Result): string[] {
  const [losslab, ...peers] = result.timings as [Timing, ...Timing[]];
  const against = (peer: Timing, of: Timing, budget?: Budget): string => {
    const r = of.median / peer.median;
    const verdict = budget ? [`≤ ${ratio(budget.most)}`, r <= budget.most ? 'yes' : 'no'] : ['', ''];
    return row([`\`${name}\``, ms(of.median), peer.name, ms(peer.median), ratio(r), ...verdict]);
  };
  const budgeted = budgets.flatMap((budget): string[] => {
    const of = budget.contender === undefined ? losslab : named(result, budget.contender);
    if (of === undefined) return [];
    if (budget.peer === undefined) {
      const met = of.median <= budget.most ? 'yes' : 'no';
      return [row([`\`${name}\``, ms(of.median), '', '', '', `≤ ${ms(budget.most)} ms`, met])];
    }
    const peer = named(result, budget.peer);
    return peer ? [against(peer, of, budget)] : [];
  });
  const judged = (peer: Timing): boolean => budgets.some((budget) => budget.peer && peer.name.startsWith(budget.peer));
  return [...budgeted, ...peers.filter((peer) => !judged(peer)).map((peer) => against(peer, losslab))];
}

function floorRow({ name, floor }: Case, result: Result, rates: Rates): string[] {
  if (floor === undefined) return [];
  const { operations, bytes, rowBytes = 0, counted } = floor;
  const times = [operations / rates.operations, bytes / rates.bytes, rowBytes / rates.rowBytes];
  const least = Math.max(...times);
  const bound = ['arithmetic', 'memory', 'rows'][times.indexOf(least)]!;
  const time = own(result);
  return [row([`\`${name}\``, counted, `${ms(least)} (${bound})`, ms(time), (time / least).toFixed(1)])];
}

/** The tables of docs/performance.md from kept results, in the order of the cases. */
export function markdown(cases: readonly Case[], results: Results): string {
  const measured = cases.flatMap((each) => (results[each.name] ? [{ each, result: results[each.name]! }] : []));
  const lines = [
    row(['case', 'losslab, ms', 'beside it', 'ms', 'losslab / it', 'budget', 'met']),
    row(['---', '---', '---', '---', '---', '---', '---']),
    ...measured.filter(({ each }) => each.name !== 'machine').flatMap(({ each, result }) => comparisons(each, result)),
  ];
  const rates = results.machine && ratesOf(results.machine);
  if (rates) {
    lines.push('', row(['case', 'counted', 'floor, ms', 'losslab, ms', 'times the floor']));
    lines.push(row(['---', '---', '---', '---', '---']));
    lines.push(...measured.flatMap(({ each, result }) => floorRow(each, result, rates)));
  }
  for (const { each, result } of measured) {
    const parts = Object.entries(result.parts ?? {}).map(([part, median]) => `${part} ${ms(median)} ms`);
    const longest = Object.entries(result.profile ?? {}).filter(([, time]) => time >= own(result) / 100);
    const profile = longest.map(([kernel, time]) => `${kernel} ${ms(time)}`);
    const facts = Object.entries(result.facts ?? {}).map(([fact, value]) => `${fact}: ${value}`);
    const missing = result.missing.map(({ name, missing: why }) => `not run: ${name} (${why})`);
    const said = [
      ...(parts.length > 0 ? [`parts: ${parts.join(', ')}`] : []),
      ...(profile.length > 0 ? [`kernels, ms: ${profile.join(', ')}`] : []),
      ...facts,
      ...missing,
    ];
    if (said.length > 0) lines.push('', `\`${each.name}\`: ${said.join('; ')}.`);
  }
  return `${lines.join('\n')}\n`;
}
