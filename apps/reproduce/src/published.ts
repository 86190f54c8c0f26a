import * as z from 'zod';

const percentage = /^[+-]?\d+\.\d+%$/;
const printed = z.union([
  z.string().regex(/^\d\.\d{3,4}$/), // a metric
  z.string().regex(/^\d{1,3}(,\d{3})*$/), // a count
  z.string().regex(/^\d{1,2}(\.\d{1,2})?$/), // a metric in per cent
  z.string().regex(percentage),
]);
const cell = printed.nullable();

const row = z.strictObject({
  row: z.string(),
  venue: z.string().optional(),
  /** As printed, one a column. null: the paper prints nothing there, or the text has lost it; `notes` says which. */
  cells: z.array(cell),
  /** Percentages set above the cells, one a column. */
  improvements: z.array(z.string().regex(percentage).nullable()).optional(),
  /** The last column of a table that has one more than `columns`. */
  average: z.string().regex(percentage).nullable().optional(),
  /** Columns whose cell is underlined. (The text keeps a few underlines and no bold.) */
  underlined: z.array(z.string()).optional(),
  notes: z.record(z.string(), z.string()).optional(),
});

const unit = z.enum(['count', 'fraction', 'percent']);

const table = z.strictObject({
  table: z.string(),
  caption: z.string(),
  columns: z.array(z.strictObject({ column: z.string(), unit })),
  /** Units of the rows' `improvements` and `average`. */
  improvements: unit.optional(),
  average: unit.optional(),
  rows: z.array(row),
});

/** The result tables of a paper, every cell as printed: `<paper>/published.json`. */
export const publishedSchema = z.strictObject({
  paper: z.strictObject({ title: z.string(), venue: z.string() }),
  tables: z.array(table),
});

export type Published = z.output<typeof publishedSchema>;
type PublishedTable = Published['tables'][number];
type PublishedRow = PublishedTable['rows'][number];

export interface PublishedCell {
  readonly table: string;
  readonly row: string;
  readonly column: string;
  /** `fraction`: 0.0268 is 2.68 %. `percent`: 13.14 is 13.14 %. */
  readonly unit: 'count' | 'fraction' | 'percent';
  /** The characters of the paper; null where there are none. */
  readonly printed: string | null;
  /** The same as a number. */
  readonly value: number | undefined;
  readonly note?: string;
}

/** Every cell of every table, one by one. Improvements are cells of their row named `<column> improvement`. */
export function publishedCells(published: Published): PublishedCell[] {
  return published.tables.flatMap((t) => t.rows.flatMap((r) => rowCells(t, r)));
}

function rowCells(t: PublishedTable, r: PublishedRow): PublishedCell[] {
  const columns = t.columns.map(({ column, unit }, c) => ({ column, unit, printed: r.cells[c] ?? null }));
  const improvements = (r.improvements ?? []).map((text, c) => ({
    column: `${t.columns[c]!.column} improvement`,
    unit: 'percent' as const,
    printed: text,
  }));
  const average = r.average === undefined ? [] : [{ column: 'Avg.', unit: 'percent' as const, printed: r.average }];
  return [...columns, ...improvements, ...average].map(({ column, unit, printed }) => {
    const note = r.notes?.[column.replace(/ improvement$/, '')];
    const isPercentage = printed?.endsWith('%') ?? false;
    const cell = { table: t.table, row: r.row, column, unit: isPercentage ? ('percent' as const) : unit };
    return { ...cell, printed, value: printedValue(printed), ...(note !== undefined && { note }) };
  });
}

function printedValue(text: string | null): number | undefined {
  return text === null ? undefined : Number(text.replace(/[,%+]/g, ''));
}

/** The number in one cell, or undefined where there is no such cell or nothing in it. */
export function publishedValue(published: Published, table: string, row: string, column: string): number | undefined {
  return publishedCells(published).find((c) => c.table === table && c.row === row && c.column === column)?.value;
}

/** The same as a fraction, the unit of our metrics. */
export function publishedFraction(
  published: Published,
  table: string,
  row: string,
  column: string,
): number | undefined {
  const cell = publishedCells(published).find((c) => c.table === table && c.row === row && c.column === column);
  return cell?.unit === 'percent' && cell.value !== undefined ? cell.value / 100 : cell?.value;
}
