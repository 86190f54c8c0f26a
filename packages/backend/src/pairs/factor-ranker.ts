import type { FactorRanker } from '@losslab/core';
import { kernels } from '@losslab/kernels';
import { EmbeddingTable, type Rows, rowCount, width } from '../tables/embedding-table.ts';

/** A copy of all rows in the kernels' memory, each divided by max(‖row‖, 1e-12) where `normalised`. */
function frozen(rows: Rows, normalised: boolean): Float32Array {
  const k = kernels();
  const values = rows instanceof EmbeddingTable ? rows.values() : rows.dataSync<'float32'>();
  const view = k.memory.copyOf(values);
  if (!normalised) return view;
  const inverseNorms = k.memory.f32(rowCount(rows));
  k.normaliseRows({ rows: view, dim: width(rows), inverseNorms });
  k.memory.free(inverseNorms);
  return view;
}

/**
 * score(u, i) = ⟨users[u], items[i]⟩ of copies as they are now; cosine with `normalised`. The copies lie in the kernels'
 * memory until `dispose`.
 */
export function factorRanker(users: Rows, items: Rows, normalised = false): FactorRanker {
  const copies = [frozen(users, normalised), frozen(items, normalised)] as const;
  let live = true;
  return {
    kind: 'factors',
    userCount: rowCount(users),
    itemCount: rowCount(items),
    dimension: width(users),
    users: copies[0],
    items: copies[1],
    dispose() {
      if (live) for (const view of copies) kernels().memory.free(view);
      live = false;
    },
  };
}
