import { Random } from '@losslab/kernels';
import { ensureClose, ensureSame, type Tolerance } from './assert.ts';
import { type Check, registerChecks } from './check.ts';

/** Around one, two and many SIMD lanes of four. */
const LENGTHS = [0, 1, 3, 4, 5, 7, 8, 9, 31, 64, 65];
/** Offsets of an array in its memory, in elements: SIMD loads must not count on alignment to 16 bytes. */
const OFFSETS = [0, 1, 3];

export interface KernelContract {
  readonly name: string;
  /** Inputs of a kernel at one length. They are handed to `run` as float32, to `naive` as the same numbers in float64. */
  inputs?(length: number, random: Random): Float32Array[];
  /** The kernel. Its inputs begin at odd places of their buffers. */
  run(...inputs: Float32Array[]): ArrayLike<number>;
  /** The same in plain float64. */
  naive(...inputs: Float64Array[]): ArrayLike<number>;
  /** Absent: exact, for kernels that only add small whole numbers or move them; give whole `inputs` then. */
  readonly tolerance?: Tolerance;
  readonly lengths?: readonly number[];
}

/** Two vectors of normal numbers. */
function twoVectors(length: number, random: Random): Float32Array[] {
  return [0, 1].map(() => Float32Array.from({ length }, () => random.normal()));
}

function atOffset(values: Float32Array, offset: number): Float32Array {
  const view = new Float32Array(values.length + offset).subarray(offset);
  view.set(values);
  return view;
}

export function kernelChecks(contract: KernelContract): Check[] {
  const { inputs = twoVectors, run, naive, tolerance, lengths = LENGTHS } = contract;
  return lengths.map((length) => ({
    name: `agrees with float64 at length ${length}, wherever its inputs begin`,
    run() {
      const drawn = inputs(length, new Random({ seed: 41, step: length }));
      const expected = naive(...drawn.map((values) => Float64Array.from(values)));
      for (const offset of OFFSETS) {
        const found = run(...drawn.map((values) => atOffset(values, offset)));
        if (tolerance) ensureClose(`${contract.name}, offset ${offset},`, found, expected, tolerance);
        else ensureSame(`${contract.name}, offset ${offset},`, found, expected);
      }
    },
  }));
}

/** Tests of a kernel or an op on plain arrays, at lengths around the SIMD width and at unaligned starts. */
export function testKernel(contract: KernelContract): void {
  registerChecks(`kernel ${contract.name}`, kernelChecks(contract));
}
