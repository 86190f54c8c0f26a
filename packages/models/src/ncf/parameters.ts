import { EmbeddingTable, type Initialiser, initialValues, normal, uniform } from '@losslab/backend';
import type { ModelContext } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import type { Tables } from '../tables.ts';
import type { MlpChoice } from './options.ts';

export type Vector = tf.Variable<tf.Rank.R1>;
export type Matrix = tf.Variable<tf.Rank.R2>;

/** One layer's W and b. */
export interface Layer {
  readonly weights: Matrix; // [width before, width]
  readonly bias: Vector; // [width]
}

/** The multi-layer half. The first W is kept in two: its product with [p; q] is that of p plus that of q. */
export interface Mlp extends Tables {
  readonly first: { readonly users: Matrix; readonly items: Matrix; readonly bias: Vector }; // [E, width]
  readonly further: readonly Layer[];
}

/** Makes parameters under their names, after the scope: the same names in `gmf`, `mlp` and `neumf`. */
export class ParameterMaker {
  readonly tables: EmbeddingTable[] = [];
  readonly variables: Record<string, tf.Variable> = {};
  readonly #context: ModelContext;

  constructor(context: ModelContext) {
    this.#context = context;
  }

  /** N(0, deviation²), of users and of items. */
  vectors(half: 'gmf' | 'mlp', dimension: number, deviation: number): Tables {
    const { facts, seed } = this.#context;
    const table = (short: string, rows: number): EmbeddingTable => {
      const name = this.#name(`${half}.${short}`);
      const made = new EmbeddingTable({ name, rows, dimension, initialise: normal(deviation), seed });
      this.tables.push(made);
      return made;
    };
    return { users: table('users', facts.userCount), items: table('items', facts.itemCount) };
  }

  /** Layers by Xavier uniform (Glorot & Bengio 2010), their biases 0. */
  mlp({ layers, mlpDimension = layers[0]!, deviation }: MlpChoice): Mlp {
    const [width, ...further] = layers as [number, ...number[]];
    const ofBoth = xavier(2 * mlpDimension, width);
    return {
      ...this.vectors('mlp', mlpDimension, deviation),
      first: {
        users: this.#matrix('mlp.W1.users', mlpDimension, width, ofBoth),
        items: this.#matrix('mlp.W1.items', mlpDimension, width, ofBoth),
        bias: this.#zeros('mlp.b1', width),
      },
      further: further.map((to, k) => ({
        weights: this.#matrix(`mlp.W${k + 2}`, layers[k]!, to, xavier(layers[k]!, to)),
        bias: this.#zeros(`mlp.b${k + 2}`, to),
      })),
    };
  }

  /** One half's part of h by Kaiming uniform, ±√(3 / inputs) (He et al. 2015, gain 1). */
  h(half: 'gmf' | 'mlp', width: number, inputs = width): Matrix {
    const limit = Math.sqrt(3 / inputs);
    return this.#matrix(`${half}.h`, width, 1, uniform(-limit, limit));
  }

  /** Of the output layer, 0. */
  bias(): Vector {
    return this.#zeros('b', 1);
  }

  #name(short: string): string {
    const { scope } = this.#context;
    return scope ? `${scope}.${short}` : short;
  }

  #matrix(short: string, rows: number, dimension: number, initialise: Initialiser): Matrix {
    const name = this.#name(short);
    const values = initialValues(initialise, { name, rows, dimension, seed: this.#context.seed });
    return this.#variable(name, () => tf.tensor2d(values, [rows, dimension]));
  }

  #zeros(short: string, width: number): Vector {
    return this.#variable(this.#name(short), () => tf.zeros<tf.Rank.R1>([width]));
  }

  #variable<R extends tf.Rank>(name: string, values: () => tf.Tensor<R>): tf.Variable<R> {
    const variable = tf.tidy(() => tf.variable(values()));
    this.variables[name] = variable;
    return variable;
  }
}

function xavier(inputs: number, outputs: number): Initialiser {
  const limit = Math.sqrt(6 / (inputs + outputs));
  return uniform(-limit, limit);
}
