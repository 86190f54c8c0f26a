import * as tf from '@tensorflow/tfjs';
import { ensure, ensureFinite } from '../assert.ts';
import type { Check } from '../check.ts';
import type { Dimension, LossSubject } from './contract.ts';
import { type LossCase, negativeColumns } from './fixture.ts';
import { fromTensors, toTensors } from './scores.ts';
import { casesOf } from './values.ts';

export function inspectionChecks(subject: LossSubject): Check[] {
  const { contract, make } = subject;
  if (make().inspect === undefined && contract.inspects === undefined) return [];
  return [
    {
      name: 'shows on inspection what it says, in finite numbers',
      run() {
        for (const example of casesOf(subject, make())) ensureShown(subject, example);
      },
    },
  ];
}

function ensureShown({ contract, make }: LossSubject, { batch, scores, shape }: LossCase): void {
  const { inspects = {} } = contract;
  tf.tidy(() => {
    const found = make().inspect?.(fromTensors(scores, toTensors(scores, shape)), batch) ?? {};
    const names = Object.keys(found).sort().join(', ');
    const expected = Object.keys(inspects).sort().join(', ');
    ensure(names === expected, `inspect() to show ${expected || 'nothing'}`, () => names || 'nothing');
    const sizes: Record<Dimension, number> = {
      B: shape.rows,
      M: shape.positives,
      N: negativeColumns(shape),
      L: shape.labelled,
    };
    for (const [name, dimensions] of Object.entries(inspects)) {
      const wanted = `[${dimensions.map((d) => (typeof d === 'number' ? d : sizes[d]))}]`;
      const tensor = found[name]!;
      ensure(wanted === `[${tensor.shape}]`, `${name} of shape [${dimensions}] = ${wanted}`, () => `[${tensor.shape}]`);
      ensureFinite(name, tensor.dataSync());
    }
  });
}
