import type { Csr, Kernels } from '@losslab/kernels';
import type { LawFactory } from './observed.ts';
import type { TrainRows } from './rows.ts';

/**
 * Negatives among which each of the user's positives is drawn `odds` times as often as each other item: a coin a draw, heads
 * with probability odds·d / (odds·d + I − d) for a user with d of the I items, then uniform on that side.
 */
export function noisyLaw(odds: number): LawFactory {
  return ({ kernels, counters, rows, buffers }) => {
    const others = withoutFullRows(rows, kernels);
    return {
      excludes: 'nobody',
      draw({ epoch, step, users, columns, out, draws }) {
        const items = rows.itemCount;
        const at = counters('negatives', epoch, step);
        draws.sampleNegatives({ at, columns, out, items, users, exclude: others.csr });
        const coins = asFloats(buffers.scratch('coins', out.length));
        draws.fillUniform({ at: counters('noise', epoch, step), out: coins });
        const own = buffers.scratch('own', users.length * (columns + 1));
        const which = { at: counters('noise-item', epoch, step), users, interactions: rows };
        // Column 0 would be the observed item and is not used.
        draws.samplePositives({ ...which, positives: users, columns: columns + 1, out: own });
        draws.mixPositives({ users, interactions: rows, items, odds, columns, coins, own, out });
      },
      dispose: others.dispose,
    };
  };
}

function asFloats(view: Int32Array): Float32Array {
  return new Float32Array(view.buffer, view.byteOffset, view.length);
}

/** Users who have every item get an empty row: nothing else could be drawn for them, and their coin is always heads. */
function withoutFullRows(rows: TrainRows, { memory }: Kernels): { csr: Csr; dispose(): void } {
  const degree = (u: number): number => rows.indptr[u + 1]! - rows.indptr[u]!;
  const full = Array.from({ length: rows.userCount }, (_, u) => u).filter((u) => degree(u) === rows.itemCount);
  if (full.length === 0) return { csr: rows, dispose: () => undefined };
  const isFull = new Set(full);
  const indices = memory.copyOf(rows.indices.filter((_, at) => !isFull.has(rows.users[at]!)));
  const indptr = memory.i32(rows.userCount + 1);
  indptr[0] = 0;
  for (let u = 0; u < rows.userCount; u++) indptr[u + 1] = indptr[u]! + (isFull.has(u) ? 0 : degree(u));
  const dispose = (): void => {
    memory.free(indices);
    memory.free(indptr);
  };
  return { csr: { indptr, indices }, dispose };
}
