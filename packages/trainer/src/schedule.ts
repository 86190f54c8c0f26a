import type { EpochRecord } from '@losslab/core';
import * as z from 'zod';
import type { ChoosingPart } from './stopping.ts';

const factor = z.number().gt(0).lt(1);

const forms = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('constant') }),
  /** Multiplies by `factor` after `patience` epochs without a better `stopOn`, not below `minimum` times the first rate. */
  z.strictObject({
    name: z.literal('plateau'),
    factor: factor.default(0.5),
    patience: z.int().min(1).default(5),
    minimum: z.number().gt(0).max(1).default(0.01),
  }),
  /** Multiplies by `factor` when each of the listed epochs ends. */
  z.strictObject({ name: z.literal('steps'), epochs: z.array(z.int().min(1)).min(1), factor: factor.default(0.1) }),
  /** Multiplies by `decay` after every epoch. */
  z.strictObject({ name: z.literal('exponential'), decay: z.number().gt(0).max(1).default(0.99) }),
]);

/** How the learning rate moves over epochs. It multiplies every group's own rate. A bare string is the name alone. */
export const scheduleSchema = z.preprocess(
  (value: string | z.input<typeof forms>) => (typeof value === 'string' ? { name: value } : value),
  forms,
);

export type Schedule = z.output<typeof forms>;

/** What the learning rates of epoch `curve.length + 1` are multiplied by, given the epochs before it. */
export function rateScale(
  schedule: Schedule,
  curve: readonly EpochRecord[],
  part: ChoosingPart,
  metric: string,
): number {
  if (schedule.name === 'exponential') return schedule.decay ** curve.length;
  if (schedule.name === 'steps') return schedule.factor ** schedule.epochs.filter((e) => e <= curve.length).length;
  return schedule.name === 'plateau' ? plateauScale(schedule, curve, part, metric) : 1;
}

function plateauScale(
  { factor, patience, minimum }: Extract<Schedule, { name: 'plateau' }>,
  curve: readonly EpochRecord[],
  part: ChoosingPart,
  metric: string,
): number {
  let scale = 1;
  let best = Number.NEGATIVE_INFINITY;
  let since = 0; // epoch of the last improvement or cut
  for (const { epoch, [part]: metrics } of curve) {
    const value = metrics?.[metric];
    if (value === undefined) continue;
    if (value > best) [best, since] = [value, epoch];
    else if (epoch - since >= patience) [scale, since] = [Math.max(scale * factor, minimum), epoch];
  }
  return scale;
}
