import type { SamplerContext } from '@losslab/core';
import { expected } from './errors.ts';
import { checkWhole } from './order.ts';

/** N, for samplers that choose each row's negatives. @throws LosslabError `bad-option` where they are in-batch */
export function drawnColumns(name: string, { negatives }: Pick<SamplerContext, 'negatives'>): number {
  if (negatives === 'in-batch') {
    const remedy = `${name} chooses negatives row by row`;
    throw expected('bad-option', 'a number of negatives', 'in-batch', remedy, 'negatives');
  }
  checkWhole('negatives', negatives, 0);
  return negatives;
}
