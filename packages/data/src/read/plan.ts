import { nearestName } from '@losslab/core';
import { malformed, type Place, quoted } from '../errors.ts';
import type { ColumnMapping, ColumnRef, DelimitedFormat } from './format.ts';
import type { Value } from './rows.ts';

export type Role = 'user' | 'item' | 'rating' | 'timestamp' | 'label' | 'played' | 'duration';

/** How a line of a delimited file is taken apart. */
export interface Plan {
  /** By column; null is passed over. */
  readonly roles: readonly (Role | null)[];
  /** Whether the first line is a header. */
  readonly hasHeader: boolean;
  readonly timestampScale: number; // seconds a unit
  /** Whether the rating is played / duration. */
  readonly hasFinishRate: boolean;
}

const KNOWN: Record<'user' | 'item' | 'rating' | 'timestamp' | 'label', readonly string[]> = {
  user: ['user', 'userid', 'uid', 'reviewerid'],
  item: [
    'item',
    'itemid',
    'iid',
    'movie',
    'movieid',
    'video',
    'videoid',
    'product',
    'productid',
    'business',
    'businessid',
    'asin',
  ],
  rating: ['rating', 'ratings', 'stars', 'score', 'overall'],
  timestamp: ['timestamp', 'time', 'unixreviewtime'],
  label: ['label'],
};

const ORDER = ['user', 'item', 'rating', 'timestamp'] as const;

/** The bare word of a column's name: `user_id:token` and `UserID` are `userid`. */
const bare = (name: string) =>
  name
    .split(':')[0]!
    .toLowerCase()
    .replaceAll(/[^a-z]/g, '');

/** The names among `names` that this package knows, by role. */
export function knownColumns(names: readonly string[]): Partial<Record<keyof typeof KNOWN, string>> {
  const found: Partial<Record<keyof typeof KNOWN, string>> = {};
  for (const [role, words] of Object.entries(KNOWN) as [keyof typeof KNOWN, readonly string[]][]) {
    const name = names.find((n) => words.includes(bare(n)));
    if (name !== undefined) found[role] = name;
  }
  return found;
}

/** @throws LosslabError `bad-data` where the first line has not the columns that the format or its mapping wants */
export function planColumns(format: DelimitedFormat, first: readonly string[], place: Place): Plan {
  const known = knownColumns(first);
  const names = known.user !== undefined && known.item !== undefined;
  const byName = format.columns !== undefined && referencesOf(format.columns).some((r) => typeof r === 'string');
  const hasHeader = format.header === 'yes' || (format.header === 'auto' && (names || byName));
  if (format.typed) checkTyped(first, place);
  const columns = format.columns ?? (hasHeader ? byKnownNames(known, first, place) : byPosition(first, place));
  const roles: (Role | null)[] = first.map(() => null);
  for (const [role, ref] of rolesOf(columns)) roles[indexOf(ref, first, hasHeader, role, place)] = role;
  const timestampScale = columns.timestampUnit === 'ms' ? 1e-3 : 1;
  return { roles, hasHeader, timestampScale, hasFinishRate: columns.finishRate !== undefined };
}

function referencesOf(columns: ColumnMapping): ColumnRef[] {
  return rolesOf(columns).map(([, ref]) => ref);
}

function rolesOf(columns: ColumnMapping): [Role, ColumnRef][] {
  const { user, item, rating, timestamp, label, finishRate } = columns;
  const all: [Role, ColumnRef | undefined][] = [
    ['user', user],
    ['item', item],
    ['rating', rating],
    ['timestamp', timestamp],
    ['label', label],
    ['played', finishRate?.played],
    ['duration', finishRate?.duration],
  ];
  return all.filter((pair): pair is [Role, ColumnRef] => pair[1] !== undefined);
}

function checkTyped(first: readonly string[], place: Place): void {
  const plain = first.find((name) => !/^[^:]+:(token|token_seq|float|float_seq)$/.test(name));
  if (plain === undefined) return;
  throw malformed(place, 'a RecBole header like "user_id:token"', show(plain), 'say another format, such as tsv');
}

function byKnownNames(known: ReturnType<typeof knownColumns>, first: readonly string[], place: Place): ColumnMapping {
  const { user, item } = known;
  if (user !== undefined && item !== undefined) return { ...known, user, item };
  throw malformed(
    place,
    'a header that names a user and an item column',
    show(first.join(' ')),
    'say which columns they are',
  );
}

function byPosition(first: readonly string[], place: Place): ColumnMapping {
  if (first.length < 2) {
    throw malformed(place, 'at least a user and an item on a line', show(first.join(' ')), 'say another format');
  }
  if (first.length > ORDER.length) {
    throw malformed(place, 'at most four columns without a header', `${first.length}`, 'say which columns to take');
  }
  return { user: 0, item: 1, ...(first.length > 2 && { rating: 2 }), ...(first.length > 3 && { timestamp: 3 }) };
}

function indexOf(ref: ColumnRef, first: readonly string[], hasHeader: boolean, role: Role, place: Place): number {
  if (typeof ref === 'number') {
    if (Number.isInteger(ref) && ref >= 0 && ref < first.length) return ref;
    throw malformed(
      place,
      `a column ${ref} (${role}, counted from 0)`,
      `${first.length} in all`,
      'check the format and its columns',
    );
  }
  const index = hasHeader ? first.findIndex((name) => name === ref || name.split(':')[0] === ref) : -1;
  if (index >= 0) return index;
  const near = nearestName(ref, first);
  const remedy = near === undefined ? 'check the format and its columns' : `did you mean "${near}"?`;
  throw malformed(place, `a column named "${ref}" for ${role}`, show(first.join(' ')), remedy);
}

const show = (text: string) => quoted(new TextEncoder().encode(text));

/** What rows of these roles carry. */
export function valuesOf(roles: readonly (Role | null)[]): Value[] {
  const values: Value[] = [];
  if (roles.includes('rating') || roles.includes('played')) values.push('ratings');
  if (roles.includes('timestamp')) values.push('timestamps');
  if (roles.includes('label')) values.push('labels');
  return values;
}

/** What became of finish rates, one sentence each. */
export function finishRateNotes(clipped: number, dropped: number): string[] {
  const notes: string[] = [];
  if (clipped > 0) notes.push(`${clipped} finish rates over 1 were clipped to 1.`);
  if (dropped > 0) notes.push(`${dropped} rows of duration 0 were dropped.`);
  return notes;
}
