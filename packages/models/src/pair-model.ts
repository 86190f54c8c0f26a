import { ParameterSet } from '@losslab/backend';
import {
  type Batch,
  LosslabError,
  type ModelContext,
  type ModelDefinition,
  type OptionSchema,
  Random,
  type ScoreContext,
  type ScoreRanker,
  type StepModel,
} from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import * as z from 'zod';
import { pairsOf, scoresOf } from './ncf/pairs.ts';

/** A model in plain tfjs: what training moves, and how pairs are scored. */
export interface PairNetwork {
  /** Variables, or weights of layers (`model.trainableWeights`). A record gives them names; in checkpoints a list has numbers. */
  readonly weights:
    | readonly (tf.Variable | tf.LayerVariable)[]
    | Readonly<Record<string, tf.Variable | tf.LayerVariable>>;
  /** Scores of the pairs (users[n], items[n]), int32 both: [n] or [n, 1], on the tape. */
  score(users: tf.Tensor1D, items: tf.Tensor1D, context: ScoreContext): tf.Tensor;
  /** Added to the loss. */
  penalty?(batch: Batch): tf.Scalar;
}

export interface PairModelOptions<Options> {
  readonly name: string;
  readonly summary?: string;
  readonly source?: string;
  /** Of the model; none without it. */
  readonly options?: OptionSchema<Options>;
  /**
   * Makes the network with its initial values. Called again for each ranker, which is a copy, so variables go without names of
   * their own (`tf.variable(values)`).
   */
  create(context: ModelContext, options: Options): PairNetwork;
}

/** Pairs that are ranked at a time. */
const BLOCK = 16_384;

/**
 * A model of one's own from a function that scores pairs by tfjs ops or layers, for `train`, `loadRun` and the command: it scores
 * batches of any shape and ranks the whole catalogue, pair by pair.
 */
export function pairModel<Options = Record<string, never>>(own: PairModelOptions<Options>): ModelDefinition<Options> {
  const { name, summary = 'A model of pairs in plain TensorFlow.js.', source = 'unpublished' } = own;
  const options = own.options ?? (z.strictObject({}) as unknown as OptionSchema<Options>);
  const create = (chosen: Options, context: ModelContext) => stepModel(own, chosen, context);
  return { kind: 'model', name, fitted: false, summary, source, options, create };
}

function stepModel<Options>(own: PairModelOptions<Options>, chosen: Options, context: ModelContext): StepModel {
  const start = { ...context, seed: seedOf(context) };
  const network = own.create(start, chosen);
  const parameters = parametersOf(network, own.name, context.scope);
  return {
    kind: 'step',
    name: own.name,
    parameters,
    score(batch, at) {
      const { users, items } = pairsOf(batch);
      return scoresOf(scorePairs(network, own.name, users, items, at), batch);
    },
    ...(network.penalty && { penalty: (batch: Batch) => network.penalty!(batch) }),
    ranker() {
      const copy = own.create(start, chosen);
      const frozen = parametersOf(copy, own.name, context.scope);
      frozen.load(parameters.arrays());
      return pairRanker(copy, own.name, context, () => frozen.dispose());
    },
  };
}

/** Auxiliary models of one seed start apart. */
function seedOf({ seed, scope = '' }: ModelContext): number {
  const stream = [...scope].reduce((hash, letter) => (hash * 31 + letter.codePointAt(0)!) % 0x1_0000, 0);
  return scope === '' ? seed : new Random({ seed, stream }).int(0x7fff_ffff);
}

function parametersOf({ weights }: PairNetwork, name: string, scope: string | undefined): ParameterSet {
  const named = Array.isArray(weights)
    ? weights.map((weight, at) => [`weight${at}`, weight] as const)
    : Object.entries(weights as Readonly<Record<string, tf.Variable | tf.LayerVariable>>);
  if (named.length === 0) throw misfit(name, 'weights to train', 'none', 'list them');
  const variables = named.map(([key, weight]) => [scope ? `${scope}.${key}` : key, variableOf(weight)] as const);
  return new ParameterSet({ variables: Object.fromEntries(variables) });
}

/** What is read from a layer's weight is its variable, though its type says less. */
const variableOf = (weight: tf.Variable | tf.LayerVariable): tf.Variable =>
  weight instanceof tf.Variable ? weight : (weight.read() as tf.Variable);

function scorePairs(
  network: PairNetwork,
  name: string,
  users: Int32Array,
  items: Int32Array,
  at: ScoreContext,
): tf.Tensor1D {
  const [left, right] = [tf.tensor1d(users, 'int32'), tf.tensor1d(items, 'int32')];
  const scores = network.score(left, right, at);
  const n = users.length;
  if (scores.size === n) return tf.reshape(scores, [n]);
  throw misfit(name, `scores of shape [${n}] or [${n},1]`, `[${scores.shape}]`, 'return a score a pair');
}

function pairRanker(network: PairNetwork, name: string, context: ModelContext, free: () => void): ScoreRanker {
  const { userCount, itemCount } = context.facts;
  const at: ScoreContext = { training: false, seed: context.seed };
  let live = true;
  const pairs = (users: Int32Array, items: Int32Array, out: Float32Array = new Float32Array(users.length)) => {
    if (!live) throw misfit(name, 'a live ranker', 'a disposed one', 'make another');
    for (let from = 0; from < users.length; from += BLOCK) {
      const [left, right] = [users.slice(from, from + BLOCK), items.slice(from, from + BLOCK)];
      tf.tidy(() => out.set(scorePairs(network, name, left, right, at).dataSync<'float32'>(), from));
    }
    return out;
  };
  const most = Math.max(1, Math.floor(BLOCK / itemCount)); // users at a time
  return {
    kind: 'scores',
    userCount,
    itemCount,
    score(users, out) {
      for (let first = 0; first < users.length; first += most) {
        const length = Math.min(most, users.length - first) * itemCount;
        const left = Int32Array.from({ length }, (_, at) => users[first + Math.floor(at / itemCount)]!);
        const right = Int32Array.from({ length }, (_, at) => at % itemCount);
        pairs(left, right, out.subarray(first * itemCount, first * itemCount + length));
      }
    },
    pairs: (users, items) => pairs(users, items),
    dispose() {
      if (live) free();
      live = false;
    },
  };
}

function misfit(name: string, expected: string, got: string, remedy: string): LosslabError {
  return new LosslabError('bad-plugin', `[models] expected ${expected} of ${name}, got ${got}; ${remedy}`, {
    where: 'model',
  });
}
