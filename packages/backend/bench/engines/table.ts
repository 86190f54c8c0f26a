import type { Measured } from './measure.ts';

/** An engine's column: what was measured, or why it is absent. */
export interface Column {
  readonly engine: string;
  readonly works: boolean;
  /** As `losslab doctor` says it. */
  readonly detail: string;
  readonly measured: readonly Measured[];
}

/** Within it two engines agree: float32, sums in another order. */
const TOLERANCE = 1e-3;

const agrees = (a: Measured, b: Measured): boolean =>
  a.numbers.length === b.numbers.length &&
  a.numbers.every((x, i) => Math.abs(x - b.numbers[i]!) <= TOLERANCE * Math.max(1, Math.abs(b.numbers[i]!)));

function cell(column: Column, op: number, reference: Column): string {
  const found = column.measured[op];
  if (found === undefined) return '–';
  if (!agrees(found, reference.measured[op]!)) return `${found.how}, **disagrees with ${reference.engine}**`;
  return `${found.how}, ${found.milliseconds.toPrecision(2)} ms`;
}

/** Engine × op × status × time as Markdown; columns that are absent say why below. The first column that was measured is the reference. */
export function matrixTable(columns: readonly Column[], machine: string): string {
  const reference = columns.find(({ measured }) => measured.length > 0)!;
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const lines = [
    row(['op', ...columns.map(({ engine }) => `\`${engine}\``)]),
    row(['---', ...columns.map(() => '---')]),
    ...reference.measured.map(({ op }, i) => row([op, ...columns.map((column) => cell(column, i, reference))])),
  ];
  const notes = columns.map(({ engine, works, detail }) => `- \`${engine}\`: ${works ? detail : `absent: ${detail}`}`);
  return [...lines, '', `${machine}:`, '', ...notes, ''].join('\n');
}
