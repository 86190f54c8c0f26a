import type { Contradiction } from '../paper.ts';

/** Found by reading the paper beside its code, and by recomputing its tables from their own cells. */
export const contradictions: readonly Contradiction[] = [
  {
    text: 'Eq. 17 is the objective to descend and lacks the minus that Algorithm 1’s descent needs.',
    source: 'eq. 17, Algorithm 1',
  },
  {
    text: 'There is no validation part: "best" is the greatest of twenty evaluations on the test part, for each metric by itself.',
    source: '§5.1; the authors’ code',
  },
  {
    text: 'Recall is printed as hits divided by k; the code divides by the number of test items.',
    source: 'eq. 21; the authors’ code',
  },
  {
    text: 'Improvements are "relative to the second-best results", but on MovieLens100K Recall@20 the second best is HCL’s 0.3270, from which .3389 is +3.64 %; printed is +3.96 %.',
    source: 'Table 1',
  },
  {
    text: 'Every rating of the training file is a positive, low ones too, while test items are ratings of 4 and more: part of the noise is in the split.',
    source: '§5.1; the authors’ data',
  },
];
