import { formatTextTable } from '@losslab/report';
import type { Case } from './cases/case.ts';
import { alternate, type Contender, isMissing, spread, type Timing } from './contender.ts';
import { ms } from './format.ts';
import { machineName, type Result } from './results.ts';

/** Text to the left in the first column, numbers to the right in the others. */
function print(headings: readonly string[], rows: readonly string[][]): void {
  const columns = headings.map((heading, c) => ({ heading, align: c === 0 ? ('left' as const) : ('right' as const) }));
  console.log(formatTextTable({ columns, rows }));
}

function printTimings(timings: readonly Timing[]): void {
  const own = timings[0]!.median;
  const rows = timings.map(({ name, median, least, most }) => [
    name,
    ms(median),
    ms(least),
    ms(most),
    `${(median / own).toFixed(2)} ×`,
  ]);
  print(['program', 'median ms', 'least', 'most', 'of losslab'], rows);
}

/** Milliseconds of a kernel that are worth a line. */
const SHOWN = 0.01;

/** Runs one case, prints what it measured and returns it. */
export async function runCase(each: Case): Promise<Result> {
  console.log(`\n${each.name}: ${each.title}`);
  const all = await each.contenders();
  const present = all.filter((contender): contender is Contender => !isMissing(contender));
  const missing = all.filter(isMissing);
  const timings = await alternate(present, each.rounds, each.turn);
  if (timings.length > 0) printTimings(timings);
  for (const { name, missing: why } of missing) console.log(`  not here: ${name}: ${why}`);
  const parts = each.parts && medians(each.parts());
  if (parts) {
    print(
      ['part of losslab’s step', 'median ms'],
      Object.entries(parts).map(([part, median]) => [part, ms(median)]),
    );
  }
  const profile = each.profile?.();
  if (profile) {
    const shown = Object.entries(profile).filter(([, time]) => time >= SHOWN);
    print(
      ['kernel', 'ms a step'],
      shown.map(([kernel, time]) => [kernel, ms(time)]),
    );
  }
  const facts = each.facts?.();
  for (const [fact, value] of Object.entries(facts ?? {})) console.log(`  ${fact}: ${value}`);
  for (const contender of present) contender.close();
  each.close?.();
  const measured = new Date().toISOString().slice(0, 10);
  const found = { ...(parts && { parts }), ...(profile && { profile }), ...(facts && { facts }) };
  return { title: each.title, measured, machine: machineName(), timings, missing, ...found };
}

const medians = (parts: Readonly<Record<string, readonly number[]>>): Record<string, number> =>
  Object.fromEntries(Object.entries(parts).map(([part, times]) => [part, spread(times).median]));
