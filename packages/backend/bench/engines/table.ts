import type { Measured } from './measure.ts';
import { agrees } from './numbers.ts';

/** An engine's column: what was measured, or why it is absent. */
export interface Column {
  readonly engine: string;
  readonly works: boolean;
  /** As `losslab doctor` says it. */
  readonly detail: string;
  readonly measured: readonly Measured[];
  /** Tried at a size that times nothing; these are the reference's numbers there. */
  readonly checkedAgainst?: readonly Measured[];
}

/** 7.8, 24, 150, 2,200: two digits. */
export const milliseconds = (time: number): string =>
  `${time.toLocaleString('en-US', { minimumSignificantDigits: 2, maximumSignificantDigits: 2 })} ms`;

export const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

function cell(column: Column, op: number, reference: Column): string {
  const found = column.measured[op];
  if (found === undefined) return '–';
  const expected = column.checkedAgainst ?? reference.measured;
  if (!agrees(found.numbers, expected[op]!.numbers)) return `${found.how}, **disagrees with ${reference.engine}**`;
  return `${found.how}, ${column.checkedAgainst ? 'agrees' : milliseconds(found.milliseconds)}`;
}

/** Engine × op × status × time as Markdown; columns that are absent say why below. The first column that was measured is the reference. */
export function matrixTable(columns: readonly Column[], machine: string): string {
  const reference = columns.find(({ measured, checkedAgainst }) => measured.length > 0 && !checkedAgainst)!;
  const lines = [
    row(['op', ...columns.map(({ engine }) => `\`${engine}\``)]),
    row(['---', ...columns.map(() => '---')]),
    ...reference.measured.map(({ op }, i) => row([op, ...columns.map((column) => cell(column, i, reference))])),
  ];
  const notes = columns.map(({ engine, works, detail }) => `- \`${engine}\`: ${works ? detail : `absent: ${detail}`}`);
  return [...lines, '', `${machine}:`, '', ...notes, ''].join('\n');
}
