import { type Engine, rowsOf } from './engine.ts';
import { expected } from './errors.ts';
import type { Pairs } from './pairs.ts';

/** How the pairs of a batch are walked, for scores and both gradients. Made by `planPairs`, freed by `freePlan`. */
export interface PairPlan {
  readonly rightRows: Int32Array; // [P], the pairs of one left row after those of another
  /** Pairs of a left row; on average, where `rowStarts` says how many each has. */
  readonly columns: number;
  /** [B + 1], left row b having the pairs rowStarts[b] .. rowStarts[b + 1) − 1; absent: each has `columns`. */
  readonly rowStarts?: Int32Array;
  /** Rows of the right table. */
  readonly rights: number;
  readonly dim: number;
  /** Absent where the right table is small or the rows are short: pairs are then taken as they come. */
  readonly blocks?: Blocks;
}

/** Weights of a plan's pairs, in its order. */
export interface PlanWeights {
  readonly weights: Float32Array; // [P]
  /** By block, then by left row; absent where the plan has no blocks. */
  readonly listed?: Float32Array;
}

interface Blocks {
  readonly count: number;
  /** A block has 2^shift rows. */
  readonly shift: number;
  readonly starts: Int32Array; // [B + 1, count]
  readonly ids: Int32Array; // [P], by block, then by left row
}

export interface Plans {
  /**
   * Prepares the pairs (b, rightRows[b, n]), or of left row b those of rowStarts[b] .. rowStarts[b + 1). Where the right table is
   * larger than a core's cache, they are listed by blocks of its rows, which makes each of the following two to three times as fast.
   * @param options.rightRows [B, columns] or [P], in the kernels' memory; must stay as it is while the plan lives, as must rowStarts.
   * @param options.rowStarts [B + 1], from 0 to P, in place of `columns`; only where `mayBlock` says yes to P / B columns.
   */
  planPairs(options: {
    rightRows: Int32Array;
    columns?: number;
    rowStarts?: Int32Array;
    rights: number;
    dim: number;
  }): PairPlan;
  freePlan(plan: PairPlan): void;
  /** Puts weights [P] into the order of the plan, once for both gradients. Freed by `freeWeights`. */
  planWeights(plan: PairPlan, weights: Float32Array): PlanWeights;
  freeWeights(weights: PlanWeights): void;
  /** out[b, n] = ⟨left[b], right[rightRows[b, n]]⟩: pairDot, to the bit. left [B, dim], right [rights, dim], out [P]. */
  planDot(plan: PairPlan, options: { left: Float32Array; right: Float32Array; out: Float32Array }): void;
  /**
   * Gradients of Σ weights · scores: leftGradient[b] = Σ_n weights[b, n] · right[rightRows[b, n]] and rightGradient[r] = Σ over
   * the pairs with rightRows = r of weights[b, n] · left[b]. One of them may be left out.
   * @param options.accumulate add to the gradients instead of overwriting them.
   */
  planGradients(
    plan: PairPlan,
    options: {
      weights: Float32Array | PlanWeights; // [P]
      left?: Float32Array; // [B, dim], for rightGradient
      right: Float32Array; // [rights, dim]
      leftGradient?: Float32Array; // [B, dim]
      rightGradient?: Float32Array; // [rights, dim]
      accumulate?: boolean;
    },
  ): void;
}

/** Bytes of a block of right rows: half of a common second-level cache. */
const BLOCK_BYTES = 2 ** 19;
/** Pairs of one left row in one block, at least; with fewer, listing costs more than it saves. */
const LEAST_RUN = 4;

/**
 * Whether planPairs may list the pairs [·, columns] of a table [rights, dim] by blocks. Where it may not, a plan gains nothing over
 * pairDot, groupPairs and gatherSum on the tables themselves.
 */
export function mayBlock({
  pairs,
  columns,
  rights,
  dim,
}: Record<'pairs' | 'columns' | 'rights' | 'dim', number>): boolean {
  const count = Math.ceil(Math.min(rights, pairs) / 2 ** shiftOf(dim));
  return count > 2 && columns >= LEAST_RUN * count;
}

function shiftOf(dim: number): number {
  return Math.max(0, Math.floor(Math.log2(BLOCK_BYTES / (4 * dim))));
}

