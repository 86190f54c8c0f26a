/** How a cell is to be read; terminals and Markdown show `strong` alone. */
export type Tone = 'plain' | 'strong' | 'muted' | 'good' | 'bad';

/** `anchor` names a heading of the same page, to which Markdown links. */
export type Cell = string | { readonly text: string; readonly tone?: Tone; readonly anchor?: string };

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

/** How a text that is strong, muted, good or bad looks on a terminal; it must not change the text's width. */
export type TextStyle = (text: string, tone: Tone) => string;

/**
 * Columns aligned by spaces, for terminals with fonts of one width. Ends without a line break.
 * @param style absent: plain, as for a pipe
 */
export function formatTextTable(table: Table, style: TextStyle = (text) => text): string {
  const lines = [
    table.columns.map((column) => clean(column.heading)),
    ...table.rows.map((row) => row.map((cell) => clean(cellText(cell)))),
  ];
  const widths = table.columns.map((_, c) => Math.max(...lines.map((line) => width(line[c] ?? ''))));
  const aligned = lines.map((line, at) => {
    const row = table.rows[at - 1];
    const toneAt = (c: number): Tone => (row?.[c] === undefined ? 'plain' : cellTone(row[c]));
    return joinAligned(table.columns, widths, line, (text, c) => style(text, toneAt(c)));
  });
  const rule = widths.map((w) => '─'.repeat(w)).join('  ');
  return [aligned[0], rule, ...aligned.slice(1)].join('\n');
}

function joinAligned(
  columns: readonly Column[],
  widths: readonly number[],
  line: readonly string[],
  style: (text: string, column: number) => string,
): string {
  const padded = columns.map((column, c) => {
    const text = line[c] ?? '';
    const space = ' '.repeat(widths[c]! - width(text));
    const shown = style(text, c);
    return column.align === 'right' ? space + shown : shown + space;
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
  const shown = cellTone(cell) === 'strong' && text !== '' ? `**${text}**` : text;
  return typeof cell === 'string' || cell.anchor === undefined ? shown : `[${shown}](#${cell.anchor})`;
}

function escapeMarkdown(text: string): string {
  return clean(text).replace(/[\\|*_`<>[\]]/g, (character) => `\\${character}`);
}
