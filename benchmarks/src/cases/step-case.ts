import { useEngine } from '@losslab/backend';
import type { LossDefinition, ModelDefinition } from '@losslab/core';
import { type Contender, inProcess, type Missing } from '../contender.ts';
import type { Floor } from '../floor.ts';
import { kernelTimes } from '../kernel-times.ts';
import { type LosslabStep, losslabStep, type StepSizes } from '../losslab-step.ts';
import { torchPeer } from '../peer.ts';
import type { Budget, Case } from './case.ts';

interface StepCase<Options> {
  readonly name: string;
  readonly title: string;
  readonly rounds: number;
  /** Steps in a turn, as in training one follows another; one where absent. */
  readonly turn?: number;
  readonly sizes: StepSizes;
  readonly loss: LossDefinition<Options>;
  readonly similarity: 'dot' | 'cosine';
  readonly lossOptions?: Partial<Options>;
  /** Coupled, of both programs. */
  readonly weightDecay?: number;
  /** By default MF. */
  readonly model?: { readonly definition: ModelDefinition; readonly options: object };
  /** The same step's name in torch_peer.py. */
  readonly torch: string;
  readonly budgets: readonly Budget[];
  readonly floor: Floor;
  readonly others?: () => Promise<readonly (Contender | Missing)[]>;
}

/** One training step beside the same step in PyTorch, and its parts. */
export function stepCase<Options>(given: StepCase<Options>): Case {
  const { name, title, rounds, turn, budgets, floor, sizes, similarity, lossOptions, model, weightDecay = 0 } = given;
  let step: LosslabStep;
  return {
    name,
    title,
    rounds,
    ...(turn !== undefined && { turn }),
    budgets,
    floor,
    async contenders() {
      const engine = await useEngine('simd');
      const options = { similarity, weightDecay, ...(lossOptions && { loss: lossOptions }), ...(model && { model }) };
      step = losslabStep(given.loss, options, sizes);
      const label = `losslab (${engine.name}, ${engine.build} build, ${engine.threads} threads)`;
      const own = inProcess(label, () => step.run());
      return [own, await torchPeer(given.torch, { ...sizes, weightDecay }), ...((await given.others?.()) ?? [])];
    },
    parts() {
      const runs = Array.from({ length: rounds }, () => step.parts());
      const names = Object.keys(runs[0]!) as (keyof (typeof runs)[0])[];
      return Object.fromEntries(names.map((part) => [part, runs.map((run) => run[part])]));
    },
    profile: () => kernelTimes(() => step.run(), rounds * (turn ?? 1)),
    close: () => step.dispose(),
  };
}