export function plans(engine: Engine, pairs: Pairs): Plans {
  const { memory } = engine;
  const address = engine.address.bind(engine);

  /** What says which pairs a left row has, as kernels take it. */
  function pairsOf({ rightRows, rowStarts, columns }: PairPlan): number[] {
    return [address('rightRows', rightRows), rowStarts ? address('rowStarts', rowStarts) : 0, columns];
  }

  const rowsIn = ({ rightRows, rowStarts, columns }: PairPlan): number =>
    rowStarts ? rowStarts.length - 1 : rightRows.length / columns;

  function listed(plan: PairPlan): Blocks {
    const { rightRows, columns, rights, dim } = plan;
    const rows = rowsIn(plan);
    const shift = shiftOf(dim);
    const count = Math.ceil(rights / 2 ** shift);
    const starts = memory.i32((rows + 1) * count);
    const ids = memory.i32(rightRows.length);
    const args = [...pairsOf(plan), count, shift, starts.byteOffset];
    engine.run('countBlocks', args, rows, { work: columns });
    engine.call('startBlocks', [starts.byteOffset, rows, count]);
    engine.run('listBlocks', [...args, ids.byteOffset], rows, { scratchBytes: count * 4, work: 2 * columns });
    return { count, shift, starts, ids };
  }

  function sortedRight(
    plan: PairPlan,
    weights: Float32Array,
    left: Float32Array,
    out: Float32Array,
    accumulate: boolean,
  ): void {
    const { rightRows, columns, rights, dim } = plan;
    const offsets = memory.i32(rights + 1);
    const order = memory.i32(rightRows.length);
    pairs.sortPairs({ rightRows, groups: rights, offsets, order });
    pairs.gatherSum({ weights, source: left, dim, offsets, order, columns, out, accumulate });
    memory.free(offsets);
    memory.free(order);
  }

  const self: Plans = {
    planPairs({ rightRows, columns: given, rowStarts, rights, dim }) {
      const columns = rowStarts ? rightRows.length / (rowStarts.length - 1) : given;
      if (columns === undefined)
        throw expected('columns or rowStarts', 'neither', 'pass the one that applies', 'columns');
      if (rowStarts === undefined) rowsOf('columns', rightRows.length, columns);
      const plan: PairPlan = { rightRows, columns, rights, dim, ...(rowStarts && { rowStarts }) };
      if (mayBlock({ pairs: rights, columns, rights, dim })) return { ...plan, blocks: listed(plan) };
      if (rowStarts === undefined) return plan;
      throw expected('pairs that may be listed by blocks', 'too few', 'pass columns', 'rowStarts');
    },

    freePlan({ blocks }) {
      if (blocks === undefined) return;
      memory.free(blocks.starts);
      memory.free(blocks.ids);
    },

    planDot(plan, { left, right, out }) {
      const { rightRows, columns, rights, dim, blocks } = plan;
      if (blocks === undefined) return pairs.pairDot({ left, right, rightRows, columns, dim, out });
      const rows = rowsIn(plan);
      const scores = memory.f32(rightRows.length);
      const from = [address('left', left, rows * dim), address('right', right, rights * dim), dim];
      const by = [...pairsOf(plan), blocks.count, blocks.shift, blocks.starts.byteOffset];
      const into = [blocks.ids.byteOffset, scores.byteOffset, address('out', out, rightRows.length)];
      engine.run('dotBlocks', [...from, ...by, ...into], rows, {
        scratchBytes: blocks.count * 4,
        work: columns * dim,
        whole: true,
      });
      memory.free(scores);
    },

    planWeights(plan, weights) {
      const { rightRows, columns, blocks } = plan;
      if (blocks === undefined) return { weights };
      const { count, shift, starts } = blocks;
      const listed = memory.f32(rightRows.length);
      const by = [...pairsOf(plan), count, shift, starts.byteOffset];
      const args = [...by, address('weights', weights, rightRows.length), listed.byteOffset];
      engine.run('toBlocks', args, rowsIn(plan), { scratchBytes: count * 4, work: 2 * columns });
      return { weights, listed };
    },

    freeWeights({ listed }) {
      if (listed !== undefined) memory.free(listed);
    },

    planGradients(plan, { weights: given, left, right, leftGradient, rightGradient, accumulate = false }) {
      if (leftGradient === undefined && rightGradient === undefined) {
        throw expected('leftGradient or rightGradient', 'neither', 'pass what is wanted', 'leftGradient');
      }
      if (rightGradient !== undefined && left === undefined) {
        throw expected('left for rightGradient', 'nothing', 'pass the left rows', 'left');
      }
      const isOurs = given instanceof Float32Array;
      const { weights, listed } = isOurs ? self.planWeights(plan, given) : given;
      const { rightRows, columns, rights, dim, blocks } = plan;
      if (blocks === undefined || listed === undefined) {
        const toLeft = { weights, source: right, dim, offsets: columns, sourceRows: rightRows, accumulate };
        if (leftGradient) pairs.gatherSum({ ...toLeft, out: leftGradient });
        if (rightGradient) sortedRight(plan, weights, left!, rightGradient, accumulate);
        return;
      }
      const rows = rowsIn(plan);
      const { count, shift, starts, ids } = blocks;
      const lists = [starts.byteOffset, ids.byteOffset, listed.byteOffset];
      if (leftGradient) {
        const out = [address('leftGradient', leftGradient, rows * dim), Number(accumulate)];
        engine.run('leftBlocks', [address('right', right, rights * dim), dim, count, ...lists, ...out], rows, {
          work: columns * dim,
          whole: true,
        });
      }
      if (rightGradient) {
        const out = [address('rightGradient', rightGradient, rights * dim), Number(accumulate)];
        const from = [address('left', left!, rows * dim), rows, dim, rights, count, shift];
        engine.run('rightBlocks', [...from, ...lists, ...out], count, { work: (rightRows.length * dim) / count });
      }
      if (isOurs) memory.free(listed);
    },
  };
  return self;
}
