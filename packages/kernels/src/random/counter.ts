import { expected } from '../errors.ts';
import { type Counter, multiplyHigh, philox4x32 } from './philox.ts';

/** A counter without its index, as kernels take it: seed low, seed high, step, epoch, stream. */
export type CounterWords = readonly [number, number, number, number, number];

const ATTEMPT = 0x1_0000;
const MAX_ATTEMPTS = 0x1_0000;

function whole(name: string, value: number, limit: number): number {
  if (Number.isInteger(value) && value >= 0 && value < limit) return value;
  throw expected(`a whole ${name} in [0, ${limit})`, String(value), 'choose another', name);
}

/** @throws KernelError `bad-option` for a seed, step, epoch or stream out of range. */
export function counterWords({ seed, stream = 0, epoch = 0, step = 0 }: Counter): CounterWords {
  const bits = typeof seed === 'bigint' ? seed : BigInt(whole('seed', seed, 2 ** 53));
  if (bits < 0n || bits >= 1n << 64n) throw expected('a seed in [0, 2⁶⁴)', String(bits), 'choose another', 'seed');
  return [
    Number(bits & 0xffff_ffffn),
    Number(bits >> 32n),
    whole('step', step, 2 ** 32),
    whole('epoch', epoch, 2 ** 32),
    whole('stream', stream, ATTEMPT),
  ];
}

function word(at: CounterWords, index: number, attempt: number): number {
  const [low, high, step, epoch, stream] = at;
  const block = philox4x32([Math.floor(index / 4) >>> 0, step, epoch, (stream + attempt * ATTEMPT) >>> 0], [low, high]);
  return block[index & (3 as 0 | 1 | 2 | 3)]!;
}

/** Word `index` of the sequence at `at`: a u32, the same bits as `fillBits` writes there. */
export function randomU32(at: Counter, index: number): number {
  return word(counterWords(at), index, 0);
}

/** The float32 in [0, 1) that `fillUniform` writes at `index`: the word's upper 24 bits · 2⁻²⁴. */
export function uniformOf(bits: number): number {
  return (bits >>> 8) / 0x100_0000;
}

/** The whole number in [0, bound) that a word gives without bias (Lemire 2019), −1 where the word is refused. */
export function integerOf(bits: number, bound: number): number {
  const refused = (2 ** 32 - bound) % bound;
  return Math.imul(bits, bound) >>> 0 >= refused ? multiplyHigh(bits, bound) : -1;
}

/** The whole number in [0, bound) at `index`: of the first word that is not refused. */
export function integerAt(at: CounterWords, index: number, bound: number): number {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const value = integerOf(word(at, index, attempt), bound);
    if (value >= 0) return value;
  }
  return 0;
}
