import { type Csr, csrAddresses } from './csr.ts';
import { type Engine, rowsOf } from './engine.ts';
import { expected } from './errors.ts';

interface Selection {
  readonly k: number;
  /** Items to leave out, by user. */
  readonly seen?: Csr;
  /** [n, k], best first; ties by the smaller id; −1 where fewer than k remain. */
  readonly outIds: Int32Array;
  /** [n, k]; −∞ where there is no item. */
  readonly outScores: Float32Array;
}

export interface Ranking {
  /**
   * The k best of all items for each user by ⟨users[u], items[i]⟩, without a score matrix. Scores of NaN are left out.
   * users [U, dim], items [I, dim]; userRows [n] picks rows of users and of `seen` (absent: all U).
   */
  topK(
    options: Selection & {
      readonly users: Float32Array;
      readonly items: Float32Array;
      readonly dim: number;
      readonly userRows?: Int32Array;
    },
  ): void;
  /** The same from a block of scores [n, items]; userRows [n] picks rows of `seen` (absent: 0 ... n − 1). */
  topKOfScores(
    options: Selection & { readonly scores: Float32Array; readonly items: number; readonly userRows?: Int32Array },
  ): void;
}

/** As in wasm/topk.ts: users and items of one tile, and bytes of state of a block of users. */
const ITEM_PANEL = 8;
const USER_BLOCK = 96;

export function ranking(engine: Engine): Ranking {
  const address = engine.address.bind(engine);

  function selection({ k, seen, outIds, outScores }: Selection, rows: number): number[] {
    if (!(Number.isInteger(k) && k >= 1)) throw expected('k ≥ 1', String(k), 'ask for at least one item', 'k');
    const into = [address('outIds', outIds, rows * k), address('outScores', outScores, rows * k)];
    return [...csrAddresses(engine, 'seen', seen), k, ...into];
  }

  return {
    topK(options) {
      const { users, items, dim, userRows } = options;
      const rows = userRows?.length ?? rowsOf('dim', users.length, dim);
      const count = rowsOf('dim', items.length, dim);
      const out = selection(options, rows);
      const who = [address('users', users), userRows ? address('userRows', userRows) : 0];
      const panels = Math.ceil(count / ITEM_PANEL);
      const packed = engine.memory.f32(panels * ITEM_PANEL * dim);
      engine.run('packColumns', [address('items', items), dim, count, 1, packed.byteOffset], panels, {
        work: 2 * ITEM_PANEL * dim,
      });
      const scratchBytes = USER_BLOCK * (dim + 2) * 4 + 1024;
      engine.run('topK', [...who, packed.byteOffset, count, dim, ...out], rows, {
        scratchBytes,
        work: (count * dim) / 8,
      });
      engine.memory.free(packed);
    },
    topKOfScores(options) {
      const { scores, items, userRows } = options;
      const rows = rowsOf('items', scores.length, items);
      const who = [address('scores', scores), items, userRows ? address('userRows', userRows, rows) : 0];
      engine.run('topKOfScores', [...who, ...selection(options, rows)], rows, { work: options.items });
    },
  };
}
