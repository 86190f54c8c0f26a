import type { Contradiction } from '../paper.ts';

/** Found by reading the paper beside its code. */
export const contradictions: readonly Contradiction[] = [
  {
    text: 'Eq. 9 counts a positive once; the code adds its gradient once for each of its ρ negatives.',
    source: 'eq. 9; the authors’ code',
  },
  {
    text: 'MSGD takes a mean or a sum as one likes; the code sums over 5,000 positives, so that η and λ mean something else with another batch size.',
    source: '§4.1; the authors’ code',
  },
  {
    text: 'At the best λ_Φ on Amazon, 5, P and Q decay to zero: with η 0.05 each batch leaves three quarters of them, and their gradients vanish with them. Γ̂ is then 0 and NBPO is its own L = 0 case, whatever L is.',
    source: '§5.3, Fig. 7 and 8; our runs',
  },
  {
    text: 'Batch sizes are searched in {1000, ..., 5000}, a best one is not printed; the code has 5,000.',
    source: '§5.1.4; the authors’ code',
  },
  {
    text: 'The code’s defaults are not the paper’s best values: ρ 4, L 50 on Amazon; η 0.02, λ_Φ 1, K 50 on MovieLens.',
    source: '§5.2, §5.3; the authors’ code',
  },
  {
    text: 'MovieLens has 95.7539 % sparsity by its own row, printed 95.7535 %; it is 20-core in the script, which the paper does not say.',
    source: 'Table 1; the authors’ code',
  },
];
