import type { NamedArrays } from '@losslab/core';

/** Puts several sets of arrays into one, each name behind its set's: `optimizer/moments`. */
export function joinArrays(sets: Readonly<Record<string, NamedArrays | undefined>>): NamedArrays {
  const joined = Object.entries(sets).flatMap(([set, arrays]) =>
    Object.entries(arrays ?? {}).map(([name, array]) => [`${set}/${name}`, array] as const),
  );
  return Object.fromEntries(joined);
}

/** The arrays of one set, by their own names. */
export function arraysOf(joined: NamedArrays, set: string): NamedArrays {
  const mine = Object.entries(joined).filter(([name]) => name.startsWith(`${set}/`));
  return Object.fromEntries(mine.map(([name, array]) => [name.slice(set.length + 1), array]));
}

/** The set of an auxiliary model. */
export const auxiliarySet = (name: string): string => `auxiliary:${name}`;

/** The arrays of each auxiliary model, by its name. */
export function auxiliaryArrays(joined: NamedArrays): Readonly<Record<string, NamedArrays>> {
  const names = Object.keys(joined).flatMap((name) => name.match(/^auxiliary:([^/]+)\//)?.[1] ?? []);
  return Object.fromEntries([...new Set(names)].map((name) => [name, arraysOf(joined, auxiliarySet(name))]));
}

/** The name of the first array with an entry that is NaN or infinite. */
export function firstNotFinite(arrays: NamedArrays): string | undefined {
  return Object.keys(arrays).find((name) => !allFinite(arrays[name]!.data));
}

function allFinite(data: ArrayLike<number>): boolean {
  for (let at = 0; at < data.length; at++) if (!Number.isFinite(data[at]!)) return false;
  return true;
}
