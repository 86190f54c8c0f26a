import type { SparseRows } from '@losslab/kernels';

/** Where the entries are; in the kernels' memory. */
export type Structure = Omit<SparseRows, 'values'>;

/** [entries]: the row of each entry by rows. */
export function rowOfEntries({ indptr, indices }: Structure): Int32Array {
  const out = new Int32Array(indices.length);
  for (let r = 0; r + 1 < indptr.length; r++) out.fill(r, indptr[r]!, indptr[r + 1]!);
  return out;
}
