// pnpm bench [case ...] [--largest N] [--json FILE]: losslab and its peers at the same work, in turn, medians and ratios.
// pnpm bench --markdown FILE [--into DOCUMENT] [--plot FILE]: the tables of results that --json kept, and the plot of the
// scale cases; measures nothing.
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { cases } from './cases/index.ts';
import { withTables } from './document.ts';
import { markdown } from './markdown.ts';
import { keepResult, readResults } from './results.ts';
import { runCase } from './run-case.ts';
import { scalePlot } from './scale-plot.ts';

const { values, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'string' },
    largest: { type: 'string', default: '100000000' },
    markdown: { type: 'string' },
    into: { type: 'string' },
    plot: { type: 'string' },
  },
});
const made = cases.map((make) => make({ largest: Number(values.largest) }));
const unknown = wanted.filter((name) => !made.some((each) => each.name === name));
if (unknown.length > 0) {
  console.error(`bench: expected one of ${made.map(({ name }) => name).join(', ')}, got ${unknown.join(', ')}`);
  process.exit(2);
}
if (values.markdown !== undefined) {
  const results = readResults(values.markdown);
  const tables = markdown(made, results);
  if (values.plot !== undefined) writeFileSync(values.plot, await scalePlot(results));
  if (values.into === undefined) process.stdout.write(tables);
  else writeFileSync(values.into, withTables(readFileSync(values.into, 'utf8'), tables));
} else {
  for (const each of made.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
    const result = await runCase(each);
    if (values.json !== undefined) keepResult(values.json, each.name, result);
  }
}
