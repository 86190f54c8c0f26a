import { useEngine } from '@losslab/backend';
import type { LossDefinition, ModelDefinition, SamplerDefinition } from '@losslab/core';
import { lightGcn } from '@losslab/models';
import { inProcess } from '../contender.ts';
import type { Floor } from '../floor.ts';
import { edgeFile, gowalla } from '../gowalla.ts';
import { type LosslabStep, losslabStep } from '../losslab-step.ts';
import { torchPeer } from '../peer.ts';
import type { Budget, Case } from './case.ts';

interface LightGcnCase<Options> {
  readonly name: string;
  readonly title: string;
  readonly layers: number;
  readonly loss: LossDefinition<Options>;
  readonly lossOptions?: Partial<Options>;
  readonly similarity: 'dot' | 'cosine';
  /** By default uniform over all items. */
  readonly sampler?: { readonly definition: SamplerDefinition; readonly options: object };
  /** The same step's name in torch_peer.py. */
  readonly torch: string;
  readonly budgets: readonly Budget[];
}

const sizes = { users: 29_858, items: 40_981, batch: 2048, negatives: 1, dimension: 64 };
const EDGES = 810_128;
const ROUNDS = 11;

/** Passes over all edges in both directions, K forward and K back, of which the two outermost need the batch's edges alone. */
function floorOf(layers: number): Floor {
  const passes = 2 * (layers - 1);
  const rowBytes = passes * 2 * EDGES * sizes.dimension * 4;
  const numbers = (sizes.users + sizes.items) * sizes.dimension;
  return {
    operations: (rowBytes / 4) * 2 + numbers * 12,
    rowBytes,
    bytes: numbers * 4 * 6,
    counted: `${passes} passes over ${(2 * EDGES).toLocaleString('en')} entries, a row each; all rows through Adam`,
  };
}

/** One training step of LightGCN on Gowalla's graph beside the same step in PyTorch, and its parts. */
export function lightGcnCase<Options>(given: LightGcnCase<Options>): Case {
  const { name, title, layers, budgets, similarity, sampler, lossOptions } = given;
  let step: LosslabStep;
  let source: string;
  return {
    name,
    title,
    rounds: ROUNDS,
    budgets,
    floor: floorOf(layers),
    async contenders() {
      const engine = await useEngine('simd');
      const graph = await gowalla();
      source = graph.source;
      const model = { definition: lightGcn as ModelDefinition, options: { layers } };
      const options = { similarity, model };
      const chosen = { ...options, ...(lossOptions && { loss: lossOptions }), ...(sampler && { sampler }) };
      step = losslabStep(given.loss as LossDefinition, chosen, sizes, { train: graph.train, exclude: 'nobody' });
      const label = `losslab (${engine.name}, ${engine.build} build, ${engine.threads} threads)`;
      const edges = edgeFile(graph.train);
      const peer = await torchPeer(given.torch, { ...sizes, layers, edges: edges.path });
      edges.remove(); // a peer reads it before it is ready
      return [inProcess(label, () => step.run()), peer];
    },
    parts() {
      const runs = Array.from({ length: ROUNDS }, () => step.parts());
      const names = Object.keys(runs[0]!) as (keyof (typeof runs)[0])[];
      return Object.fromEntries(names.map((part) => [part, runs.map((run) => run[part])]));
    },
    facts: () => ({ graph: source }),
    close: () => step.dispose(),
  };
}
