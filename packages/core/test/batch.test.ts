import { idMatrix, inBatchNegatives, negativeIds } from '@losslab/core';
import { expect, test } from 'vitest';

test('in-batch negatives are the other rows’ observed positives, off the diagonal', () => {
  const positives = idMatrix(Int32Array.of(7, 70, 8, 80, 7, 71), 2); // [3, 2]: column 0 is observed
  expect(inBatchNegatives(positives)).toEqual({ data: Int32Array.of(8, 7, 7, 7, 7, 8), rows: 3, columns: 2 });
});

test('a batch of one has no in-batch negatives', () => {
  expect(inBatchNegatives(idMatrix(Int32Array.of(3), 1))).toEqual({ data: new Int32Array(0), rows: 1, columns: 0 });
});

test('negativeIds hands sampled ids through', () => {
  const negatives = idMatrix(Int32Array.of(1, 2), 2);
  const batch = { epoch: 0, step: 0, users: Int32Array.of(0), positives: idMatrix(Int32Array.of(4), 1), negatives };
  expect(negativeIds(batch)).toBe(negatives);
});
