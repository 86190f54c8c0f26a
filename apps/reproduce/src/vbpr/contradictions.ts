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
    text: 'Improvements are "relative to the second-best results", but two of Recall@20 are relative to AdvInfoNCE, which is not: on MovieLens100K the second best is HCL’s .3270, from which .3389 is +3.64 % (printed: +3.96 %), on MovieLens1M PopDCL’s .2235, from which .2333 is +4.38 % (printed: +4.53 %).',
    source: 'Table 1',
  },
];
