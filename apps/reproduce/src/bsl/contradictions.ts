import type { Contradiction } from '../paper.ts';

/** Found by reading the paper beside its code and logs, and by recomputing its tables from their own cells. */
export const contradictions: readonly Contradiction[] = [
  {
    text: 'Eq. 18 has a temperature of its own on each side. The code has one temperature τ in both exponentials and a weight w on the logarithm of the negative sum, not multiplied by τ.',
    source: "eq. 18; the authors' code",
  },
  {
    text: 'Algorithm 1 raises the negative sum to t1/t2. Dividing eq. 18 by τ1 gives the exponent τ2/τ1, and a mean where the algorithm has a sum.',
    source: 'Algorithm 1, eq. 18',
  },
  {
    text: 'Both algorithms normalise the vector of the user in place of the items’ (emb_i = normalize(emb_u), and emb_j in Algorithm 1): as printed every score is 1.',
    source: 'Algorithms 1, 2',
  },
  {
    text: 'Eq. 4 "can be expressed" as eq. 5, which is τ times eq. 4 but for a constant: the same L2 weighs otherwise beside each. The code has eq. 4’s scale.',
    source: "eq. 4, 5; the authors' code",
  },
  {
    text: 'P_u⁻ is over the items that a user has not seen; the code draws negatives from all items.',
    source: "§II-A; the authors' code",
  },
  {
    text: 'Table V has LightGCN train with in-batch negatives and rank by inner products; the command for Movielens-1M draws 800 negatives uniformly and ranks by cosine.',
    source: "Table V; the authors' README",
  },
  {
    text: 'With one positive a row, as Algorithm 1 has it, τ1 cancels and eq. 18 is SL with τ2: the positive side needs several positives of a user.',
    source: 'Algorithm 1, eq. 18',
  },
  {
    text: "The README runs SL in mode reweight; the logs of SL on Yelp2018, Gowalla and ML-1M ran multi, which averages over a user's rows of the batch, so they are not SL. On ML-1M that log has .2809 / .2662, above BSL's .2804 in Recall@20; the table prints .2786 / .2633 for SL.",
    source: "Table II; the authors' logs and README",
  },
  {
    text: 'On Yelp2018, Gowalla and ML-1M the code reads the test part as validation part: the epoch is chosen on the numbers that are reported.',
    source: "§V-A; the authors' data loader",
  },
  {
    text: 'ML-1M is split 80/10/10, but its validation part is read by nobody: its items are not trained on, and stay among the candidates at test.',
    source: "Table I; the authors' data loader and evaluation",
  },
  {
    text: '"BSL consistently outperforms SL in all conditions": they tie in LightGCN on Movielens-1M NDCG@20 (.2627), SGL on Amazon Recall@20 (.0513) and SimSGL on Amazon NDCG@20 (.0239); SL is ahead in SimSGL on Amazon Recall@20 (.0515, .0514) and on Gowalla Recall@20 (.1835, .1834).',
    source: '§V-B; Tables II, III',
  },
  {
    text: 'The gains of MF-BSL on Gowalla, "16.0 % and 16.5 %, in terms of Recall@20 and NDCG@20", are swapped: .1882/.1616 is 16.5 %, .1584/.1366 is 16.0 %.',
    source: '§V-B; Table II',
  },
  {
    text: 'SL is "over 15 %" above the other losses with LightGCN on Yelp2018: .0736 is 13.4 % above BPR\'s .0649 in Recall@20 (NDCG@20: 15.5 %). Other data sets "exhibit similar patterns": on Gowalla it is 8.9 and 2.4 % above BPR with MF, 2.6 and 1.5 % with LightGCN.',
    source: '§I, Fig. 1; Table II',
  },
  {
    text: 'SL outperforms the others "by a significant margin on all four datasets", and on Gowalla "performs comparably with MF-BPR" (.1399 is 2.4 % above .1366 in NDCG@20).',
    source: '§V-B; Table II',
  },
  {
    text: 'On Gowalla SL is "unable to achieve superior performance against other baseline models" at any number of negatives, and with 2,048 "similar to BCE", "the best compared losses": in Table II, where 800 is usual, SL has .1760 in Recall@20, BPR .1616, BCE .1492 and MSE .1160.',
    source: '§V-C, Fig. 9, response to reviewer 14; Table II',
  },
  {
    text: 'Against false positives "the robustness of BSL is enhanced by increasing the ratio" τ1/τ2; a greater ratio is a smaller radius with "poor robustness against positive noise", and robustness is boosted "with τ1 decreasing".',
    source: '§V-D; §V-E, Fig. 13',
  },
  {
    text: '10 % of noise raises three of Amazon\'s four numbers (SL .0446 to .0465 and .0195 to .0203, BSL .0476 to .0482), where noise has "undoubtedly" a detrimental impact.',
    source: '§V-D; Tables II, IV',
  },
  {
    text: 'At 40 % noise "the decrease in performance ranges from 5 % to 15 %": BSL loses 3.1 % and 3.8 % on Movielens-1M.',
    source: '§V-D; Tables II, IV',
  },
  {
    text: '"The performance degradation of BSL is consistently lower than that of SL": on Amazon Recall@20 BSL loses more at 20, 30 and 40 % noise (2.3, 6.3, 10.1 % against 0.9, 5.6, 9.6 %), as it does in most of Amazon\'s NDCG@20.',
    source: '§V-D; Tables II, IV',
  },
  {
    text: 'On Gowalla BSL with 40 % noise "still surpasses" SL without noise: not in Recall@20 (.1758 against .1760). Its NDCG@20 is .1495 in the table, .1496 in the text.',
    source: '§V-D; Tables II, IV',
  },
  {
    text: "Eight printed improvements do not follow from their cells: SimSGL's four on Yelp2018, LightGCL's on Gowalla (Recall@20 of SL and BSL, NDCG@20 of BSL: +1.17 % where .1553 is below .1562), and Table IV's 30 % on Movielens-1M NDCG@20 (3.51 %, recomputed 3.92 %).",
    source: 'Tables III, IV',
  },
  {
    text: 'Temperatures are "searched with an interval of 0.10 in [0.05, 1.0]"; the code\'s are .08, .11, .14 and .17, which no such grid holds. Amazon\'s learning rate, 5e-4, is outside the grid {1e-3, 5e-3, 1e-4}, and its 1,024 negatives outside {200, 400, 800, 1500}.',
    source: "§V-A; the authors' README",
  },
];
