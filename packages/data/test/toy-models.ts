import { hasInteraction, type Interactions, itemsOf } from '@losslab/core';
import { Random } from '@losslab/kernels';

const EVALUATED = 300;

/** Mean over the first 300 users with test items of the share of them among the user's 20 best, training items left out. */
export function recallAt20(
  train: Interactions,
  test: Interactions,
  score: (user: number, item: number) => number,
): number {
  let sum = 0;
  let users = 0;
  for (let u = 0; u < Math.min(EVALUATED, test.userCount); u++) {
    const wanted = new Set(itemsOf(test, u));
    if (wanted.size === 0) continue;
    const scores = Float64Array.from({ length: train.itemCount }, (_, i) => score(u, i));
    for (const item of itemsOf(train, u)) scores[item] = Number.NEGATIVE_INFINITY;
    const order = Array.from(scores.keys()).sort((a, b) => scores[b]! - scores[a]! || a - b);
    sum += order.slice(0, 20).filter((item) => wanted.has(item)).length / wanted.size;
    users++;
  }
  return sum / users;
}

/** Matrix factorization by BPR (Rendle et al. 2009), stochastic gradient descent, one negative a positive. */
export function trainMf(
  train: Interactions,
  { dimension = 16, epochs = 15, rate = 0.05, decay = 0.01, seed = 7 } = {},
) {
  const random = new Random({ seed });
  const draw = (rows: number) => Float64Array.from({ length: rows * dimension }, () => 0.1 * random.normal());
  const [users, items] = [draw(train.userCount), draw(train.itemCount)];
  const dot = (u: number, i: number) => {
    let sum = 0;
    for (let d = 0; d < dimension; d++) sum += users[u * dimension + d]! * items[i * dimension + d]!;
    return sum;
  };
  const userOf = new Int32Array(train.indices.length);
  for (let u = 0; u < train.userCount; u++) userOf.fill(u, train.indptr[u]!, train.indptr[u + 1]!);
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const k of random.permutation(train.indices.length)) {
      const [u, i] = [userOf[k]!, train.indices[k]!];
      let j = random.int(train.itemCount);
      while (hasInteraction(train, u, j)) j = random.int(train.itemCount);
      const pull = 1 / (1 + Math.exp(dot(u, i) - dot(u, j)));
      for (let d = 0; d < dimension; d++) {
        const [a, b, c] = [u * dimension + d, i * dimension + d, j * dimension + d];
        const [p, q, r] = [users[a]!, items[b]!, items[c]!];
        users[a] = p + rate * (pull * (q - r) - decay * p);
        items[b] = q + rate * (pull * p - decay * q);
        items[c] = r + rate * (-pull * p - decay * r);
      }
    }
  }
  return dot;
}
