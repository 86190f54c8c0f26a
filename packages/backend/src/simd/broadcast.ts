import type { Broadcast } from '@losslab/kernels';
import { sizeOf } from './backend.ts';

export interface BroadcastPlan {
  readonly leftAs: Broadcast;
  readonly rightAs: Broadcast;
  readonly columns: number;
}

/** How one operand meets `out`, and at which dimension `out` must be cut into rows and columns (absent: any). */
function planOf(shape: readonly number[], out: readonly number[]): { as: Broadcast; cut?: number } | undefined {
  const size = sizeOf(shape);
  if (size === sizeOf(out)) return { as: 'full' };
  if (size === 1) return { as: 'scalar' };
  const padded = [...new Array<number>(out.length - shape.length).fill(1), ...shape];
  const trailing = leadingOnes(padded, out);
  if (padded.slice(trailing).every((length, d) => length === out[trailing + d])) return { as: 'row', cut: trailing };
  const leading = padded.length - leadingOnes([...padded].reverse(), [...out].reverse());
  if (padded.slice(0, leading).every((length, d) => length === out[d])) {
    return { as: 'column', cut: leading };
  }
  return undefined;
}

/** Dimensions from the front along which the operand is repeated (or out has length 1 too). */
function leadingOnes(padded: readonly number[], out: readonly number[]): number {
  let at = 0;
  while (at < out.length && padded[at] === 1) at++;
  return at;
}

/** How the kernels can broadcast both operands, or undefined where they cannot. */
export function planBroadcast(
  left: readonly number[],
  right: readonly number[],
  out: readonly number[],
): BroadcastPlan | undefined {
  const l = planOf(left, out);
  const r = planOf(right, out);
  if (l === undefined || r === undefined) return undefined;
  if (l.cut !== undefined && r.cut !== undefined && l.cut !== r.cut) return undefined;
  const cut = l.cut ?? r.cut ?? 0;
  return { leftAs: l.as, rightAs: r.as, columns: sizeOf(out.slice(cut)) };
}
