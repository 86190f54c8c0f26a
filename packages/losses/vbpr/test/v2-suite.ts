import { dataFacts, type LossDefinition } from '@losslab/core';
import type { V2Options } from '@losslab/loss-vbpr';
import { addMatchers } from '@losslab/testkit';
import { expect, test } from 'vitest';
import { fixedWeightSlopes, inRows, options, type RowLoss, ratedCase, ratedTrain } from './v2.ts';

/** The gradient that a form of v2 means to have is its value's with α and β held fixed: by differences, in float64. */
export function testOracle({ name, create }: LossDefinition<V2Options>, row: RowLoss): void {
  test(`the gradient that ${name} means to have is that of its value with α and β held fixed`, () => {
    addMatchers();
    const example = ratedCase({ rows: 5, positives: 3, negatives: 4, labelled: 0 });
    const { gradient } = create(options, dataFacts(ratedTrain));
    if (gradient === 'exact') throw new Error(`${name} stops gradients at α and β: expected an oracle`);
    const oracle = gradient(example.scores, example.batch);
    const slopes = fixedWeightSlopes(inRows(example), example.batch, row);
    expect(slopes.positive.flat().every((slope) => slope < 0)).toBe(true);
    expect(oracle.positive).toBeCloseToArray(slopes.positive.flat(), { absolute: 1e-8 });
    expect(oracle.negative).toBeCloseToArray(slopes.negative.flat(), { absolute: 1e-8 });
  });
}
