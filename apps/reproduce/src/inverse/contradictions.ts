import type { Contradiction } from '../paper.ts';

/** Found by reading the paper beside its code, and by recomputing its numbers from its own cells. */
export const contradictions: readonly Contradiction[] = [
  {
    text: 'Ratings "over 3 and under 2" are liked and disliked, which leaves 2 and 3 out; the code takes over 2 as liked and the rest as disliked, and Table 3’s density of 4.19 % is that of all 1,000,209 ratings.',
    source: 'A.4, Table 3; the authors’ code',
  },
  {
    text: 'ML1M has "6,041" users and "3,953" items: the largest id and one more, as the code counts. The file has 6,040 users and 3,706 items.',
    source: 'Table 3; the authors’ code and data',
  },
  {
    text: 'NeuMF with IG "is even better than GMF with IG": on ML1M it is below it in all three metrics (.9449/.9521, .8253/.8318, .7569/.7642).',
    source: '§4.2, Table 1',
  },
  {
    text: '"AUC by 9.25% against state-of-the-art methods" is .8198 over .7504, NeuMF on Micro Video with no method at all; the gain on the best other row of that table with GMF is 0.11 %.',
    source: 'abstract, Table 1',
  },
  {
    text: 'The second best is underlined twice in several columns, and GMF’s IDL with the least GAUC of its column (.6400) is among them.',
    source: 'Table 1',
  },
  {
    text: '"Only" for AUC and GAUC of NeuMF on ML1M does IDL beat the backbone "without" it; its NDCG there is .9212 against .9214, so that "only" is by two digits of the fourth place.',
    source: '§4.2, Table 1',
  },
  {
    text: 'Figure 1, of no named backbone: unlabelled data "boosts performance a lot" on ML1M. In Table 1’s AUC it does with NeuMF (.7962/.7524) and harms with GMF (.7304/.7671).',
    source: '§1, Fig. 1, Table 1',
  },
  {
    text: 'Treating unlabelled pairs as negative "will confuse the model"; on ML1M NS is above None in NDCG and GAUC with both backbones (GMF: .9400/.9285, .7200/.6919).',
    source: '§4.2, Table 1',
  },
  {
    text: 'Theorem 1 has two cases, §3.2.1 three. The proof is of one instance that the gradient and the labelled loss share; θⁱ in A.1 steps by the gradient of labelled data, where Definition 2 has that of unlabelled data.',
    source: 'Theorem 1, §3.2.1, A.1',
  },
  {
    text: 'α = 0.1 γ by the text; the code’s two learning rates are both 1e-3 unless they are set, and IDL’s is 1e-2.',
    source: '§4.1.3; the authors’ code',
  },
  {
    text: 'In training-train the code never zeroes gradients, nor those of its two candidates, so that they pile up, and it makes Adam anew after each training-test step: no line of Algorithm 1 says so, and no baseline is trained in this way.',
    source: 'Algorithm 1; the authors’ code',
  },
  {
    text: 'NDCG@10 by the text and by the code of IDL; the code of IG takes 20.',
    source: '§4.1.2; the authors’ code',
  },
  {
    text: 'MRR is announced and never reported; the code ranks the labels by the labels, so that every model would have the same.',
    source: '§4.1.2; the authors’ code',
  },
];
