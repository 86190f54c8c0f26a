import { canDeferIdle } from '@losslab/kernels';
import * as tf from '@tensorflow/tfjs';
import { hasNativeApply, nativeAdam } from '../tensorflow/apply-kernels.ts';
import { IdleAdam } from './idle-moves.ts';
import type { AdamOptions } from './options.ts';
import type { DenseUpdate, Rule } from './rule.ts';

/** Moments below it become 0, as in the kernel. */
const LEAST_MOMENT = 1e-30;

const flushed = (x: tf.Tensor): tf.Tensor => tf.where(x.abs().lessEqual(LEAST_MOMENT), tf.zerosLike(x), x);

/** θ ← θ − η m̂ / (√v̂ + ε), β rounded to float32 first. */
const denseAdam = (options: AdamOptions, update: DenseUpdate) =>
  hasNativeApply() ? inOnePass(options, update) : composedAdam(options, update);

function inOnePass(
  { beta1, beta2, epsilon }: AdamOptions,
  { parameter, gradient, learningRate, state, step }: DenseUpdate,
) {
  const b1 = Math.fround(beta1);
  const b2 = Math.fround(beta2);
  const root = Math.sqrt(1 - b2 ** step);
  const rates = { rate: (learningRate * root) / (1 - b1 ** step), beta1, beta2, epsilon: epsilon * root };
  const after = nativeAdam({ parameter, gradient, m: state.m!, v: state.v!, ...rates });
  return { parameter: after[0]!, state: { m: after[1]!, v: after[2]! } };
}

export function composedAdam(
  { beta1, beta2, epsilon }: AdamOptions,
  { parameter, gradient, learningRate, state, step }: DenseUpdate,
) {
  const b1 = Math.fround(beta1);
  const b2 = Math.fround(beta2);
  const m = flushed(state.m!.mul(b1).add(gradient.mul(1 - b1)));
  const v = flushed(state.v!.mul(b2).add(gradient.square().mul(1 - b2)));
  const root = 1 / Math.sqrt(1 - b2 ** step);
  const move = m.mul(learningRate / (1 - b1 ** step)).div(v.sqrt().mul(root).add(epsilon));
  return { parameter: parameter.sub(move), state: { m, v } };
}

/**
 * Adam (Kingma & Ba 2015) as PyTorch's dense one: ε outside the root, and rows without gradient move too, by their
 * moments.
 */
export function adamRule(options: AdamOptions): Rule {
  const { beta1, beta2, epsilon, weightDecay } = options;
  return {
    name: 'adam',
    state: ['m', 'v'],
    options,
    updateRows(k, { parameter, dim, gradient, learningRate, scale, state, step }) {
      const { values, slots } = gradient;
      const rates = { learningRate, scale, weightDecay, beta1, beta2, epsilon, step };
      k.adam({ parameter, dim, gradient: { values, ...(slots && { slots }) }, m: state.m!, v: state.v!, ...rates });
    },
    updateDense: (update) => denseAdam(options, update),
    ...(canDefer(options) && {
      idleMoves: ({ m, v }) => new IdleAdam(options, { m: m!, v: v! }),
    }),
  };
}

/** Coupled weight decay moves every row at every step. */
function canDefer({ weightDecay, ...betas }: AdamOptions): boolean {
  return weightDecay === 0 && canDeferIdle(betas);
}

/** Rows without any gradient keep their values and moments. */
function onlyTouched(before: DenseUpdate, after: ReturnType<typeof denseAdam>) {
  const touched = before.raw.notEqual(0).any(1, true);
  const choose = (now: tf.Tensor, old: tf.Tensor): tf.Tensor => tf.where(touched, now, old);
  const { m, v } = after.state;
  return {
    parameter: choose(after.parameter, before.parameter),
    state: { m: choose(m, before.state.m!), v: choose(v, before.state.v!) },
  };
}

/**
 * Adam on the rows that the step touches; the others keep values and moments (TensorFlow's LazyAdam, PyTorch's SparseAdam).
 * Not `adam`: it converges elsewhere. Off `simd`, a touched row is one with a gradient other than zero.
 */
export function lazyAdamRule(options: AdamOptions): Rule {
  const { beta1, beta2, epsilon, weightDecay } = options;
  return {
    name: 'lazyAdam',
    state: ['m', 'v'],
    options,
    updateRows(k, { parameter, dim, gradient, learningRate, scale, state, step }) {
      const { values, ids } = gradient;
      if (ids?.length === 0) return;
      const rates = { learningRate, scale, weightDecay, beta1, beta2, epsilon, step };
      k.adam({ parameter, dim, gradient: { values, ...(ids && { list: ids }) }, m: state.m!, v: state.v!, ...rates });
    },
    updateDense(update) {
      const after = denseAdam(options, update);
      return update.table === undefined ? after : onlyTouched(update, after);
    },
  };
}
