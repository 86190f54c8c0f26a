import { makeOptimizer } from '@losslab/backend';
import type { Batch, NamedArrays, StepModel } from '@losslab/core';
import { ensureClose } from '../assert.ts';
import type { Check } from '../check.ts';
import { repetitiveBatch } from './batches.ts';
import { type ModelSubject, modelTrain } from './contract.ts';
import { copyArrays, weighedScores, weighedValue } from './evaluate.ts';

/** Wide, since values are float32; two widths are combined so that the error is of the fourth order. */
const STEP = 2 ** -5;

export function gradientChecks({ contract, makeStep }: ModelSubject): Check[] {
  const { tolerance = 2e-3 } = contract;
  return (['drawn', 'in-batch'] as const).map((negatives) => ({
    name: `has the gradient of its scores and penalty, with users and items repeated, negatives ${negatives}`,
    run() {
      const model = makeStep();
      const batch = repetitiveBatch(modelTrain, negatives);
      const start = model.parameters.arrays();
      const found = gradientArrays(model, batch);
      for (const [name, gradient] of Object.entries(found)) {
        const slopes = gradient.map((_, index) => slope(model, batch, start, name, index));
        const largest = slopes.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
        ensureClose(`∂/∂${name}`, gradient, slopes, { relative: 0, absolute: tolerance * largest + 1e-6 });
      }
      model.parameters.dispose();
    },
  }));
}

/** Gradients by parameter: how far one plain step of rate 1 goes. Leaves the parameters as they were. */
export function gradientArrays(model: StepModel, batch: Batch): Record<string, Float32Array> {
  const { parameters } = model;
  const before = parameters.arrays();
  const { gradients } = parameters.gradient(() => weighedScores(model, batch));
  const optimizer = makeOptimizer('sgd', { learningRate: 1 }, parameters);
  optimizer.apply(gradients);
  optimizer.dispose();
  const after = parameters.arrays();
  parameters.load(before);
  const moved = Object.entries(before).map(([name, { data }]) => {
    return [name, Float32Array.from(data, (x, k) => x - after[name]!.data[k]!)] as const;
  });
  return Object.fromEntries(moved);
}

function slope(model: StepModel, batch: Batch, start: NamedArrays, name: string, index: number): number {
  const central = (step: number): number => {
    const [above, below] = [step, -step].map((by) => {
      const arrays = copyArrays(start);
      const { data } = arrays[name]!;
      data[index]! += by;
      const at = data[index]!; // what float32 made of it
      model.parameters.load(arrays);
      return { at, value: weighedValue(model, batch) };
    }) as [{ at: number; value: number }, { at: number; value: number }];
    return (above.value - below.value) / (above.at - below.at);
  };
  const result = (4 * central(STEP / 2) - central(STEP)) / 3;
  model.parameters.load(start);
  return result;
}
