// pnpm bench [case ...]: losslab and its peers at the same work, in turn, medians and ratios.
import { formatTextTable } from '@losslab/report';
import type { Case } from './cases/case.ts';
import { cases } from './cases/index.ts';
import { alternate, type Contender, isMissing, spread } from './contender.ts';

/** Text to the left in the first column, numbers to the right in the others. */
function print(headings: readonly string[], rows: readonly string[][]): void {
  const columns = headings.map((heading, c) => ({ heading, align: c === 0 ? ('left' as const) : ('right' as const) }));
  console.log(formatTextTable({ columns, rows }));
}

const ms = (value: number): string => (value < 10 ? value.toFixed(2) : value.toFixed(1));

async function bench(each: Case): Promise<void> {
  console.log(`\n${each.name}: ${each.title}`);
  const all = await each.contenders();
  const present = all.filter((contender): contender is Contender => !isMissing(contender));
  const timings = await alternate(present, each.rounds);
  const own = timings[0]!.median;
  const rows = timings.map(({ name, median, least, most }) => [
    name,
    ms(median),
    ms(least),
    ms(most),
    `${(median / own).toFixed(2)} ×`,
  ]);
  print(['program', 'median ms', 'least', 'most', 'of losslab'], rows);
  for (const { name, missing } of all.filter(isMissing)) console.log(`  not here: ${name}: ${missing}`);
  const parts = each.parts?.();
  if (parts) {
    const shown = Object.entries(parts).map(([part, times]) => [part, ms(spread(times).median)]);
    print(['part of losslab’s step', 'median ms'], shown);
  }
  for (const contender of present) contender.close();
  each.close?.();
}

const wanted = process.argv.slice(2);
const made = cases.map((make) => make());
const unknown = wanted.filter((name) => !made.some((each) => each.name === name));
if (unknown.length > 0) {
  console.error(`bench: expected one of ${made.map(({ name }) => name).join(', ')}, got ${unknown.join(', ')}`);
  process.exit(2);
}
for (const each of made) if (wanted.length === 0 || wanted.includes(each.name)) await bench(each);
