import { type Engine, rowsOf } from './engine.ts';
import { expected } from './errors.ts';

/**
 * The gradient of a parameter [rows, dim]:
 * dense: values [rows, dim];
 * with slots [rows]: row r's is values[slots[r]], or zero where slots[r] < 0, and every row moves;
 * with list [n]: values[i] belongs to row list[i], and only those rows move (`lazyAdam`). Rows of the list are distinct.
 */
export interface RowGradient {
  readonly values: Float32Array;
  readonly slots?: Int32Array;
  readonly list?: Int32Array;
}

interface Update {
  readonly parameter: Float32Array; // [rows, dim], in place
  readonly dim: number;
  readonly gradient: RowGradient;
  readonly learningRate: number;
  /** Multiplies the gradient first: −1 climbs. By default 1. */
  readonly scale?: number;
  /** Coupled: added to the gradient as weightDecay · parameter, after `scale`. By default 0. */
  readonly weightDecay?: number;
}

export interface Optimizers {
  /** θ −= η (scale · g + λθ) */
  sgd(options: Update): void;
  /** s += g²; θ −= η g / (√s + ε). PyTorch's, ε by default 1e-10. sum [rows, dim]. */
  adagrad(options: Update & { readonly sum: Float32Array; readonly epsilon?: number }): void;
  /**
   * Adam (Kingma & Ba 2015) as PyTorch has it, ε outside the root: m, v ← moments; θ −= η m̂ / (√v̂ + ε). β are rounded to
   * float32 first. Moments of magnitude below 1e-30 become 0. m, v [rows, dim].
   * @param options.step t ≥ 1, for the bias corrections. β₁ 0.9, β₂ 0.999, ε 1e-8 by default.
   */
  adam(
    options: Update & {
      readonly m: Float32Array;
      readonly v: Float32Array;
      readonly step: number;
      readonly beta1?: number;
      readonly beta2?: number;
      readonly epsilon?: number;
    },
  ): void;
}

export function optimizers(engine: Engine): Optimizers {
  const address = engine.address.bind(engine);

  /** Arguments that every update shares, and the number of rows it visits. */
  function common(update: Update): { args: number[]; rows: number } {
    const { parameter, dim, gradient, learningRate, scale = 1, weightDecay = 0 } = update;
    const { values, slots, list } = gradient;
    if (slots && list) throw expected('slots or list', 'both', 'pass the one that applies', 'gradient');
    const all = rowsOf('dim', parameter.length, dim);
    const rows = list?.length ?? all;
    const slotsAt = slots ? address('slots', slots, all) : 0;
    const listAt = list ? address('list', list) : 0;
    const valuesAt = address('gradient.values', values, slots ? 0 : rows * dim);
    const numbers = [learningRate, scale, weightDecay];
    return { args: [address('parameter', parameter), dim, valuesAt, slotsAt, listAt, ...numbers], rows };
  }

  return {
    sgd(options) {
      const { args, rows } = common(options);
      engine.run('sgd', args, rows, { work: 2 * options.dim });
    },
    adagrad(options) {
      const { args, rows } = common(options);
      const sum = address('sum', options.sum, options.parameter.length);
      engine.run('adagrad', [...args, sum, options.epsilon ?? 1e-10], rows, { work: 3 * options.dim });
    },
    adam(options) {
      const { m, v, step, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, parameter } = options;
      if (!(step >= 1)) throw expected('step ≥ 1', String(step), 'count updates from 1', 'step');
      const { args, rows } = common(options);
      const b1 = Math.fround(beta1);
      const b2 = Math.fround(beta2);
      args[5] = options.learningRate / (1 - b1 ** step);
      const root = 1 / Math.sqrt(1 - b2 ** step);
      const moments = [address('m', m, parameter.length), address('v', v, parameter.length)];
      engine.run('adam', [...args, ...moments, b1, 1 - b1, b2, 1 - b2, epsilon, root], rows, { work: 4 * options.dim });
    },
  };
}
