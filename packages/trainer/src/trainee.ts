import type { Loss, NamedArrays, Optimizer, Parameters, Sampler, Step, StepModel } from '@losslab/core';
import { LosslabError } from '@losslab/core';
import { arraysOf, auxiliarySet, firstNotFinite, joinArrays } from './arrays.ts';
import type { TrainParts } from './parts.ts';
import { singleUpdate } from './single-update.ts';

/** Everything that moves while a step model trains, and the procedure that moves it. */
export interface Trainee {
  readonly model: StepModel;
  readonly auxiliary: Readonly<Record<string, StepModel>>;
  readonly loss: Loss;
  readonly parameters: Parameters;
  readonly optimizer: Optimizer;
  /** Before any schedule. */
  readonly learningRate: number;
  readonly freshOptimizer: (name: string, learningRate: number) => Optimizer;
  readonly step: Step;
  /** By stream of the procedure. */
  readonly samplers: Readonly<Record<string, Sampler>>;
  /** Of an epoch, as the first stream's sampler counts them. */
  readonly stepsPerEpoch: number;
}

/** @throws LosslabError `bad-plugin` where a step model's parts do not fit together. */
export function traineeOf(parts: TrainParts, model: StepModel): Trainee {
  const { loss, sampler, optimizer, auxiliary = {}, step = singleUpdate } = parts;
  if (loss === undefined || sampler === undefined || optimizer === undefined) {
    const missing = Object.entries({ loss, sampler, optimizer }).find(([, part]) => part === undefined)![0];
    throw misfit('bad-option', `a ${missing} for ${model.name}`, 'none', `name one`, missing);
  }
  for (const name of Object.keys(loss.needs.auxiliary ?? {})) {
    if (auxiliary[name] === undefined) {
      throw misfit('bad-plugin', `the auxiliary model ${name} of ${loss.name}`, 'none', 'pass it in auxiliary', 'loss');
    }
  }
  const first = step.streams[0]?.name ?? 'train';
  return {
    model,
    auxiliary,
    loss,
    parameters: parts.parameters ?? model.parameters,
    optimizer,
    learningRate: optimizer.learningRate,
    freshOptimizer: parts.freshOptimizer ?? noFresh,
    step,
    samplers: samplersOf(step, { ...parts.streams, [first]: sampler }),
    stepsPerEpoch: sampler.steps,
  };
}

function samplersOf(step: Step, given: Readonly<Record<string, Sampler>>): Readonly<Record<string, Sampler>> {
  for (const { name } of step.streams) {
    if (given[name] === undefined) {
      throw misfit('bad-plugin', `a sampler for stream ${name} of ${step.name}`, 'none', 'pass it in streams', 'step');
    }
    if (given[name].steps < 1) {
      throw misfit('bad-data', `stream ${name} to have a step`, 'none', 'train on data that is not empty', 'data');
    }
  }
  return given;
}

function noFresh(name: string): never {
  throw misfit('bad-option', `a way to make ${name} optimizers`, 'none', 'pass freshOptimizer', 'step');
}

/**
 * Copies of parameters, moments, clocks and states.
 * @throws LosslabError `not-finite` where a parameter is NaN or infinite: such a state is not worth keeping.
 */
export function traineeArrays({ parameters, optimizer, samplers, step }: Trainee): NamedArrays {
  const moved = parameters.arrays({ raw: true });
  const bad = firstNotFinite(moved);
  if (bad !== undefined) {
    throw misfit(
      'not-finite',
      `finite parameters`,
      `NaN or infinity in ${bad}`,
      'lower the learning rate',
      'optimizer',
    );
  }
  const states = Object.entries(samplers).map(([stream, sampler]) => [`sampler:${stream}`, sampler.state?.()] as const);
  return joinArrays({
    parameters: moved,
    optimizer: optimizer.state(),
    ...Object.fromEntries(states),
    step: step.state?.(),
  });
}

/** Puts `traineeArrays` back. */
export function loadTrainee({ parameters, optimizer, samplers, step }: Trainee, arrays: NamedArrays): void {
  parameters.load(arraysOf(arrays, 'parameters'));
  optimizer.load(arraysOf(arrays, 'optimizer'));
  for (const [stream, sampler] of Object.entries(samplers)) sampler.load?.(arraysOf(arrays, `sampler:${stream}`));
  step.load?.(arraysOf(arrays, 'step'));
}

/** Copies of the parameters of the model and its auxiliary ones, each under its own name. */
export function modelArrays({ model, auxiliary }: Pick<Trainee, 'model' | 'auxiliary'>): NamedArrays {
  const others = Object.entries(auxiliary).map(([name, { parameters }]) => [auxiliarySet(name), parameters.arrays()]);
  return joinArrays({ model: model.parameters.arrays(), ...Object.fromEntries(others) });
}

export function loadModels({ model, auxiliary }: Pick<Trainee, 'model' | 'auxiliary'>, arrays: NamedArrays): void {
  model.parameters.load(arraysOf(arrays, 'model'));
  for (const [name, { parameters }] of Object.entries(auxiliary)) {
    parameters.load(arraysOf(arrays, auxiliarySet(name)));
  }
}

function misfit(
  code: 'bad-option' | 'bad-plugin' | 'bad-data' | 'not-finite',
  expected: string,
  got: string,
  remedy: string,
  where: string,
): LosslabError {
  return new LosslabError(code, `[trainer] expected ${expected}, got ${got}; ${remedy}`, { where });
}
