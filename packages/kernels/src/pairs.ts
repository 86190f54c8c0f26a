import { type Engine, rowsOf } from './engine.ts';
import { expected } from './errors.ts';

export interface Pairs {
  /**
   * out[b, n] = ⟨left[b], right[rightRows[b, n]]⟩, or ⟨left[leftRows[b]], ...⟩. left [B, dim] or [L, dim], leftRows [B], right
   * [R, dim], rightRows and out [B, columns].
   */
  pairDot(options: {
    left: Float32Array;
    leftRows?: Int32Array;
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
   * sortPairs of pairs that gatherSum is to read in order: sources[k] is left row b (or leftRows[b]) and listed[k] the weight of the
   * pair that sortPairs would give place k. The pairs may be of several matrices with the same left rows: rightRows [P] are those of
   * [B, columns] one after the other, weights [B, columns] of each; sources and listed [P].
   */
  groupPairs(options: {
    rightRows: Int32Array;
    parts: readonly { readonly columns: number; readonly weights: Float32Array }[];
    leftRows?: Int32Array;
    groups: number;
    offsets: Int32Array;
    sources: Int32Array;
    listed: Float32Array;
  }): void;
  /**
   * out[r] = Σ over p in group r of weights[p] · source[row(p)], where group r is order[offsets[r] .. offsets[r + 1]) (absent
   * order: those numbers themselves) and row(p) is sourceRows[p], or ⌊p / columns⌋. Both gradients of pairDot:
   * left: offsets = N, sourceRows = rightRows; right: offsets and order of sortPairs, columns = N.
   * @param options.offsets [R + 1], or a number: every group has that many pairs.
   * @param options.size with offsets [R + 1] and order: these are of rows, not of pairs, and row b has the pairs size · b ... size · b + size − 1.
   * @param options.accumulate add to out instead of overwriting it.
   */
  gatherSum(options: {
    weights: Float32Array;
    source: Float32Array;
    dim: number;
    offsets: Int32Array | number;
    size?: number;
    order?: Int32Array;
    sourceRows?: Int32Array;
    columns?: number;
    out: Float32Array;
    accumulate?: boolean;
  }): void;
}

/** Bytes of a table that a core's own caches hold, and rows of which need not be asked for ahead. */
const CACHED = 2 ** 19;

export function pairs(engine: Engine): Pairs {
  const address = engine.address.bind(engine);
  const isFar = (table: Float32Array): number => Number(table.byteLength > CACHED);
  return {
    pairDot({ left, leftRows, right, rightRows, columns, dim, out }) {
      const rows = rowsOf('columns', rightRows.length, columns);
      const lefts = leftRows ? address('leftRows', leftRows, rows) : 0;
      const from = [address('left', left, leftRows ? 0 : rows * dim), lefts, address('right', right)];
      const into = [address('rightRows', rightRows), columns, dim, address('out', out, rightRows.length)];
      engine.run('pairDot', [...from, ...into, isFar(right)], rows, { work: columns * dim });
    },
    sortPairs({ rightRows, groups, offsets, order }) {
      const args = [address('rightRows', rightRows), rightRows.length, groups];
      const into = [address('offsets', offsets, groups + 1), address('order', order, rightRows.length)];
      engine.call('sortPairs', [...args, ...into]);
    },
    groupPairs({ rightRows, parts, leftRows, groups, offsets, sources, listed }) {
      const pairs = rightRows.length;
      const rows = rowsOf(
        'columns',
        pairs,
        parts.reduce((sum, { columns }) => sum + columns, 0),
      );
      const lefts = leftRows ? address('leftRows', leftRows, rows) : 0;
      const into = [address('offsets', offsets, groups + 1), address('sources', sources, pairs)];
      let at = address('rightRows', rightRows);
      engine.call('countGroups', [at, pairs, groups, into[0]!]);
      for (const { columns, weights } of parts) {
        const from = [at, rows, columns, lefts, address('weights', weights, rows * columns)];
        engine.call('placePairs', [...from, ...into, address('listed', listed, pairs)]);
        at += rows * columns * 4;
      }
    },
    gatherSum({ weights, source, dim, offsets, size = 0, order, sourceRows, columns = 0, out, accumulate = false }) {
      if ((sourceRows === undefined) === (columns === 0)) {
        throw expected(
          'one of sourceRows and columns',
          sourceRows ? 'both' : 'neither',
          'pass the one that applies',
          'columns',
        );
      }
      const rows = rowsOf('dim', out.length, dim);
      const groups = typeof offsets === 'number' ? [0, offsets] : [address('offsets', offsets, rows + 1), size];
      const by = [order ? address('order', order) : 0, sourceRows ? address('sourceRows', sourceRows) : 0, columns];
      const from = [address('weights', weights), address('source', source), dim];
      const isAhead = sourceRows && (size > 0 || order === undefined) ? isFar(source) : 0;
      engine.run('gatherSum', [...from, ...groups, ...by, address('out', out), Number(accumulate), isAhead], rows, {
        work: (dim * weights.length) / Math.max(1, rows),
      });
    },
  };
}
