/** What the paper could not ask: on data whose true labels are known, does Γ̂ find the labels that flipped? */
import { type Interactions, itemsOf, LosslabError, type Ranker, type StepModel } from '@losslab/core';
import type { Generated } from '@losslab/data';
import { areaUnderCurve } from '@losslab/metrics';
import { finish, prepare, type RunConfigInput, trainParts } from '@losslab/trainer';
import { registry } from 'losslab';

/** Areas under the ROC curve, all users' pairs together; 1/2 is chance. A pair is flipped where it is liked and unvoted. */
export interface FlipAucs {
  /** Flipped above liked and voted, by σ(Γ̂): what σ(Γ̂) = p(R̃ = 0 | R = 1) says of itself. The voted ones are those of training. */
  readonly amongLiked: number;
  /** Flipped above rightly unvoted, by σ(Γ̂). */
  readonly flipProbability: number;
  /** The same by p(R = 1 | R̃ = 0), which orders as R̂ + ln σ(Γ̂) does. */
  readonly missed: number;
  /** The same by R̂ alone. */
  readonly preference: number;
  /** Unvoted pairs, and the flipped ones among them. */
  readonly unvoted: number;
  readonly flipped: number;
}

/**
 * Trains a loss with a noise model on generated data and holds what it says of unvoted pairs against the truth.
 * @throws LosslabError `bad-option` where the loss has no noise model, and as training does
 */
export async function measureFlips({ dataset, truth }: Generated, config: RunConfigInput): Promise<FlipAucs> {
  const parts = prepare({ config, dataset, plugins: registry });
  try {
    const noise = parts.auxiliary?.gamma;
    if (noise === undefined) {
      const got = parts.loss?.name ?? 'none';
      throw new LosslabError('bad-option', `[reproduce] expected a loss with Γ̂, got ${got}; take nbpo with L > 0`);
    }
    await finish(trainParts(parts));
    return compare(dataset.train, truth.liked, (parts.model as StepModel).ranker(), noise.ranker());
  } finally {
    parts.dispose();
  }
}

/** R̂ and Γ̂ of pairs of one kind. */
class Pairs {
  readonly r: number[] = [];
  readonly gamma: number[] = [];

  add(r: number, gamma: number): void {
    this.r.push(r);
    this.gamma.push(gamma);
  }

  /** R̂ + ln σ(Γ̂). */
  get missed(): number[] {
    return this.r.map((r, k) => r - softplus(-this.gamma[k]!));
  }
}

function compare(train: Interactions, liked: Interactions, model: Ranker, noise: Ranker): FlipAucs {
  const [voted, flipped, rightly] = [new Pairs(), new Pairs(), new Pairs()];
  for (let user = 0; user < train.userCount; user++) {
    const [seen, wanted] = [new Set(itemsOf(train, user)), new Set(itemsOf(liked, user))];
    const [r, gamma] = [scoresOf(model, user), scoresOf(noise, user)];
    for (let item = 0; item < train.itemCount; item++) {
      if (seen.has(item) && !wanted.has(item)) continue; // a false positive
      const kind = seen.has(item) ? voted : wanted.has(item) ? flipped : rightly;
      kind.add(r[item]!, gamma[item]!);
    }
  }
  return {
    amongLiked: auc(flipped.gamma, voted.gamma),
    flipProbability: auc(flipped.gamma, rightly.gamma),
    missed: auc(flipped.missed, rightly.missed),
    preference: auc(flipped.r, rightly.r),
    unvoted: flipped.r.length + rightly.r.length,
    flipped: flipped.r.length,
  };
}

/** One user's scores of all items. */
function scoresOf(ranker: Ranker, user: number): Float32Array {
  const out = new Float32Array(ranker.itemCount);
  if (ranker.kind === 'scores') {
    ranker.score(Int32Array.of(user), out);
    return out;
  }
  const { dimension: D, users, items } = ranker;
  return out.map((_, item) => {
    let sum = 0;
    for (let d = 0; d < D; d++) sum += users[user * D + d]! * items[item * D + d]!;
    return sum;
  });
}

const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

/** How often one of `above` is above one of `below`. */
function auc(above: readonly number[], below: readonly number[]): number {
  const all = Float32Array.from([...above, ...below]);
  const order = Uint32Array.from(all, (_, k) => k).sort((a, b) => all[b]! - all[a]!);
  return areaUnderCurve({
    labels: Float32Array.from(order, (k) => Number(k < above.length)),
    scores: Float32Array.from(order, (k) => all[k]!),
  });
}
