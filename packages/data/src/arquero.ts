import type { Dataset, IdMaps, Interactions, InteractionTable } from '@losslab/core';
import type { ColumnTable } from 'arquero';
import { expected } from './errors.ts';
import { injectFalsePositives } from './inject.ts';
import { IdIndex } from './read/ids.ts';
import { knownColumns } from './read/plan.ts';
import { type SplitTableOptions, splitTable } from './split-table.ts';
import { tableChecksum } from './table/checksum.ts';
import type { RowTable } from './table/rows.ts';
import { usersOf } from './table/sets.ts';

/** Names of the columns of an Arquero table. */
export interface ArqueroColumns {
  readonly user: string;
  readonly item: string;
  readonly rating?: string;
  /** Seconds since 1970, or dates. */
  readonly timestamp?: string;
  /** 1 or true for liked, 0 or false for disliked. */
  readonly label?: string;
}

export interface OpenArqueroOptions extends SplitTableOptions {
  /** Without it, columns of known names: `user`, `userId`, `item`, `movieId`, `rating`, `timestamp` ... */
  readonly columns?: ArqueroColumns | undefined;
  /** What the data set is called; `table` without it. */
  readonly name?: string | undefined;
  /** As `openDataset`'s. */
  readonly falsePositives?: number | undefined;
}

/**
 * Opens an Arquero table as a data set, as `openDataset` opens a file: filtered, split, with a validation part under
 * protocol `clean`.
 * @throws LosslabError as `fromArquero` and `openDataset` do
 */
export function openArquero(table: ColumnTable, options: OpenArqueroOptions): Dataset {
  const { columns = knownIn(table), name = 'table', falsePositives, seed } = options;
  const rows = fromArquero(table, columns);
  const provenance = [`An Arquero table of ${table.numRows().toLocaleString('en-US')} rows.`];
  const dataset = splitTable({ name, ...rows, checksum: checksumOf(rows), provenance }, options);
  return falsePositives === undefined ? dataset : injectFalsePositives(dataset, falsePositives, seed);
}

/** Numbers follow from the order of the rows, so ids are part of what the data are. */
function checksumOf({ table, ids }: { table: RowTable; ids: IdMaps }): string {
  return tableChecksum([table], [JSON.stringify(ids)]);
}

function knownIn(table: ColumnTable): ArqueroColumns {
  const { user, item, ...others } = knownColumns(table.columnNames());
  if (user !== undefined && item !== undefined) return { user, item, ...others };
  const got = table.columnNames().join(', ') || 'no columns';
  throw expected('bad-data', 'columns that name a user and an item', got, 'say which they are', 'columns');
}

/**
 * Takes an Arquero table's rows as interactions, in its order, filters and sorting respected. Ids are numbered as they
 * first come.
 * @throws LosslabError `bad-data` for a missing column or a cell that is no id or number, naming its row (from 0)
 */
export function fromArquero(table: ColumnTable, columns: ArqueroColumns): { table: RowTable; ids: IdMaps } {
  const users = new IdIndex();
  const items = new IdIndex();
  const column = (name: string | undefined) => (name === undefined ? undefined : columnOf(table, name));
  const [user, item] = [column(columns.user)!, column(columns.item)!];
  const [rating, timestamp, label] = [column(columns.rating), column(columns.timestamp), column(columns.label)];
  const rows = { length: table.numRows() };
  const userColumn = Int32Array.from(rows, (_, row) => users.numberOf(user.id(row)));
  const itemColumn = Int32Array.from(rows, (_, row) => items.numberOf(item.id(row)));
  return {
    table: {
      userCount: users.size,
      itemCount: items.size,
      users: userColumn,
      items: itemColumn,
      ...(rating && { ratings: Float32Array.from(rows, (_, row) => rating.number(row)) }),
      ...(timestamp && { timestamps: Float64Array.from(rows, (_, row) => timestamp.number(row)) }),
      ...(label && { labels: Float32Array.from(rows, (_, row) => label.label(row)) }),
    },
    ids: { users: users.names(), items: items.names() },
  };
}

function columnOf(table: ColumnTable, name: string) {
  if (!table.columnNames().includes(name)) {
    const got = table.columnNames().join(', ') || 'no columns';
    throw expected('bad-data', `a column "${name}"`, got, 'name another', name);
  }
  const get = table.getter(name) as (row: number) => unknown;
  const refuse = (what: string, value: unknown, row: number) =>
    expected(
      'bad-data',
      `${what} in column "${name}", row ${row}`,
      JSON.stringify(value) ?? 'nothing',
      'mend it',
      name,
    );
  return {
    id(row: number): string {
      const value = get(row);
      if (typeof value === 'string' && value !== '') return value;
      if (Number.isSafeInteger(value) || typeof value === 'bigint') return String(value);
      throw refuse('an id', value, row);
    },
    number(row: number): number {
      const value = get(row);
      if (value instanceof Date && Number.isFinite(value.getTime())) return value.getTime() / 1000;
      if (typeof value === 'number' && Number.isFinite(value)) return value;
      throw refuse('a number', value, row);
    },
    label(row: number): number {
      const value = get(row);
      if (value === 0 || value === 1 || typeof value === 'boolean') return Number(value);
      throw refuse('a label 0 or 1', value, row);
    },
  };
}

/**
 * An Arquero table with columns user and item, and rating and timestamp where the data has them; ids are the external ones
 * where `ids` is given. A promise, since Arquero is loaded only now.
 */
export async function toArquero(data: Interactions | InteractionTable, ids?: IdMaps): Promise<ColumnTable> {
  const { table } = await import('arquero');
  const isTable = 'users' in data;
  const users = isTable ? data.users : usersOf(data);
  const items = isTable ? data.items : data.indices;
  const named = (numbers: Int32Array, names: readonly string[] | undefined) =>
    names === undefined ? numbers : Array.from(numbers, (number) => names[number]!);
  return table({
    user: named(users, ids?.users),
    item: named(items, ids?.items),
    ...(data.ratings && { rating: data.ratings }),
    ...(data.timestamps && { timestamp: data.timestamps }),
  });
}
