/**
 * IG, inverse gradient. Lin et al., "Inverse Learning with Extremely Sparse Feedback for Recommendation", WSDM 2024, §3.2 and
 * Algorithm 1, around any loss and any model:
 *
 *     training-train:  θ ← θ − γ ∇L_Dˡ(θ)                                                    (lines 3-6)
 *     training-test:   θᵈ = θ − α ∇L_Dᵘ(θ),   θⁱ = θ + α ∇L_Dᵘ(θ)                             (lines 8-11)
 *                      θ ← argmin over {θᵈ, θ, θⁱ} of L_Dˡ                                    (lines 12-17)
 *                      θ ← θ − γ ∇L_Dˡ(θ)                                                    (line 18)
 *
 * An epoch is a pass over training-train, then one over training-test. Dᵘ are unlabelled items of the users of the training-test
 * batch, L_Dᵘ what the loss makes of them (eq. 4 with `idl`). Ties keep θ, then θᵈ.
 * Deviation: with `innerOptimizer: 'adam'` the candidates are steps of a fresh Adam, as in the code: α is below float32's
 * resolution of θ as a factor of plain gradients. `'sgd'` is Algorithm 1 to the letter.
 * Deviation: the code never zeroes gradients in training-train, nor those of its candidates, so that they pile up over the run,
 * and makes γ's Adam anew after each training-test step. Here gradients are those of the batch, and γ's Adam goes on.
 */
import { type Batch, type Gradients, idMatrix, type Step, type StepContext, type StepDefinition } from '@losslab/core';
import * as z from 'zod';

const options = z.strictObject({
  alpha: z
    .number()
    .positive('must be > 0 (Algorithm 1)')
    .optional()
    .describe(
      'Learning rate α > 0 of the candidates, best below γ (§3.2.3). Absent: 0.1 γ, γ being the optimizer’s (§4.1.3).',
    ),
  innerOptimizer: z
    .enum(['adam', 'sgd'])
    .default('adam')
    .describe('What moves θ to a candidate: one step of a fresh Adam (the code), or the plain gradient (Algorithm 1).'),
  holdOut: z
    .number()
    .gt(0, 'must be in (0, 1) (Algorithm 1)')
    .lt(1, 'must be in (0, 1) (Algorithm 1)')
    .default(0.1)
    .describe('Share of the labelled training pairs, shuffled with the seed, that is training-test. Paper: 0.1.'),
});
export type InverseGradientOptions = z.output<typeof options>;

type Direction = 'direct' | 'inverse' | 'pass';
type Move = (scale: 1 | -1) => void;

const none = idMatrix(new Int32Array(0), 0, 0);

/** The batch's labelled pairs alone, and its unlabelled ones alone. */
function partsOf({ labelled, ...batch }: Batch): { labelled: Batch; unlabelled: Batch } {
  return {
    labelled: { ...batch, labelled: labelled!, negatives: { ...none, rows: batch.users.length } },
    unlabelled: batch,
  };
}

/** Leaves θ at the candidate with the least labelled loss and says which that is. What is discarded leaves no bit behind. */
function choose({ parameters, evaluate }: StepContext, gradients: Gradients, labelled: Batch, move: Move): Direction {
  const theta = parameters.save(gradients);
  try {
    const pass = evaluate(labelled);
    move(1);
    const direct = evaluate(labelled);
    parameters.restore(theta);
    move(-1);
    const inverse = evaluate(labelled);
    if (inverse < pass && inverse < direct) return 'inverse';
    parameters.restore(theta);
    if (!(direct < pass)) return 'pass';
    move(1);
    return 'direct';
  } finally {
    theta.dispose();
  }
}

/** One training-test step up to line 17. */
function explore(
  context: StepContext,
  { labelled, unlabelled }: ReturnType<typeof partsOf>,
  chosen: Chosen,
): Direction {
  const { parameters, objective, freshOptimizer, optimizer } = context;
  const { gradients } = parameters.gradient(objective(unlabelled));
  const alpha = chosen.alpha ?? 0.1 * optimizer.learningRate;
  const move: Move = (scale) => {
    const inner = freshOptimizer(innerOptimizers[chosen.innerOptimizer], alpha);
    inner.apply(gradients, { scale });
    inner.dispose();
  };
  return choose(context, gradients, labelled, move);
}

type Chosen = Pick<InverseGradientOptions, 'alpha' | 'innerOptimizer'>;

/** A first step of Adam moves only what has a gradient, as lazyAdam does, which does not visit the rest. */
const innerOptimizers = { adam: 'lazyAdam', sgd: 'sgd' } as const;

/** θ ← θ − γ ∇L_Dˡ(θ). A step whose loss is not finite moves nothing. */
function descend({ parameters, objective, update }: StepContext, labelled: Batch): number {
  const { loss, gradients } = parameters.gradient(objective(labelled));
  if (Number.isFinite(loss)) update(gradients);
  return loss;
}

async function* epoch(context: StepContext, chosen: Chosen): ReturnType<Step['epoch']> {
  const [train, test] = [context.streams['training-train']!, context.streams['training-test']!];
  const steps = train.steps + test.steps;
  for (let step = context.firstStep; step < steps; step++) {
    if (step < train.steps) {
      yield { step, steps, loss: descend(context, train.batch(step)) };
    } else {
      const parts = partsOf(test.batch(step - train.steps));
      const direction = explore(context, parts, chosen);
      yield { step, steps, loss: descend(context, parts.labelled), counts: { [direction]: 1 } };
    }
  }
}

export const ig: StepDefinition<InverseGradientOptions> = {
  kind: 'step',
  name: 'ig',
  summary:
    'Inverse gradient: follows or inverts the gradient of unlabelled pairs, whichever helps held-out labelled ones.',
  source: 'Lin et al., WSDM 2024, Algorithm 1',
  options,
  create: ({ holdOut, ...chosen }, { learningRate }) => ({
    name: 'ig',
    streams: [
      { name: 'training-train', source: 'labelled', holdOut, negatives: 0 },
      { name: 'training-test', source: 'labelled-held-out', holdOut },
    ],
    warnings:
      chosen.alpha !== undefined && chosen.alpha >= learningRate
        ? [
            `step ig: alpha ${chosen.alpha} is not below gamma, the learning rate ${learningRate}: candidates may outweigh the labelled steps (Lin et al. 2024, §3.2.3)`,
          ]
        : [],
    epoch: (context) => epoch(context, chosen),
  }),
};
