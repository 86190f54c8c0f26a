import type { ByteWriter, SchemaElement } from 'hyparquet-writer';
import { writeWhole } from './files.ts';

/** A column to be written; `at` gives the value of a row. `floats` are lists of float32, one a row. */
export interface ParquetColumn {
  readonly name: string;
  readonly type: 'string' | 'int32' | 'float32' | 'float64' | 'floats';
  at(row: number): string | number | ArrayLike<number>;
}

export interface ParquetTable {
  readonly rowCount: number;
  readonly columns: readonly ParquetColumn[];
  /** Texts for the file's footer. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** Rows of a row group: few enough that lists of floats, which are written from arrays of numbers, stay small. */
const GROUP = 1 << 16;
const GROUP_OF_LISTS = 1 << 13;

/**
 * Writes a Parquet file, whole or not at all, a row group at a time; no value is missing. Pages are packed with Snappy.
 * @throws LosslabError `missing-data` where the folder cannot be written to
 */
export async function writeParquet(path: string, table: ParquetTable): Promise<void> {
  await writeWhole(path, pieces(await import('hyparquet-writer'), table));
}

function* pieces(
  writers: Pick<typeof import('hyparquet-writer'), 'ByteWriter' | 'ParquetWriter'>,
  { rowCount, columns, metadata = {} }: ParquetTable,
): Generator<Uint8Array> {
  const bytes = new writers.ByteWriter();
  const kvMetadata = Object.entries(metadata).map(([key, value]) => ({ key, value }));
  const writer = new writers.ParquetWriter({
    writer: bytes,
    schema: schemaOf(columns),
    kvMetadata,
    createdBy: 'losslab',
  });
  const rows = columns.some(({ type }) => type === 'floats') ? GROUP_OF_LISTS : GROUP;
  for (let first = 0; first < rowCount; first += rows) {
    const length = Math.min(rows, rowCount - first);
    const columnData = columns.map(({ name, type, at }) => ({
      name,
      data: Array.from({ length }, (_, row) => plain(at(first + row))),
      statistics: type !== 'floats',
    }));
    writer.write({ columnData, rowGroupSize: length });
    yield taken(bytes);
  }
  writer.finish();
  yield taken(bytes);
}

const plain = (value: string | number | ArrayLike<number>) => (typeof value === 'object' ? Array.from(value) : value);

/** Takes out what was written so far; offsets go on counting. */
function taken(bytes: ByteWriter): Uint8Array {
  const piece = new Uint8Array(bytes.buffer, 0, bytes.index).slice();
  bytes.index = 0;
  return piece;
}

type Element = Omit<SchemaElement, 'name'>;

const ELEMENTS: Readonly<Record<Exclude<ParquetColumn['type'], 'floats'>, Element>> = {
  string: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  int32: { type: 'INT32' },
  float32: { type: 'FLOAT' },
  float64: { type: 'DOUBLE' },
};

function schemaOf(columns: readonly ParquetColumn[]): SchemaElement[] {
  const repetition_type = 'REQUIRED';
  const fields = columns.flatMap(({ name, type }): SchemaElement[] =>
    type === 'floats'
      ? [
          { name, repetition_type, num_children: 1, converted_type: 'LIST' },
          { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
          { name: 'element', repetition_type, type: 'FLOAT' },
        ]
      : [{ name, repetition_type, ...ELEMENTS[type] }],
  );
  return [{ name: 'root', num_children: columns.length }, ...fields];
}
