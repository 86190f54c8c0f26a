import { makeOptimizer } from '@losslab/backend';
import type { Batch, NamedArrays, StepModel } from '@losslab/core';
import { ensure, ensureClose } from '../assert.ts';
import type { Check } from '../check.ts';
import { repetitiveBatch } from './batches.ts';
import { type ModelSubject, modelTrain } from './contract.ts';
import { copyArrays, weighedScores, weighedValue } from './evaluate.ts';

/** Wide, since values are float32; two widths are combined so that the error is of the fourth order. */
const STEP = 2 ** -5;

export function gradientChecks({ contract, makeStep }: ModelSubject): Check[] {
  const { tolerance = 2e-3, kinks = false } = contract;
  return (['drawn', 'in-batch'] as const).map((negatives) => ({
    name: `has the gradient of its scores and penalty, with users and items repeated, negatives ${negatives}`,
    run() {
      const model = makeStep();
      const batch = repetitiveBatch(modelTrain, negatives);
      const start = model.parameters.arrays();
      const gradients = gradientArrays(model, batch);
      for (const [name, gradient] of Object.entries(gradients)) {
        const found = Array.from(gradient, (_, index) => slope(model, batch, start, name, index));
        const largest = found.reduce((most, { value }) => Math.max(most, Math.abs(value)), 0);
        const within = tolerance * largest + 1e-6;
        const isSmooth = found.map(({ kink }) => !kinks || kink <= within);
        const smooth = isSmooth.filter(Boolean).length;
        ensure(
          2 * smooth >= found.length,
          `slopes of ${name} away from kinks, half at least`,
          () => `${smooth} of ${found.length}`,
        );
        const chosen = (values: readonly number[]): number[] => values.filter((_, index) => isSmooth[index]);
        const slopes = chosen(found.map(({ value }) => value));
        ensureClose(`∂/∂${name}`, chosen([...gradient]), slopes, { relative: 0, absolute: within });
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

interface Slope {
  readonly value: number;
  /** How far differences of two widths, and of the two sides, are from those of a smooth function. */
  readonly kink: number;
}

function slope(model: StepModel, batch: Batch, start: NamedArrays, name: string, index: number): Slope {
  const at = (by: number): { x: number; y: number } => {
    const arrays = copyArrays(start);
    const { data } = arrays[name]!;
    data[index]! += by;
    model.parameters.load(arrays);
    return { x: data[index]!, y: weighedValue(model, batch) }; // x: what float32 made of it
  };
  const here = at(0);
  const differences = (step: number): { central: number; second: number } => {
    const [above, below] = [at(step), at(-step)];
    return {
      central: (above.y - below.y) / (above.x - below.x),
      second: (above.y - here.y) / (above.x - here.x) - (here.y - below.y) / (here.x - below.x),
    };
  };
  const [wide, narrow] = [differences(STEP), differences(STEP / 2)];
  model.parameters.load(start);
  const kink = Math.max(Math.abs(narrow.central - wide.central), Math.abs(2 * narrow.second - wide.second));
  return { value: (4 * narrow.central - wide.central) / 3, kink };
}
