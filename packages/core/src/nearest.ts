import { LosslabError } from './errors.ts';

/** Insertions, deletions, substitutions and swaps of neighbouring letters between two words (optimal string alignment). */
export function editDistance(a: string, b: string): number {
  let before: number[] = []; // row i − 2 of the table
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = isSwap ? before[j - 2]! + 1 : Number.POSITIVE_INFINITY;
      next.push(Math.min(substitution, swap, row[j]! + 1, next[j - 1]! + 1));
    }
    [before, row] = [row, next];
  }
  return row[b.length]!;
}

/** The known name closest to `name`, or undefined where none is near enough to be meant. */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.max(2, Math.floor(name.length / 2)) + 1;
  for (const candidate of known) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

/** The error for a name that nobody knows; names the nearest known one and lists them all. */
export function unknownName(what: string, name: string, known: Iterable<string>, source: string): LosslabError {
  const names = [...known].sort();
  const near = nearestName(name, names);
  const remedy = near === undefined ? '' : `; did you mean "${near}"?`;
  const list = names.length > 0 ? ` (known: ${names.join(', ')})` : '';
  return new LosslabError('unknown-name', `[${source}] expected a known ${what}, got "${name}"${remedy}${list}`, {
    where: what,
  });
}
