import type { LossDefinition, ModelDefinition, SamplerDefinition } from '@losslab/core';
import { toyAuxiliaryLoss } from './auxiliary-loss.ts';
import { toyFactors } from './factors.ts';
import { toyFactsLoss } from './facts-loss.ts';
import { toyHardest } from './hardest.ts';
import { toyInBatchLoss } from './in-batch-loss.ts';
import { toyLabelledLoss } from './labelled-loss.ts';
import { toyNeighbours } from './neighbours.ts';
import { toyStoppedLoss } from './stopped-loss.ts';

export { toyDataset } from './dataset.ts';
export { toyTwoUpdates } from './two-updates.ts';
export {
  toyAuxiliaryLoss,
  toyFactors,
  toyFactsLoss,
  toyHardest,
  toyInBatchLoss,
  toyLabelledLoss,
  toyNeighbours,
  toyStoppedLoss,
};

const byName = <Definition extends { readonly name: string }>(all: readonly Definition[]): Record<string, Definition> =>
  Object.fromEntries(all.map((definition) => [definition.name, definition]));

/** Small parts, one for each thing that a part may ask of the trainer, by name as in a registry. */
export const toyPlugins: {
  readonly losses: Readonly<Record<string, LossDefinition>>;
  readonly models: Readonly<Record<string, ModelDefinition>>;
  readonly samplers: Readonly<Record<string, SamplerDefinition>>;
} = {
  losses: byName<LossDefinition>([toyAuxiliaryLoss, toyFactsLoss, toyInBatchLoss, toyLabelledLoss, toyStoppedLoss]),
  models: byName<ModelDefinition>([toyFactors, toyNeighbours]),
  samplers: byName<SamplerDefinition>([toyHardest]),
};
