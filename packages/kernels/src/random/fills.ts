import { type Engine, type Runner, rowsOf } from '../engine.ts';
import { expected } from '../errors.ts';
import { counterWords } from './counter.ts';
import type { Counter } from './philox.ts';

export interface RandomFills {
  /** out[i] = word i of the counter's sequence; the same bits as `randomU32(at, i)`. */
  fillBits(options: { at: Counter; out: Uint32Array }): void;
  /** Uniform in [low, high), by default [0, 1), from each word's upper 24 bits. */
  fillUniform(options: { at: Counter; out: Float32Array; low?: number; high?: number }): void;
  /** Normal with the given mean and standard deviation, by default 0 and 1 (Box-Muller in float64). */
  fillNormal(options: { at: Counter; out: Float32Array; mean?: number; deviation?: number }): void;
  /** Whole numbers in [0, bound), without bias (Lemire 2019). 1 ≤ bound ≤ 2³¹. */
  fillIntegers(options: { at: Counter; out: Int32Array; bound: number }): void;
  /** 0 ... out.length − 1 in random order (Fisher-Yates); the same as `new Random(at).permutation(out.length)`. */
  permutation(options: { at: Counter; out: Int32Array }): void;
  /**
   * Inverted dropout: out [rows, columns] is 0 with probability `rate`, else 1 / (1 − rate). Each entry is a pure function
   * of (at, row, column, columns). 0 ≤ rate < 1.
   */
  dropoutMask(options: { at: Counter; columns: number; rate: number; out: Float32Array }): void;
}

/** Words of one chunk, as in wasm/random.ts. */
const SCRATCH = 4096;

/** Rows of the fills are blocks of four words, the generator's unit. */
const blocks = (length: number): number => Math.ceil(length / 4);

function checkBound(bound: number): number {
  if (Number.isInteger(bound) && bound >= 1 && bound <= 2 ** 31) return bound;
  throw expected('a bound in [1, 2³¹]', String(bound), 'draw from at least one value', 'bound');
}

export function fillUniform(
  engine: Runner,
  { at, out, low = 0, high = 1 }: Parameters<RandomFills['fillUniform']>[0],
): void {
  const args = [...counterWords(at), engine.address('out', out), out.length, low, high - low];
  engine.run('fillUniform', args, blocks(out.length), { work: 8 });
}

export function randomFills(engine: Engine): RandomFills {
  const address = engine.address.bind(engine);
  return {
    fillBits({ at, out }) {
      engine.run('fillBits', [...counterWords(at), address('out', out), out.length], blocks(out.length));
    },
    fillUniform: (options) => fillUniform(engine, options),
    fillNormal({ at, out, mean = 0, deviation = 1 }) {
      const law = [mean, deviation];
      engine.run('fillNormal', [...counterWords(at), address('out', out), out.length, ...law], blocks(out.length), {
        scratchBytes: SCRATCH,
        work: 16,
      });
    },
    fillIntegers({ at, out, bound }) {
      const args = [...counterWords(at), address('out', out), out.length, checkBound(bound)];
      engine.run('fillIntegers', args, blocks(out.length), { work: 8 });
    },
    permutation({ at, out }) {
      engine.call('permutation', [...counterWords(at), address('out', out), out.length], SCRATCH);
    },
    dropoutMask({ at, columns, rate, out }) {
      if (!(rate >= 0 && rate < 1)) throw expected('a rate in [0, 1)', String(rate), 'keep some entries', 'rate');
      const args = [...counterWords(at), address('out', out), columns, Math.round(rate * 2 ** 24), 1 / (1 - rate)];
      engine.run('dropoutMask', args, rowsOf('columns', out.length, columns), { work: 2 * columns });
    },
  };
}
