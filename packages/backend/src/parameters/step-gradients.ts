import type { Gradients } from '@losslab/core';
import { kernels } from '@losslab/kernels';
import * as tf from '@tensorflow/tfjs';
import { expected } from '../errors.ts';
import { EmbeddingTable, type SharedRows } from '../tables/embedding-table.ts';
import type { Parameter } from './parameter-group.ts';

/** Gradient of one parameter: of touched rows, or dense. */
export type ParameterGradient =
  | { readonly kind: 'rows'; readonly table: EmbeddingTable; readonly shared: SharedRows }
  | { readonly kind: 'dense'; readonly variable: tf.Variable; readonly gradient: tf.Tensor };

/**
 * What one run of the tape found. It lives in the tables' row buffers and in `dense`, until the next run over any of these
 * parameters.
 */
export class StepGradients implements Gradients {
  readonly generation: number;
  /** By parameter name; one that the loss does not touch is absent. */
  readonly found: ReadonlyMap<string, ParameterGradient>;
  #stale = false;

  constructor(generation: number, found: ReadonlyMap<string, ParameterGradient>) {
    this.generation = generation;
    this.found = found;
  }

  /** @throws LosslabError `bad-plugin` once the buffers hold another step's gradients */
  check(): void {
    if (!this.#stale) return;
    const what = 'the gradients of the latest step';
    throw expected(what, `stale ones (number ${this.generation})`, 'use them before calling gradient again', {
      code: 'bad-plugin',
    });
  }

  retire(): void {
    if (this.#stale) return;
    this.#stale = true;
    for (const entry of this.found.values()) if (entry.kind === 'dense') entry.gradient.dispose();
  }

  /** √ Σ g² over all of them. */
  norm(): number {
    this.check();
    let squares = 0;
    for (const entry of this.found.values()) squares += sumOfSquares(entry);
    return Math.sqrt(squares);
  }
}

function sumOfSquares(entry: ParameterGradient): number {
  if (entry.kind === 'dense') return tf.tidy(() => entry.gradient.square().sum().dataSync<'float32'>()[0]!);
  const { values, dimension, count } = entry.shared.gradient;
  return count === 0 ? 0 : kernels().sumOfSquares({ table: values, dim: dimension });
}

/** The gradient that a run left for `parameter`; undefined where the loss does not touch it. */
export function gradientOf(parameter: Parameter, dense: tf.Tensor | undefined): ParameterGradient | undefined {
  if (parameter instanceof EmbeddingTable && parameter.shared !== undefined) {
    return parameter.shared.gradient.touched ? { kind: 'rows', table: parameter, shared: parameter.shared } : undefined;
  }
  const variable = parameter instanceof EmbeddingTable ? parameter.anchor : parameter;
  return dense === undefined ? undefined : { kind: 'dense', variable, gradient: dense };
}

/** @throws LosslabError `bad-plugin` where `gradients` were not made by a ParameterSet */
export function ours(gradients: Gradients): StepGradients {
  if (gradients instanceof StepGradients) return gradients;
  throw expected('gradients of a ParameterSet', 'others', 'pass what its gradient() returned', { code: 'bad-plugin' });
}

/**
 * The factor that brings the global norm of `gradients` down to `most`, at most 1: `optimizer.apply(gradients, { scale })`.
 * As PyTorch's clip_grad_norm_: most / (norm + 1e-6).
 */
export function clipScale(gradients: Gradients, most: number): number {
  if (!(most > 0)) throw expected('clipNorm > 0', String(most), 'leave it out for no clipping', { where: 'clipNorm' });
  return Math.min(1, most / (ours(gradients).norm() + 1e-6));
}
