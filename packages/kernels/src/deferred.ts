import { type Engine, rowsOf } from './engine.ts';
import type { IdleSums } from './idle-sums.ts';

export interface Deferred {
  /**
   * Applies to rows of a table what dense Adam does in steps without gradient, up to `sums.step`, and fades their moments.
   * Rows never touched (clock 0) stay. parameter, m, v [rows, dim]; clocks [rows]; list [n] of distinct rows (absent: all).
   * `learningRate` must be the one of all the idle steps: bring all rows up to date before it changes.
   */
  adamIdle(options: {
    readonly parameter: Float32Array;
    readonly dim: number;
    readonly m: Float32Array;
    readonly v: Float32Array;
    readonly clocks: Int32Array;
    readonly list?: Int32Array;
    readonly learningRate: number;
    readonly epsilon: number;
    readonly sums: IdleSums;
    /** Whether `parameter` is a copy of the table: moments and clocks then stay as they are. */
    readonly isCopy?: boolean;
  }): void;
  /**
   * Applies to rows of a table what SGD with weight decay does in steps without gradient, up to `step`: each row times
   * (1 − ηλ)^(step − its clock). parameter [rows, dim]; clocks [rows]; list [n] of distinct rows (absent: all). Both rates must be those of
   * all the idle steps.
   */
  decayIdle(options: {
    readonly parameter: Float32Array;
    readonly dim: number;
    readonly clocks: Int32Array;
    readonly list?: Int32Array;
    readonly step: number;
    readonly learningRate: number;
    readonly weightDecay: number;
    /** Whether `parameter` is a copy of the table: clocks then stay as they are. */
    readonly isCopy?: boolean;
  }): void;
}

export function deferred(engine: Engine): Deferred {
  const address = engine.address.bind(engine);
  return {
    decayIdle({ parameter, dim, clocks, list, step, learningRate, weightDecay, isCopy = false }) {
      const all = rowsOf('dim', parameter.length, dim);
      const table = [address('parameter', parameter), dim, list ? address('list', list) : 0];
      const factor = 1 - Math.fround(learningRate) * Math.fround(weightDecay); // rounded as for `sgd`
      const args = [...table, address('clocks', clocks, all), step, factor, Number(!isCopy)];
      engine.run('decayIdle', args, list?.length ?? all, { work: 2 * dim });
    },
    adamIdle({ parameter, dim, m, v, clocks, list, learningRate, epsilon, sums, isCopy = false }) {
      const all = rowsOf('dim', parameter.length, dim);
      const rows = list?.length ?? all;
      const moments = [address('m', m, parameter.length), address('v', v, parameter.length)];
      const table = [address('parameter', parameter), dim, list ? address('list', list) : 0, ...moments];
      const now = [address('clocks', clocks, all), sums.step, learningRate, epsilon];
      const { views, betas, fades, rootFades } = sums;
      const shared = [views.polynomials.byteOffset, views.centres.byteOffset];
      const powers = [betas.beta1, Math.sqrt(betas.beta2), fades.byteOffset, rootFades.byteOffset, fades.length];
      const args = [...table, ...now, ...shared, ...powers, Number(!isCopy)];
      engine.run('adamIdle', args, rows, { work: 6 * dim });
    },
  };
}
