import { type Dataset, type Interactions, itemsOf, LosslabError, type Ranker, type StepModel } from '@losslab/core';
import { type GenerateOptions, generate } from '@losslab/data';
import { areaUnderCurve } from '@losslab/metrics';
import { loadRun, parseConfig, prepare, type RunConfigInput } from '@losslab/trainer';
import { registry } from 'losslab';
import type { Probed } from './probe.ts';

/**
 * On generated data, whose true labels are known: does the noise model Γ̂ find the labels that flipped? A pair is flipped where
 * it is liked and unvoted. Gives one number each, areas under the ROC curve over all users' pairs, ½ by chance:
 *
 * - `amongLiked`, flipped above liked and voted, by σ(Γ̂): what σ(Γ̂) = p(R̃ = 0 | R = 1) says of itself;
 * - `flipProbability`, flipped above rightly unvoted, by σ(Γ̂);
 * - `missed`, the same by p(R = 1 | R̃ = 0), which orders as R̂ + ln σ(Γ̂) does;
 * - `preference`, the same by R̂ alone;
 *
 * and the counts `unvoted` and, of these, `flipped`. Voted pairs are those of the training part.
 */
export interface FlipsProbe {
  readonly kind: 'flips';
}

/** @throws LosslabError `bad-option` where the loss has no noise model, or the data is not generated */
export async function probeFlips(run: string, config: RunConfigInput, dataset: Dataset): Promise<Probed> {
  const { arrays, auxiliary, dispose } = await loadRun(run, registry);
  dispose();
  const parts = prepare({ config, dataset, plugins: registry });
  try {
    const noise = parts.auxiliary?.gamma;
    if (noise === undefined) throw misfit('a loss with Γ̂', parts.loss?.name ?? 'none', 'take nbpo with L > 0', 'loss');
    const model = parts.model as StepModel;
    model.parameters.load(arrays);
    noise.parameters.load(auxiliary.gamma!);
    const found = flipAucs(dataset.train, likedOf(config), model.ranker(), noise.ranker());
    return Object.fromEntries(Object.entries(found).map(([name, value]) => [name, [value]]));
  } finally {
    parts.dispose();
  }
}

/** What each user likes: the same options generate the same data. */
function likedOf(config: RunConfigInput): Interactions {
  const { name, generate: options } = parseConfig(config).data ?? { name: 'none' };
  if (name !== 'generated') throw misfit('generated data, whose truth is known', name, 'take --data generated', 'data');
  return generate(options as GenerateOptions).truth.liked;
}

function misfit(expected: string, got: string, remedy: string, where: string): LosslabError {
  return new LosslabError('bad-option', `[reproduce] expected ${expected}, got ${got}; ${remedy}`, { where });
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

/** The numbers of the probe, by their names. */
export function flipAucs(train: Interactions, liked: Interactions, model: Ranker, noise: Ranker) {
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
