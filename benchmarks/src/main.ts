// pnpm bench [case ...] [--json FILE]: losslab and its peers at the same work, in turn, medians and ratios.
// pnpm bench --markdown FILE [--into DOCUMENT]: the tables of results that --json kept; measures nothing.
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { cases } from './cases/index.ts';
import { withTables } from './document.ts';
import { markdown } from './markdown.ts';
import { keepResult, readResults } from './results.ts';
import { runCase } from './run-case.ts';

const { values, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'string' }, markdown: { type: 'string' }, into: { type: 'string' } },
});
const made = cases.map((make) => make());
const unknown = wanted.filter((name) => !made.some((each) => each.name === name));
if (unknown.length > 0) {
  console.error(`bench: expected one of ${made.map(({ name }) => name).join(', ')}, got ${unknown.join(', ')}`);
  process.exit(2);
}
if (values.markdown !== undefined) {
  const tables = markdown(made, readResults(values.markdown));
  if (values.into === undefined) process.stdout.write(tables);
  else writeFileSync(values.into, withTables(readFileSync(values.into, 'utf8'), tables));
} else {
  for (const each of made.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
    const result = await runCase(each);
    if (values.json !== undefined) keepResult(values.json, each.name, result);
  }
}
