import type { Gradients } from '@losslab/core';
export function clipScale(_g: Gradients, _n: number | null): number {
  return 1;
}
