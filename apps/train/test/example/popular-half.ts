import { idMatrix, type SamplerDefinition } from '@losslab/core';
import { Random } from '@losslab/kernels';
import { uniform } from '@losslab/samplers';
import * as z from 'zod';

const options = z.strictObject({
  share: z.number().positive().max(1).default(0.5).describe('Share of the items, the most popular first.'),
});

/** Negatives drawn uniformly from the most popular items, whether the user has them or not. */
export const popularHalf: SamplerDefinition<z.output<typeof options>> = {
  kind: 'sampler',
  name: 'popular-half',
  summary: 'Uniform negatives from the popular half of the catalogue.',
  source: 'losslab’s guide',
  options,
  create({ share }, context) {
    const { train, seed, stream } = context;
    const counts = new Int32Array(train.itemCount);
    for (const item of train.indices) counts[item]! += 1;
    const items = Int32Array.from(counts.keys()).sort((a, b) => counts[b]! - counts[a]! || a - b);
    const kept = Math.ceil(share * items.length);
    const positives = uniform.create(uniform.options.parse({}), { ...context, negatives: 0 });
    return {
      name: 'popular-half',
      steps: positives.steps,
      excludes: 'nobody',
      propose(epoch, step) {
        const batch = positives.propose(epoch, step);
        const columns = context.negatives === 'in-batch' ? 1 : context.negatives;
        const random = new Random({ seed, stream, epoch, step });
        const drawn = Int32Array.from({ length: batch.users.length * columns }, () => items[random.int(kept)]!);
        return { ...batch, negatives: idMatrix(drawn, columns, batch.users.length) };
      },
    };
  },
};
