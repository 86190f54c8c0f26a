import { type Engine, rowsOf } from './engine.ts';

export interface Rows {
  /** out[i] = table[ids[i]], times mask[i] where there is one. table [rows, dim], ids [n], mask and out [n, dim]. */
  gatherRows(options: {
    table: Float32Array;
    dim: number;
    ids: Int32Array;
    out: Float32Array;
    mask?: Float32Array;
  }): void;
  /** out[ids[i]] = source[i]: what gatherRows took goes back. ids [n] distinct, source [n, dim], out [rows, dim]. */
  scatterRows(options: { source: Float32Array; dim: number; ids: Int32Array; out: Float32Array }): void;
  /**
   * rows[i] /= max(‖rows[i]‖, 1e-12), as PyTorch's F.normalize, in place; a row of zeros stays. rows [n, dim];
   * inverseNorms [n] receives 1 / max(‖rows[i]‖, 1e-12).
   */
  normaliseRows(options: { rows: Float32Array; dim: number; inverseNorms: Float32Array }): void;
  /** gatherRows without a mask, then normaliseRows of what was gathered, to the bit. out [n, dim], inverseNorms [n]. */
  gatherUnits(options: {
    table: Float32Array;
    dim: number;
    ids: Int32Array;
    out: Float32Array;
    inverseNorms: Float32Array;
  }): void;
  /** Gradient of normaliseRows: g ← (g − ⟨g, x̂⟩ x̂) · inverseNorm, in place. gradient and unit [n, dim], inverseNorms [n]. */
  projectNormalised(options: {
    gradient: Float32Array;
    unit: Float32Array;
    inverseNorms: Float32Array;
    dim: number;
  }): void;
  /**
   * out[rows[i]] += source[i], in order of i; a negative row is left out. source [n, dim], rows [n], out [outRows, dim].
   * @param options.fresh [outRows]: where it is not 0, the first addition overwrites the row and sets it to 0.
   */
  addRows(options: {
    source: Float32Array;
    rows: Int32Array;
    out: Float32Array;
    dim: number;
    fresh?: Uint8Array;
  }): void;
  /** addRows into zeros: out[s] = Σ source[i] over segments[i] = s (tfjs's UnsortedSegmentSum on rows). */
  segmentSum(options: { source: Float32Array; segments: Int32Array; out: Float32Array; dim: number }): void;
  /**
   * out[outRows[i]] += scale · weights[i] · source[sourceRows[i]]. Absent rows mean i, absent weights 1; outRows must be
   * distinct. n is the number of rows of what is given.
   */
  axpyRows(options: {
    scale: number;
    source: Float32Array;
    out: Float32Array;
    dim: number;
    weights?: Float32Array;
    sourceRows?: Int32Array;
    outRows?: Int32Array;
  }): void;
  /** Σ_i weights[i] ‖table[ids[i]]‖² in float64. Absent ids mean all rows, absent weights 1. */
  sumOfSquares(options: { table: Float32Array; dim: number; ids?: Int32Array; weights?: Float32Array }): number;
}

/** Rows of one partial sum of squares; fixed, so that the result does not depend on how rows are cut. */
const SUM_BLOCK = 64;

export function rows(engine: Engine): Rows {
  const address = engine.address.bind(engine);
  const optional = (name: string, view: Float32Array | Int32Array | Uint8Array | undefined, least: number): number =>
    view === undefined ? 0 : address(name, view, least);

  const addRows: Rows['addRows'] = ({ source, rows, out, dim, fresh }) => {
    const count = rowsOf('dim', out.length, dim);
    const from = [address('source', source, rows.length * dim), address('rows', rows), rows.length];
    engine.run('addRows', [...from, dim, address('out', out), optional('fresh', fresh, count)], count, {
      work: (2 * dim * rows.length) / count,
      whole: true,
    });
  };

  return {
    gatherRows({ table, dim, ids, out, mask }) {
      const size = ids.length * dim;
      const from = [address('table', table), dim, address('ids', ids)];
      engine.run('gatherRows', [...from, address('out', out, size), optional('mask', mask, size)], ids.length, {
        work: 2 * dim,
      });
    },
    scatterRows({ source, dim, ids, out }) {
      const from = [address('source', source, ids.length * dim), dim, address('ids', ids)];
      engine.run('scatterRows', [...from, address('out', out)], ids.length, { work: 2 * dim });
    },
    normaliseRows({ rows, dim, inverseNorms }) {
      const count = rowsOf('dim', rows.length, dim);
      engine.run('normaliseRows', [address('rows', rows), dim, address('inverseNorms', inverseNorms, count)], count, {
        work: 2 * dim,
      });
    },
    gatherUnits({ table, dim, ids, out, inverseNorms }) {
      const from = [address('table', table), dim, address('ids', ids)];
      const into = [address('out', out, ids.length * dim), address('inverseNorms', inverseNorms, ids.length)];
      engine.run('gatherUnits', [...from, ...into], ids.length, { work: 3 * dim });
    },
    projectNormalised({ gradient, unit, inverseNorms, dim }) {
      const count = rowsOf('dim', gradient.length, dim);
      const by = [address('unit', unit, count * dim), address('inverseNorms', inverseNorms, count)];
      engine.run('projectNormalised', [address('gradient', gradient), ...by, dim], count, { work: 4 * dim });
    },
    addRows,
    segmentSum({ source, segments, out, dim }) {
      engine.run('fill', [address('out', out), 0], out.length);
      addRows({ source, rows: segments, out, dim });
    },
    axpyRows({ scale, source, out, dim, weights, sourceRows, outRows }) {
      const count = (outRows ?? sourceRows ?? weights)?.length ?? rowsOf('dim', out.length, dim);
      const rowsAt = [optional('sourceRows', sourceRows, count), optional('outRows', outRows, count)];
      const from = [
        address('source', source, sourceRows ? 0 : count * dim),
        address('out', out, outRows ? 0 : count * dim),
      ];
      engine.run('axpyRows', [scale, ...from, dim, optional('weights', weights, count), ...rowsAt], count);
    },
    sumOfSquares({ table, dim, ids, weights }) {
      const count = ids?.length ?? rowsOf('dim', table.length, dim);
      const blocks = Math.ceil(count / SUM_BLOCK);
      const partial = engine.memory.f64(blocks);
      const by = [optional('ids', ids, count), optional('weights', weights, count)];
      engine.run('sumOfSquares', [address('table', table), dim, count, ...by, partial.byteOffset, SUM_BLOCK], blocks, {
        work: SUM_BLOCK * dim,
      });
      const total = partial.reduce((sum, value) => sum + value, 0);
      engine.memory.free(partial);
      return total;
    },
  };
}
