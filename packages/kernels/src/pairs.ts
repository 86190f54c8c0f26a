import { type Engine, rowsOf } from './engine.ts';
import { expected } from './errors.ts';

export interface Pairs {
  /**
   * out[b, n] = ⟨left[b], right[rightRows[b, n]]⟩. left [B, dim], right [R, dim], rightRows and out [B, columns].
   */
  pairDot(options: {
    left: Float32Array;
    right: Float32Array;
    rightRows: Int32Array;
    columns: number;
    dim: number;
    out: Float32Array;
  }): void;
  /**
   * Stable counting sort of pairs by row: order lists 0 ... P − 1 by rightRows, group r at offsets[r] .. offsets[r + 1).
   * rightRows and order [P], offsets [groups + 1].
   */
  sortPairs(options: { rightRows: Int32Array; groups: number; offsets: Int32Array; order: Int32Array }): void;
  /**
   * out[r] = Σ over p in group r of weights[p] · source[row(p)], where group r is order[offsets[r] .. offsets[r + 1]) (absent
   * order: those numbers themselves) and row(p) is sourceRows[p], or ⌊p / columns⌋. Both gradients of pairDot:
   * left: offsets = N, sourceRows = rightRows; right: offsets and order of sortPairs, columns = N.
   * @param offsets [R + 1], or a number: every group has that many pairs.
   * @param accumulate add to out instead of overwriting it.
   */
  gatherSum(options: {
    weights: Float32Array;
    source: Float32Array;
    dim: number;
    offsets: Int32Array | number;
    order?: Int32Array;
    sourceRows?: Int32Array;
    columns?: number;
    out: Float32Array;
    accumulate?: boolean;
  }): void;
}

export function pairs(engine: Engine): Pairs {
  const address = engine.address.bind(engine);
  return {
    pairDot({ left, right, rightRows, columns, dim, out }) {
      const rows = rowsOf('columns', rightRows.length, columns);
      const from = [address('left', left, rows * dim), address('right', right), address('rightRows', rightRows)];
      engine.run('pairDot', [...from, columns, dim, address('out', out, rightRows.length)], rows, {
        work: columns * dim,
      });
    },
    sortPairs({ rightRows, groups, offsets, order }) {
      const args = [address('rightRows', rightRows), rightRows.length, groups];
      const into = [address('offsets', offsets, groups + 1), address('order', order, rightRows.length)];
      engine.call('sortPairs', [...args, ...into]);
    },
    gatherSum({ weights, source, dim, offsets, order, sourceRows, columns = 0, out, accumulate = false }) {
      if ((sourceRows === undefined) === (columns === 0)) {
        throw expected(
          'one of sourceRows and columns',
          sourceRows ? 'both' : 'neither',
          'pass the one that applies',
          'columns',
        );
      }
      const rows = rowsOf('dim', out.length, dim);
      const groups = typeof offsets === 'number' ? [0, offsets] : [address('offsets', offsets, rows + 1), 0];
      const by = [order ? address('order', order) : 0, sourceRows ? address('sourceRows', sourceRows) : 0, columns];
      const from = [address('weights', weights), address('source', source), dim];
      engine.run('gatherSum', [...from, ...groups, ...by, address('out', out), Number(accumulate)], rows, {
        work: (dim * (order ?? sourceRows ?? weights).length) / Math.max(1, rows),
      });
    },
  };
}
