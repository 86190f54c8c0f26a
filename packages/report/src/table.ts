/** How a cell is to be read; terminals and Markdown show `strong` alone. */
export type Tone = 'plain' | 'strong' | 'muted' | 'good' | 'bad';

export type Cell = string | { readonly text: string; readonly tone?: Tone };

export interface Column {
  readonly heading: string;
  readonly align?: 'left' | 'right'; // left where absent
}

/** A table before it is text, Markdown or HTML. Every row has a cell a column. */
export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

export function cellText(cell: Cell): string {
  return typeof cell === 'string' ? cell : cell.text;
}

export function cellTone(cell: Cell): Tone {
  return typeof cell === 'string' ? 'plain' : (cell.tone ?? 'plain');
}

// Code points, not UTF-16 units. What a terminal could misread (escapes, line breaks) becomes a space.
const clean = (text: string): string => text.replace(/\p{Cc}+/gu, ' ');
const width = (text: string): number => [...text].length;

/** Columns aligned by spaces, for terminals with fonts of one width. Ends without a line break. */
export function formatTextTable(table: Table): string {
  const lines = [
    table.columns.map((column) => clean(column.heading)),
    ...table.rows.map((row) => row.map((cell) => clean(cellText(cell)))),
  ];
  const widths = table.columns.map((_, c) => Math.max(...lines.map((line) => width(line[c] ?? ''))));
  const aligned = lines.map((line) => joinAligned(table.columns, widths, line));
  const rule = widths.map((w) => '─'.repeat(w)).join('  ');
  return [aligned[0], rule, ...aligned.slice(1)].join('\n');
}

function joinAligned(columns: readonly Column[], widths: readonly number[], line: readonly string[]): string {
  const padded = columns.map((column, c) => {
    const text = line[c] ?? '';
    const space = ' '.repeat(widths[c]! - width(text));
    return column.align === 'right' ? space + text : text + space;
  });
  return padded.join('  ').trimEnd();
}

/** A GitHub-flavoured Markdown table. `strong` cells are bold. */
export function formatMarkdownTable(table: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(table.columns.map((column) => escapeMarkdown(column.heading))),
    line(table.columns.map((column) => (column.align === 'right' ? '---:' : '---'))),
    ...table.rows.map((row) => line(row.map(markdownCell))),
  ].join('\n');
}

function markdownCell(cell: Cell): string {
  const text = escapeMarkdown(cellText(cell));
  return cellTone(cell) === 'strong' && text !== '' ? `**${text}**` : text;
}

function escapeMarkdown(text: string): string {
  return clean(text).replace(/[\\|*_`<>[\]]/g, (character) => `\\${character}`);
}
