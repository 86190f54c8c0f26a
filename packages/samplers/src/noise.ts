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
    const heads = (user: number): number => {
      const weight = odds * (rows.indptr[user + 1]! - rows.indptr[user]!);
      return weight / (weight + rows.itemCount - weight / odds);
    };
    return {
      excludes: 'nobody',
      draw({ epoch, step, users, columns, out }) {
        const at = counters('negatives', epoch, step);
        kernels.sampleNegatives({ at, columns, out, items: rows.itemCount, users, exclude: others.csr });
        const coins = asFloats(buffers.scratch('coins', out.length));
        kernels.fillUniform({ at: counters('noise', epoch, step), out: coins });
        // Column 0 would be the observed item and is not used.
        const own = buffers.scratch('own', users.length * (columns + 1));
        const which = counters('noise-item', epoch, step);
        kernels.samplePositives({
          at: which,
          users,
          positives: users,
          interactions: rows,
          columns: columns + 1,
          out: own,
        });
        for (let b = 0; b < users.length; b++) {
          const share = heads(users[b]!);
          for (let n = 0; n < columns; n++) {
            if (coins[b * columns + n]! < share) out[b * columns + n] = own[b * (columns + 1) + n + 1]!;
          }
        }
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
