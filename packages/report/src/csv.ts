import { cellText, type Table } from './table.ts';

/** A table as CSV (RFC 4180): commas, quotes where they are needed, line ends of the network's kind. */
export function formatCsv(table: Table): string {
  const lines = [table.columns.map(({ heading }) => heading), ...table.rows.map((row) => row.map(cellText))];
  return lines.map((line) => `${line.map(quoted).join(',')}\r\n`).join('');
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
