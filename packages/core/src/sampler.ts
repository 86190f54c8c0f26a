import type { Background } from '@losslab/kernels';
import type { Batch } from './batch.ts';
import type { Interactions, LabelledPairs } from './interactions.ts';
import type { ScoreFn } from './model.ts';
import type { OptionSchema } from './options.ts';
import type { NamedArrays } from './parameters.ts';

/** Makes batches. `propose` is a pure function of (seed, epoch, step, data), so batches can be made ahead, anywhere. */
export interface Sampler {
  readonly name: string;
  /** Steps in one epoch. */
  readonly steps: number;
  /** Whom negatives leave out: the user's training items, or nobody. The test kit holds a sampler to it. */
  readonly excludes: 'seen' | 'nobody';
  /**
   * @param into a batch that nobody needs any more: its arrays may be written again. Without it, arrays are new ones that
   *   no later call touches.
   * @param background where to call the kernels that write into those arrays, instead of calling them at once: the batch is
   *   then whole when `background.settle()` has returned. A sampler may leave it alone.
   */
  propose(epoch: number, step: number, into?: Batch, background?: Background): Batch;
  /** Changes a batch in the light of current scores; runs on the step's thread. */
  refine?(batch: Batch, score: ScoreFn): Batch;
  /** What `refine` remembers between steps, for checkpoints. */
  state?(): NamedArrays;
  load?(state: NamedArrays): void;
  /** Frees what it holds outside the JavaScript heap. Batches that were not proposed `into` others stay valid. */
  dispose?(): void;
}

export interface SamplerContext {
  readonly train: Interactions;
  readonly labelled?: LabelledPairs;
  readonly batchSize: number; // B
  readonly positives: number; // M, column 0 included
  readonly negatives: number | 'in-batch'; // N
  readonly seed: number;
  /** Tells the streams of one run apart; part of the counter. */
  readonly stream: number;
}

export type SamplerFactory<Options> = (options: Options, context: SamplerContext) => Sampler;

export interface SamplerDefinition<Options = unknown> {
  readonly kind: 'sampler';
  readonly name: string;
  readonly summary: string;
  readonly source: string;
  readonly options: OptionSchema<Options>;
  create(options: Options, context: SamplerContext): Sampler; // a SamplerFactory
}
