import type { Batch, ScoreContext, StepModel } from '@losslab/core';
import { ensure, ensureSame } from '../assert.ts';
import type { Check } from '../check.ts';
import { repetitiveBatch } from './batches.ts';
import { type ModelSubject, modelTrain } from './contract.ts';
import { scoreValues } from './evaluate.ts';

export function randomnessChecks({ contract, makeStep }: ModelSubject): Check[] {
  const start: Check = {
    name: 'starts from its seed: the same bits for the same one, others for another seed or scope',
    run() {
      const bits = (seed: number, scope?: string): string => {
        const model = makeStep({ seed, ...(scope && { scope }) });
        const arrays = model.parameters.arrays();
        model.parameters.dispose();
        return JSON.stringify(Object.values(arrays).map(({ data }) => [...data]));
      };
      const [first, again] = [bits(1), bits(1)];
      ensure(first === again, 'the same start for the same seed', () => 'another');
      ensure(first !== bits(2), 'another start for another seed', () => 'the same');
      ensure(bits(1, 'a') !== bits(1, 'b'), 'another start in another scope', () => 'the same');
    },
  };
  const scopes: Check = {
    name: 'puts its scope in front of parameter names',
    run() {
      const model = makeStep({ scope: 'gamma' });
      for (const name of Object.keys(model.parameters.arrays())) {
        ensure(name.startsWith('gamma'), 'a name that starts with gamma', () => name);
      }
      model.parameters.dispose();
    },
  };
  return [start, scopes, contract.dropout ? dropoutCheck(contract.dropout, makeStep) : noDropoutCheck(makeStep)];
}

const all = (model: StepModel, batch: Batch, context: ScoreContext): number[] => {
  const { positive, negative, labelled } = scoreValues(model, batch, context);
  return [...positive, ...negative, ...labelled];
};

function dropoutCheck(options: Readonly<Record<string, unknown>>, makeStep: ModelSubject['makeStep']): Check {
  return {
    name: 'drops as a pure function of (seed, epoch, step), in training alone',
    run() {
      const model = makeStep({ options });
      const batch = (epoch: number, step: number): Batch => ({ ...repetitiveBatch(modelTrain), epoch, step });
      const training = { training: true, seed: 1 };
      const first = all(model, batch(2, 3), training);
      const others = [
        all(model, batch(2, 4), training),
        all(model, batch(3, 3), training),
        all(model, batch(2, 3), { training: true, seed: 2 }),
        all(model, batch(2, 3), { training: false, seed: 1 }),
      ];
      ensureSame('scores after other batches', all(model, batch(2, 3), training), first);
      others.forEach((other, k) => {
        const what = ['another step', 'another epoch', 'another seed', 'evaluation'][k]!;
        ensure(`${other}` !== `${first}`, `other scores in ${what}`, () => 'the same');
      });
      const still = all(model, batch(9, 9), { training: false, seed: 5 });
      ensureSame('scores in evaluation', still, others[3]!);
      model.parameters.dispose();
    },
  };
}

function noDropoutCheck(makeStep: ModelSubject['makeStep']): Check {
  return {
    name: 'scores in training as in evaluation',
    run() {
      const model = makeStep();
      const batch = repetitiveBatch(modelTrain);
      ensureSame(
        'scores',
        all(model, batch, { training: true, seed: 3 }),
        all(model, batch, { training: false, seed: 3 }),
      );
      model.parameters.dispose();
    },
  };
}
