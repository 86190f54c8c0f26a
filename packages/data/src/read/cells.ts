import { malformed, type Place } from '../errors.ts';
import type { IdIndex } from './ids.ts';
import type { Role } from './plan.ts';
import type { NamedNumbering } from './rows.ts';

/** Values of one file's columns as numbers; what is none is an error with file, column and row. */
export interface CellReaders {
  user(value: unknown, row: number): number;
  item(value: unknown, row: number): number;
  number(role: Role, value: unknown, row: number): number;
  /** Seconds since 1970. */
  timestamp(value: unknown, row: number): number;
  /** 0 or 1. */
  label(value: unknown, row: number): number;
}

export function cellReaders(
  place: Place,
  nameOf: (role: Role) => string,
  numbering: NamedNumbering,
  timestampScale: number,
): CellReaders {
  const refuse = (what: string, role: Role, value: unknown, row: number) => {
    const where = `${what} (${role}) in column "${nameOf(role)}", row ${row} (from 0)`;
    return malformed(place, where, shown(value), 'mend the row, or say another column');
  };
  const number = (role: Role, value: unknown, row: number): number => {
    const got = typeof value === 'bigint' ? Number(value) : value;
    if (typeof got === 'number' && Number.isFinite(got)) return got;
    throw refuse('a number', role, value, row);
  };
  const ids = (role: 'user' | 'item', index: IdIndex) => {
    const known = new Map<unknown, number>();
    return (value: unknown, row: number): number => {
      const seen = known.get(value);
      if (seen !== undefined) return seen;
      const id = idOf(value);
      if (id === undefined) throw refuse('an id', role, value, row);
      const fresh = index.numberOf(id);
      known.set(value, fresh);
      return fresh;
    };
  };
  return {
    user: ids('user', numbering.users),
    item: ids('item', numbering.items),
    number,
    timestamp: (value, row) =>
      isDate(value) ? value.getTime() / 1000 : number('timestamp', value, row) * timestampScale,
    label(value, row) {
      const label = typeof value === 'boolean' ? Number(value) : number('label', value, row);
      if (label === 0 || label === 1) return label;
      throw refuse('a label 0 or 1', 'label', value, row);
    },
  };
}

function idOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  return Number.isSafeInteger(value) || typeof value === 'bigint' ? String(value) : undefined;
}

const isDate = (value: unknown): value is Date => value instanceof Date && Number.isFinite(value.getTime());

function shown(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}...` : value);
  return value instanceof Uint8Array ? `${value.length} bytes` : String(value);
}
