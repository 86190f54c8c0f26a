import type { Contradiction } from '../paper.ts';

/** Found by reading the paper, and by recomputing its tables from their own cells. */
export const contradictions: readonly Contradiction[] = [
  {
    text: 'The floor of the corrected mean is e^(−1/t), the least that exp(s/t) can be for a cosine s; eq. 7 prints e^(1/t), the greatest, and the sentence after it e^(−1/t).',
    source: 'eq. 7',
  },
  { text: 'The sentence before eq. 22 swaps N and M: N are unlabelled, M are further positives.', source: 'eq. 22' },
  {
    text: '"The debiased MSE still provides slight gain": on Amazon-Books it is below in both metrics (3.35 and 2.61 against 3.36 and 2.68).',
    source: '§4.2; Table 2',
  },
  {
    text: 'The best temperature of MINE+ is "around 0.5 for all datasets"; the figure is of Gowalla alone, and Table 4 has 0.4 for Gowalla and Amazon-Books.',
    source: '§4.4, Fig. 3; Table 4',
  },
  {
    text: 'MINE+ on Amazon-Books has NDCG@20 4.05 in Table 2 and 4.06 in Table 3.',
    source: 'Tables 2, 3',
  },
  {
    text: '"The debiased losses and new information losses outperform the existing (biased) ones": MINE is below biased CCL in all six columns, MINE+ in three (Gowalla Recall@20, and both of Amazon-Books).',
    source: 'Abstract, §6; Table 2',
  },
  {
    text: '"The relatively inferior performance" of BPR beside InfoNCE: on Gowalla its NDCG@20 is the greater (13.62 against 13.43).',
    source: '§2.3; Tables 2, 3',
  },
  {
    text: 'Settings of MF-CCL, MF-BPR and iALS and the negative weights of InfoNCE are said to be in Appendix A, which has those of MINE+ and debiased CCL alone.',
    source: 'Table 3, §4.4; Appendix A',
  },
  {
    text: 'The algebra of Theorems 1 and 2 slips: eq. 26’s α = c_u − 1 drops a c_u and makes 1 − α negative for c_u > 2; the closed form after it has λ for α; λ′ of Theorem 2 is λ/((1 − α)c_u), from eq. 27 it is λ/(1 − α); eq. 24 and 27 print ⊗ for ⊘; B.1 prints √c_u where c_u is due.',
    source: 'eq. 24-27, Appendix B',
  },
  {
    text: 'Table 5’s regularisation is printed −9, which is read as 1e-9.',
    source: 'Table 5',
  },
];
