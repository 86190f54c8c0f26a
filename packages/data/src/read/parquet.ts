import type { FileMetaData, ParquetScan, SchemaTree } from 'hyparquet';
import { malformed, type Place } from '../errors.ts';
import { cellReaders } from './cells.ts';
import type { ColumnMapping } from './format.ts';
import { finishRateNotes, type Plan, planColumns, type Role, valuesOf } from './plan.ts';
import { interrupted } from './reading.ts';
import { type NamedNumbering, type ReadRows, RowCollector } from './rows.ts';
import { type Input, nameOf, openInput, type SourceOptions } from './source.ts';

/** One row group: columns by what they are for. */
type Columns = Partial<Record<Role, ArrayLike<unknown>>>;

/**
 * Reads a Parquet file row group by row group, the columns asked for and no others. Pages may be packed with Snappy, gzip, Brotli,
 * Zstandard or LZ4. Ids are text, whole numbers or UUIDs; times are numbers or any kind of timestamp; labels may be booleans.
 * @throws LosslabError `bad-data` naming the file, and the column and row (from 0) where there is one
 */
export async function readParquet(
  input: Input,
  mapping: ColumnMapping | undefined,
  numbering: NamedNumbering,
  { signal, onProgress }: SourceOptions,
): Promise<ReadRows> {
  const [{ parquetMetadataAsync, parquetScan, parquetSchema }, { compressors }] = await Promise.all([
    import('hyparquet'),
    import('hyparquet-compressors'),
  ]);
  const path = nameOf(input);
  const { size: total, buffer } = await openInput(input);
  const file = await buffer();
  const metadata = await orBroken(path, () => parquetMetadataAsync(file));
  const { children } = parquetSchema(metadata);
  const names = children.map(({ element }) => element.name);
  const plan = planColumns(
    { kind: 'delimited', separator: ',', header: 'yes', ...(mapping && { columns: mapping }) },
    names,
    { path },
  );
  checkColumns(plan, children, metadata, Object.keys(compressors), { path });
  const columns = names.filter((_, column) => plan.roles[column] !== null);
  const scan = await orBroken(path, () => parquetScan({ file, metadata, columns, compressors }));
  const reader = new ParquetReader(path, plan, names, numbering);
  for (const { rowStart, rowEnd } of scan.ranges) {
    if (signal?.aborted) throw interrupted(path);
    reader.take(
      await orBroken(path, () => groupOf(scan, plan, names, { rowStart, rowEnd })),
      rowStart,
      rowEnd - rowStart,
    );
    const done = Math.round((total * rowEnd) / Number(metadata.num_rows));
    onProgress?.({ stage: 'read', source: path, done, total });
  }
  return reader.finish();
}

async function groupOf(
  scan: ParquetScan,
  { roles }: Plan,
  names: readonly string[],
  range: { rowStart: number; rowEnd: number },
): Promise<Columns> {
  const columns: Columns = {};
  for (const [at, role] of roles.entries()) {
    if (role !== null) columns[role] = await scan.readColumn({ column: names[at]!, ...range });
  }
  return columns;
}

class ParquetReader {
  readonly #plan: Plan;
  readonly #rows: RowCollector;
  readonly #cells: ReturnType<typeof cellReaders>;
  #clipped = 0;
  #dropped = 0;

  constructor(path: string, plan: Plan, names: readonly string[], numbering: NamedNumbering) {
    this.#plan = plan;
    this.#rows = new RowCollector(valuesOf(plan.roles));
    const columnOf = (role: Role) => names[plan.roles.indexOf(role)]!;
    this.#cells = cellReaders({ path }, columnOf, numbering, plan.timestampScale);
  }

  /** @param first number of the group's first row in the file */
  take(columns: Columns, first: number, count: number): void {
    const { user, item, rating, timestamp, label, played, duration } = columns;
    const [cells, rows] = [this.#cells, this.#rows];
    for (let at = 0; at < count; at++) {
      const row = first + at;
      let rate: number | undefined;
      if (this.#plan.hasFinishRate) {
        rate = this.#rate(cells.number('played', played![at], row), cells.number('duration', duration![at], row));
        if (rate === undefined) continue;
      }
      rows.users.push(cells.user(user![at], row));
      rows.items.push(cells.item(item![at], row));
      rows.ratings?.push(rate ?? cells.number('rating', rating![at], row));
      rows.timestamps?.push(cells.timestamp(timestamp![at], row));
      rows.labels?.push(cells.label(label![at], row));
    }
  }

  finish(): ReadRows {
    return { rows: this.#rows.finish(), notes: finishRateNotes(this.#clipped, this.#dropped) };
  }

  /** Undefined where the row is dropped. */
  #rate(played: number, duration: number): number | undefined {
    if (duration === 0) {
      this.#dropped++;
      return undefined;
    }
    const rate = played / duration;
    if (rate > 1) this.#clipped++;
    return Math.min(1, rate);
  }
}

/** Refuses columns that are lists or groups, or packed in a way that nobody here unpacks, before anything is read. */
function checkColumns(
  { roles }: Plan,
  children: readonly SchemaTree[],
  { row_groups: groups }: FileMetaData,
  unpacked: readonly string[],
  place: Place,
): void {
  for (const [at, role] of roles.entries()) {
    if (role === null) continue;
    const { name, repetition_type: repetition } = children[at]!.element;
    if (children[at]!.children.length > 0 || repetition === 'REPEATED') {
      throw malformed(place, `one value a row in column "${name}" (${role})`, 'lists or groups', 'name another column');
    }
    const chunks = groups.map(({ columns }) => columns.find((chunk) => chunk.meta_data?.path_in_schema[0] === name));
    const codecs = chunks.map((chunk) => chunk?.meta_data?.codec ?? 'UNCOMPRESSED');
    const odd = codecs.find((codec) => codec !== 'UNCOMPRESSED' && !unpacked.includes(codec));
    if (odd === undefined) continue;
    throw malformed(place, `column "${name}" packed by ${unpacked.join(', ')} or not at all`, odd, 'write it anew so');
  }
}

async function orBroken<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    const got = (cause as Error).message.replaceAll(/\s+/g, ' ');
    const error = malformed({ path }, 'a whole Parquet file', `one that cannot be read (${got})`, 'get it again');
    error.cause = cause;
    throw error;
  }
}
