import type { EpochRecord, MetricValues } from '@losslab/core';

/*
 * What to stop on, which epoch is best and what the learning rate is are pure functions of the curve, so a resumed run
 * decides as one that was not interrupted.
 */

/** The part whose metrics choose the epoch. */
export type ChoosingPart = 'valid' | 'test';

export interface Best {
  readonly epoch: number;
  readonly value: number;
}

/** The first epoch with the greatest value of a metric, or undefined where none was evaluated. */
export function bestEpoch(curve: readonly EpochRecord[], part: ChoosingPart, metric: string): Best | undefined {
  let best: Best | undefined;
  for (const { epoch, [part]: metrics } of curve) {
    const value = metrics?.[metric];
    if (value !== undefined && (best === undefined || value > best.value)) best = { epoch, value };
  }
  return best;
}

/** Whether the last epoch was evaluated and no epoch was better in the `patience` epochs before it. */
export function outOfPatience(
  curve: readonly EpochRecord[],
  part: ChoosingPart,
  metric: string,
  patience: number | null,
): boolean {
  const last = curve.at(-1);
  const best = bestEpoch(curve, part, metric);
  if (patience === null || last?.[part] === undefined || best === undefined) return false;
  return last.epoch - best.epoch >= patience;
}

/** Each metric's own best epoch and its value there. */
export function bestOfEach(
  curve: readonly EpochRecord[],
  part: ChoosingPart,
): { metrics: MetricValues; epochs: Readonly<Record<string, number>> } {
  const names = Object.keys(curve.find((record) => record[part] !== undefined)?.[part] ?? {});
  const best = names.map((name) => [name, bestEpoch(curve, part, name)!] as const);
  return {
    metrics: Object.fromEntries(best.map(([name, { value }]) => [name, value])),
    epochs: Object.fromEntries(best.map(([name, { epoch }]) => [name, epoch])),
  };
}
