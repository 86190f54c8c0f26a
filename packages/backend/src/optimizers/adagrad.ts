import { hasNativeApply, nativeAdagrad } from '../tensorflow/apply-kernels.ts';
import type { AdagradOptions } from './options.ts';
import type { DenseUpdate, Rule } from './rule.ts';

/** s ← s + g²; θ ← θ − η g / (√s + ε) (Duchi et al. 2011), as PyTorch has it. */
export function adagradRule(options: AdagradOptions): Rule {
  const { weightDecay, epsilon } = options;
  return {
    name: 'adagrad',
    state: ['sum'],
    options,
    updateRows(k, { parameter, dim, gradient, learningRate, scale, state }) {
      k.adagrad({ parameter, dim, gradient, learningRate, scale, weightDecay, epsilon, sum: state.sum! });
    },
    updateDense(update) {
      if (!hasNativeApply()) return composedAdagrad(options, update);
      const { parameter, gradient, learningRate, state } = update;
      const after = nativeAdagrad({ parameter, gradient, sum: state.sum!, rate: learningRate, epsilon });
      return { parameter: after[0]!, state: { sum: after[1]! } };
    },
  };
}

export function composedAdagrad(
  { epsilon }: AdagradOptions,
  { parameter, gradient, learningRate, state }: DenseUpdate,
): ReturnType<Rule['updateDense']> {
  const sum = state.sum!.add(gradient.square());
  return { parameter: parameter.sub(gradient.mul(learningRate).div(sum.sqrt().add(epsilon))), state: { sum } };
}
