import { IdleDecay } from './idle-moves.ts';
import type { SgdOptions } from './options.ts';
import type { Rule } from './rule.ts';

/** θ ← θ − η (g + λθ) */
export function sgdRule(options: SgdOptions): Rule {
  return {
    name: 'sgd',
    state: [],
    options,
    updateRows(k, { parameter, dim, gradient, learningRate, scale }) {
      k.sgd({ parameter, dim, gradient, learningRate, scale, weightDecay: options.weightDecay });
    },
    updateDense: ({ parameter, gradient, learningRate }) => ({
      parameter: parameter.sub(gradient.mul(learningRate)),
      state: {},
    }),
    ...(options.weightDecay > 0 && { idleMoves: () => new IdleDecay(options) }),
  };
}
