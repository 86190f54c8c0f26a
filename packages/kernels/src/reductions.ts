import { type Engine, rowsOf } from './engine.ts';

export type ReduceOp = 'sum' | 'mean' | 'max' | 'min' | 'logSumExp' | 'logMeanExp';

interface RowShape {
  readonly columns: number;
}

interface Tempered {
  readonly temperature?: number;
}

export interface Reductions {
  /**
   * out[r] = op over x[r], x [rows, columns]. Sums and means accumulate in float64, and round once. NaN in a row makes
   * its result NaN. logSumExp of −∞ only is −∞; +∞ anywhere makes +∞.
   * @param options.temperature > 0, 1 where absent: logSumExp and logMeanExp are of x / temperature.
   */
  reduceRows(op: ReduceOp, options: RowShape & Tempered & { x: Float32Array; out: Float32Array }): void;
  /** out[c] = Σ_r x[r, c], accumulated in float64. x [rows, columns]. */
  columnSum(options: RowShape & { x: Float32Array; out: Float32Array }): void;
  /** out[r, c] = exp(x[r, c]) / Σ exp(x[r]); out may be x. */
  softmax(options: RowShape & { x: Float32Array; out: Float32Array }): void;
  /** out[r, c] = x[r, c] − logSumExp(x[r]); out may be x. */
  logSoftmax(options: RowShape & { x: Float32Array; out: Float32Array }): void;
  /**
   * Gradient of logSumExp: out[r, c] = dy[r] · exp(x[r, c] / temperature − lse[r]) / temperature. Of logMeanExp too, with its own value
   * as lse and dy / columns.
   */
  logSumExpGradient(
    options: RowShape & Tempered & { x: Float32Array; lse: Float32Array; dy: Float32Array; out: Float32Array },
  ): void;
  /** Gradient of softmax: out = y ⊙ (dy − Σ dy ⊙ y) a row; y is softmax's value. out may be dy. */
  softmaxGradient(options: RowShape & { y: Float32Array; dy: Float32Array; out: Float32Array }): void;
  /**
   * out[r] = Σ x[r, c] · softmax(x[r] / temperature)[c], x [rows, columns]: the Boltzmann operator. Exact where a row has one
   * column. temperature > 0, in the unit of x.
   */
  softmaxMean(options: RowShape & { x: Float32Array; out: Float32Array; temperature: number }): void;
  /**
   * Gradient of softmaxMean: out[r, c] = dy[r] · p[c] · (1 + (x[r, c] − y[r]) / temperature), p the softmax and y the value. out
   * may be x.
   */
  softmaxMeanGradient(
    options: RowShape & { x: Float32Array; dy: Float32Array; out: Float32Array; temperature: number },
  ): void;
  /** Gradient of logSoftmax: out = dy − exp(y) · Σ dy a row; y is logSoftmax's value. out may be dy. */
  logSoftmaxGradient(options: RowShape & { y: Float32Array; dy: Float32Array; out: Float32Array }): void;
}

const capital = (word: string): string => word[0]!.toUpperCase() + word.slice(1);

export function reductions(engine: Engine): Reductions {
  const address = engine.address.bind(engine);

  function map(kernel: string, columns: number, out: Float32Array, inputs: Record<string, Float32Array>): void {
    const rows = rowsOf('columns', out.length, columns);
    const from = Object.entries(inputs).map(([name, view]) => address(name, view, rows * columns));
    engine.run(kernel, [...from, address('out', out), columns], rows, { work: 2 * columns });
  }

  return {
    reduceRows(op, { x, columns, out, temperature = 1 }) {
      const rows = rowsOf('columns', x.length, columns);
      const factor = op === 'logSumExp' || op === 'logMeanExp' ? [1 / temperature] : [];
      const args = [address('x', x), address('out', out, rows), columns, ...factor];
      engine.run(`row${capital(op)}`, args, rows, { work: columns });
    },
    columnSum({ x, columns, out }) {
      const rows = rowsOf('columns', x.length, columns);
      engine.run('columnSum', [address('x', x), address('out', out, columns), rows, columns], columns);
    },
    softmax: ({ x, columns, out }) => map('softmax', columns, out, { x }),
    logSoftmax: ({ x, columns, out }) => map('logSoftmax', columns, out, { x }),
    logSumExpGradient({ x, lse, dy, columns, out, temperature = 1 }) {
      const rows = rowsOf('columns', out.length, columns);
      const by = [address('lse', lse, rows), address('dy', dy, rows)];
      const args = [address('x', x, out.length), ...by, address('out', out), columns, 1 / temperature];
      engine.run('logSumExpGradient', args, rows, { work: 2 * columns });
    },
    softmaxGradient: ({ y, dy, columns, out }) => map('softmaxGradient', columns, out, { y, dy }),
    softmaxMean({ x, columns, out, temperature }) {
      const rows = rowsOf('columns', x.length, columns);
      const args = [address('x', x), address('out', out, rows), columns, temperature];
      engine.run('softmaxMean', args, rows, { work: 2 * columns });
    },
    softmaxMeanGradient({ x, dy, columns, out, temperature }) {
      const rows = rowsOf('columns', out.length, columns);
      const from = [address('x', x, out.length), address('dy', dy, rows)];
      engine.run('softmaxMeanGradient', [...from, address('out', out), columns, temperature], rows, {
        work: 3 * columns,
      });
    },
    logSoftmaxGradient: ({ y, dy, columns, out }) => map('logSoftmaxGradient', columns, out, { y, dy }),
  };
}
