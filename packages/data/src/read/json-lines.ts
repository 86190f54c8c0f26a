import { malformed, type Place, quoted } from '../errors.ts';
import type { ColumnMapping, ColumnRef } from './format.ts';
import { forEachLine, lineBlocks } from './lines.ts';
import { knownColumns } from './plan.ts';
import { type NamedNumbering, type ReadRows, RowCollector, type Value } from './rows.ts';
import type { Source } from './source.ts';

type Row = Readonly<Record<string, unknown>>;
type Keys = { readonly user: string; readonly item: string; readonly [value: string]: string | undefined };

/** Reads one JSON object a line; ids are strings or whole numbers. */
export async function readJsonLines(
  source: Source,
  columns: ColumnMapping | undefined,
  numbering: NamedNumbering,
): Promise<ReadRows> {
  let keys: Keys | undefined;
  let rows = new RowCollector();
  const scale = columns?.timestampUnit === 'ms' ? 1e-3 : 1;
  const decoder = new TextDecoder();
  let n = 1;
  for await (const block of lineBlocks(source)) {
    n = forEachLine(block, n, (start, end, line) => {
      const place = { path: source.path, line, column: 1 };
      const row = parse(decoder.decode(block.bytes.subarray(start, end)), place);
      if (keys === undefined) {
        keys = keysOf(row, columns, place);
        rows = new RowCollector(valuesOf(keys));
      }
      rows.users.push(numbering.users.numberOf(idOf(row, keys.user, place)));
      rows.items.push(numbering.items.numberOf(idOf(row, keys.item, place)));
      rows.ratings?.push(numberOf(row, keys.rating!, place));
      rows.timestamps?.push(numberOf(row, keys.timestamp!, place) * scale);
      rows.labels?.push(labelOf(row, keys.label!, place));
    });
  }
  return { rows: rows.finish(), notes: [] };
}

function parse(text: string, place: Place): Row {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Row;
  } catch {
    // told below, as any other line that is no object
  }
  throw malformed(
    place,
    'a JSON object',
    quoted(new TextEncoder().encode(text)),
    'mend the line, or say another format',
  );
}

function keysOf(row: Row, columns: ColumnMapping | undefined, place: Place): Keys {
  const { user, item, rating, timestamp, label } = columns ?? knownColumns(Object.keys(row));
  if (user === undefined || item === undefined) {
    throw malformed(place, 'a user and an item key', Object.keys(row).join(' ') || 'none', 'say which keys they are');
  }
  const name = (ref: ColumnRef | undefined) => (ref === undefined ? undefined : String(ref));
  return {
    user: String(user),
    item: String(item),
    rating: name(rating),
    timestamp: name(timestamp),
    label: name(label),
  };
}

function valuesOf(keys: Keys): Value[] {
  const values: Value[] = [];
  if (keys.rating !== undefined) values.push('ratings');
  if (keys.timestamp !== undefined) values.push('timestamps');
  if (keys.label !== undefined) values.push('labels');
  return values;
}

function idOf(row: Row, key: string, place: Place): string {
  const value = row[key];
  if (typeof value === 'string' && value !== '') return value;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  throw malformed(place, `an id in "${key}"`, JSON.stringify(value) ?? 'nothing', 'mend the line');
}

function numberOf(row: Row, key: string, place: Place): number {
  const value = row[key];
  if (typeof value === 'number') return value;
  throw malformed(place, `a number in "${key}"`, JSON.stringify(value) ?? 'nothing', 'mend the line');
}

function labelOf(row: Row, key: string, place: Place): number {
  const value = numberOf(row, key, place);
  if (value === 0 || value === 1) return value;
  throw malformed(place, `a label 0 or 1 in "${key}"`, String(value), 'take it as a rating instead');
}
