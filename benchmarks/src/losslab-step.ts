import { makeOptimizer } from '@losslab/backend';
import {
  type Batch,
  dataFacts,
  type Interactions,
  knownKeys,
  type LossDefinition,
  type ModelDefinition,
  type Optimizer,
  parseOptions,
  type Sampler,
  type SamplerDefinition,
  type StepModel,
} from '@losslab/core';
import { kernels } from '@losslab/kernels';
import { mf } from '@losslab/models';
import { uniform } from '@losslab/samplers';
import * as tf from '@tensorflow/tfjs';
import { batchesAhead } from './batches.ts';

export interface StepSizes {
  readonly users: number;
  readonly items: number;
  readonly batch: number; // B
  readonly positives?: number; // M, by default 1
  readonly negatives: number; // N
  readonly dimension: number; // D
}

/** What a step is trained on, and whom its negatives leave out. */
export interface StepData {
  readonly train: Interactions;
  readonly exclude: 'seen' | 'nobody';
}

/** Interactions of the given sizes: user u touched 8 items, spread over the catalogue. */
function interactionsOf({ users, items }: StepSizes): Interactions {
  const each = Math.min(8, items);
  const stride = Math.max(1, Math.floor(items / each));
  const indptr = Int32Array.from({ length: users + 1 }, (_, u) => u * each);
  const indices = Int32Array.from({ length: users * each }, (_, k) => (k % each) * stride);
  return { userCount: users, itemCount: items, indptr, indices };
}

export interface StepOptions {
  readonly similarity: 'dot' | 'cosine';
  /** Of the loss. */
  readonly loss?: object;
  /** Coupled, by default none. */
  readonly weightDecay?: number;
  readonly batches?: 'ahead' | 'in line';
  /** By default MF. */
  readonly model?: { readonly definition: ModelDefinition; readonly options: object };
  /** By default uniform. */
  readonly sampler?: { readonly definition: SamplerDefinition; readonly options: object };
}

/** One training step of a model, cut where its parts can be timed. */
export interface LosslabStep {
  readonly sampler: Sampler;
  readonly model: StepModel;
  readonly optimizer: Optimizer;
  /**
   * Batch, scores, loss, gradients, update: everything that training does between two batches. What other threads have not
   * finished of the next batch is waited for here too, so that a peer's turn hides none of it.
   */
  run(): number;
  /** Milliseconds of the last run that went into waiting for batches and handing out their draws. */
  readonly waited: number;
  /** Milliseconds of each part of one more step; `batch` is what it waits for its batch and leaves the next to be made. */
  parts(): Readonly<Record<'batch' | 'forward' | 'gradient' | 'update', number>>;
  dispose(): void;
}

function makeModel({ similarity, model }: StepOptions, dimension: number, train: Interactions): StepModel {
  const { definition, options } = model ?? { definition: mf as ModelDefinition, options: {} };
  const given = knownKeys(definition.options)?.includes('similarity') ? { similarity, dimension } : { dimension };
  const chosen = parseOptions(definition.options, { ...given, ...options }, `model ${definition.name}`);
  return definition.create(chosen, { facts: dataFacts(train), train, seed: 1 }) as StepModel;
}

export function losslabStep(
  loss: LossDefinition,
  options: StepOptions,
  sizes: StepSizes,
  { train, exclude }: StepData = { train: interactionsOf(sizes), exclude: 'nobody' },
): LosslabStep {
  const chosen = options.sampler ?? { definition: uniform as SamplerDefinition, options: { exclude } };
  const facts = dataFacts(train);
  const model = makeModel(options, sizes.dimension, train);
  const objective = loss.create(loss.options.parse(options.loss ?? {}), facts);
  const { batch: batchSize, positives = 1, negatives } = sizes;
  const sampler = chosen.definition.create(parseOptions(chosen.definition.options, chosen.options, 'sampler'), {
    train,
    batchSize,
    positives,
    negatives,
    seed: 1,
    stream: 0,
  });
  const rates = { learningRate: 1e-3, weightDecay: options.weightDecay ?? 0 };
  const optimizer = makeOptimizer('adam', rates, model.parameters);
  const ahead = batchesAhead(sampler);
  let [step, waited] = [0, 0];
  const next = (): Batch => {
    if (options.batches !== 'in line') return ahead.next();
    const at = step++;
    return sampler.propose(Math.floor(at / sampler.steps), at % sampler.steps);
  };
  const forward = (batch: Batch) => (): tf.Scalar =>
    objective.compute(model.score(batch, { training: true, seed: 1 }), batch);
  return {
    sampler,
    model,
    optimizer,
    get waited() {
      return waited;
    },
    run() {
      const t0 = performance.now();
      const batch = next();
      const t1 = performance.now();
      const { loss: value, gradients } = model.parameters.gradient(forward(batch));
      optimizer.apply(gradients);
      const t2 = performance.now();
      kernels().background.settle();
      waited = t1 - t0 + performance.now() - t2;
      return value;
    },
    parts() {
      const t0 = performance.now();
      const batch = next();
      const t1 = performance.now();
      tf.tidy(() => forward(batch)().dataSync());
      const t2 = performance.now();
      const { gradients } = model.parameters.gradient(forward(batch));
      const t3 = performance.now();
      optimizer.apply(gradients);
      const t4 = performance.now();
      return { batch: t1 - t0, forward: t2 - t1, gradient: t3 - t2, update: t4 - t3 };
    },
    dispose() {
      ahead.dispose();
      sampler.dispose?.();
      optimizer.dispose();
      model.parameters.dispose();
    },
  };
}
