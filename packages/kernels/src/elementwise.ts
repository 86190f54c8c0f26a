import type { Engine } from './engine.ts';
import { rowsOf } from './engine.ts';
import { expected } from './errors.ts';

/**
 * Against float64: exp and log within 1 ulp; expm1, log1p, softplus, logSigmoid, rsqrt within 2; sigmoid and tanh within 3;
 * the others round once or not at all. ±∞, NaN and denormals as IEEE has them. sigmoid, softplus and logSigmoid neither
 * overflow nor cancel anywhere.
 */
export type UnaryOp =
  | 'neg'
  | 'abs'
  | 'sign'
  | 'square'
  | 'sqrt'
  | 'rsqrt'
  | 'reciprocal'
  | 'exp'
  | 'expm1'
  | 'log'
  | 'log1p'
  | 'sigmoid'
  | 'softplus' // ln(1 + eˣ)
  | 'logSigmoid' // −ln(1 + e⁻ˣ)
  | 'tanh'
  | 'relu'
  | 'step' // 1 above 0, else 0
  | 'floor'
  | 'ceil'
  | 'round'; // half to even

export type BinaryOp = 'add' | 'sub' | 'mul' | 'div' | 'maximum' | 'minimum' | 'squaredDifference';

export type CompareOp = 'equal' | 'notEqual' | 'less' | 'lessEqual' | 'greater' | 'greaterEqual';

/** How an operand meets out [rows, columns]: whole, one number, a vector [columns] for each row, or a vector [rows]. */
export type Broadcast = 'full' | 'scalar' | 'row' | 'column';

interface Operands<Out> {
  readonly left: Float32Array;
  readonly right: Float32Array;
  /** [rows, columns]; float32 may be `left` or `right` itself where that one is `full`. */
  readonly out: Out;
  /** Of out; needed for `row` and `column`. */
  readonly columns?: number;
  /** By default `full`, or `scalar` for one element. */
  readonly leftAs?: Broadcast;
  readonly rightAs?: Broadcast;
}

export interface Elementwise {
  /** out[i] = op(x[i]); out may be x. */
  unary(op: UnaryOp, options: { x: Float32Array; out: Float32Array }): void;
  /** out = op(left, right), broadcast to out's shape. */
  binary(op: BinaryOp, options: Operands<Float32Array>): void;
  /** As binary, with 1 for true and 0 for false. */
  compare(op: CompareOp, options: Operands<Uint8Array>): void;
  /** out[i] = value. (A typed array's own `fill` is slow on shared memory.) */
  fill(options: { out: Float32Array; value: number }): void;
  /** out[i] = x[i]. */
  copy(options: { x: Float32Array; out: Float32Array }): void;
}

const STEPS: Record<Broadcast, readonly [row: number, column: number]> = {
  full: [1, 1],
  scalar: [0, 0],
  row: [0, 1],
  column: [1, 0],
};

const capital = (word: string): string => word[0]!.toUpperCase() + word.slice(1);

export function elementwise(engine: Engine): Elementwise {
  const address = engine.address.bind(engine);

  function operand(
    name: string,
    view: Float32Array,
    as: Broadcast | undefined,
    rows: number,
    columns: number,
  ): number[] {
    const kind = as ?? (view.length === 1 && rows * columns !== 1 ? 'scalar' : 'full');
    const [row, column] = STEPS[kind];
    const least = rows * columns === 0 ? 0 : (row ? rows : 1) * (column ? columns : 1);
    if (view.length > least && kind !== 'full') {
      throw expected(
        `${name} (${kind}) of ${least} elements`,
        String(view.length),
        `say how it broadcasts in ${name}As`,
        name,
      );
    }
    return [address(name, view, least), row && column ? columns : row, column];
  }

  /** Without a row or column vector the shape does not matter: one element a row, in one run. */
  function pairwise(
    kernel: string,
    { left, right, out, columns, leftAs, rightAs }: Operands<Float32Array | Uint8Array>,
  ): void {
    const into = address('out', out);
    const vector = [leftAs, rightAs].some((as) => as === 'row' || as === 'column');
    if (vector) {
      const width = columns ?? 0;
      const rows = rowsOf('columns', out.length, width);
      const operands = [operand('left', left, leftAs, rows, width), operand('right', right, rightAs, rows, width)];
      engine.run(`${kernel}Rows`, [...operands.flat(), into, width], rows, { work: 2 * width });
      return;
    }
    const [leftAt, , leftStep] = operand('left', left, leftAs, 1, out.length);
    const [rightAt, , rightStep] = operand('right', right, rightAs, 1, out.length);
    engine.run(kernel, [leftAt!, leftStep!, rightAt!, rightStep!, into], out.length, { work: 2 });
  }

  return {
    unary(op, { x, out }) {
      engine.run(`unary${capital(op)}`, [address('x', x, out.length), address('out', out)], out.length, { work: 2 });
    },
    binary: (op, operands) => pairwise(`binary${capital(op)}`, operands),
    compare: (op, operands) => pairwise(`compare${capital(op)}`, operands),
    fill({ out, value }) {
      engine.run('fill', [address('out', out), value], out.length);
    },
    copy({ x, out }) {
      engine.run('copy', [address('x', x, out.length), address('out', out)], out.length);
    },
  };
}
