import type { Gradients, NamedArray, NamedArrays, Parameters, Snapshot } from '@losslab/core';
import * as tf from '@tensorflow/tfjs';
import { expected } from '../errors.ts';
import { connected } from '../ops/connected.ts';
import { ready } from '../ops/register.ts';
import { EmbeddingTable } from '../tables/embedding-table.ts';
import { checkNames, entries, type Parameter, type ParameterGroup, tapeVariable } from './parameter-group.ts';
import { type Saved, saveParameter } from './snapshot.ts';
import { gradientOf, ours, type ParameterGradient, StepGradients } from './step-gradients.ts';

export interface ParameterSetOptions {
  readonly tables?: readonly EmbeddingTable[];
  readonly variables?: Readonly<Record<string, tf.Variable>>;
  /** Name of its one group; by default `model`. */
  readonly group?: string;
  /** What is disposed of with it: a model's constants. */
  readonly owns?: readonly { dispose(): void }[];
}

/** Latest gradients of each parameter, whichever set made them: two sets may share parameters. */
const latest = new WeakMap<Parameter, StepGradients>();
let generations = 0;

/** Everything of a model that training moves: tables, and variables by name. */
export class ParameterSet implements Parameters {
  readonly groups: readonly ParameterGroup[];
  readonly #parameters: readonly (readonly [string, Parameter])[];
  /** Always on the path from the parameters to the loss, so that the tape accepts a loss that is stopped everywhere. */
  readonly #root: tf.Variable;
  readonly #owned: readonly { dispose(): void }[];

  constructor(options: ParameterSetOptions | readonly ParameterGroup[]) {
    this.groups = isGroups(options) ? options : [toGroup(options)];
    this.#owned = isGroups(options) ? [] : (options.owns ?? []);
    checkNames(this.groups);
    this.#parameters = entries(this.groups);
    this.#root = tf.tidy(() => tf.variable(tf.scalar(0)));
  }

  /** One set over the parameters of several, each its own group (or groups, prefixed, where it has several). */
  static union(parts: Readonly<Record<string, ParameterSet>>): ParameterSet {
    const groups = Object.entries(parts).flatMap(([name, { groups }]) =>
      groups.length === 1
        ? [{ ...groups[0]!, name }]
        : groups.map((group) => ({ ...group, name: `${name}.${group.name}` })),
    );
    return new ParameterSet(groups);
  }

  gradient(f: () => tf.Scalar): { loss: number; gradients: Gradients } {
    this.#clear();
    const variables = [this.#root, ...this.#parameters.map(([, parameter]) => tapeVariable(parameter))];
    ready();
    const { value, grads } = tf.variableGrads(() => connected(f(), this.#root), variables);
    const loss = value.dataSync<'float32'>()[0]!;
    value.dispose();
    const gradients = new StepGradients(++generations, this.#collect(grads));
    for (const [, parameter] of this.#parameters) latest.set(parameter, gradients);
    return { loss, gradients };
  }

  save(of?: Gradients): Snapshot {
    const chosen: [Parameter, ParameterGradient | undefined][] =
      of === undefined
        ? this.#parameters.map(([, parameter]) => [parameter, undefined])
        : this.#touched(of).map(([parameter, gradient]) => [parameter, gradient]);
    return new ParameterSnapshot(chosen.map(([parameter, gradient]) => saveParameter(parameter, gradient)));
  }

  restore(snapshot: Snapshot): void {
    if (!(snapshot instanceof ParameterSnapshot)) {
      throw expected('a snapshot of a ParameterSet', 'another', 'pass what save() returned', { code: 'bad-plugin' });
    }
    snapshot.restore();
  }

  arrays({ raw = false }: { raw?: boolean } = {}): NamedArrays {
    return Object.fromEntries(this.#parameters.map(([name, parameter]) => [name, toArray(parameter, raw)]));
  }

  load(arrays: NamedArrays): void {
    for (const [name, parameter] of this.#parameters) checkShape(name, shapeOf(parameter), arrays[name]);
    for (const [name, parameter] of this.#parameters) {
      const { data, shape } = arrays[name]!;
      const values = Float32Array.from(data);
      if (parameter instanceof EmbeddingTable) parameter.load(values);
      else tf.tidy(() => parameter.assign(tf.tensor(values, [...shape], 'float32')));
    }
  }

  dispose(): void {
    for (const [, parameter] of this.#parameters) {
      latest.get(parameter)?.retire();
      parameter.dispose();
    }
    this.#root.dispose();
    for (const owned of this.#owned) owned.dispose();
  }

  #clear(): void {
    for (const [, parameter] of this.#parameters) {
      latest.get(parameter)?.retire();
      if (parameter instanceof EmbeddingTable) parameter.shared?.gradient.clear();
    }
  }

  #collect(grads: tf.NamedTensorMap): Map<string, ParameterGradient> {
    const found = new Map<string, ParameterGradient>();
    const kept = new Set<tf.Tensor>();
    for (const [name, parameter] of this.#parameters) {
      const dense = grads[tapeVariable(parameter).name];
      const gradient = gradientOf(parameter, dense);
      if (gradient === undefined) continue;
      found.set(name, gradient);
      if (gradient.kind === 'dense') kept.add(tf.keep(gradient.gradient));
    }
    for (const gradient of Object.values(grads)) if (gradient && !kept.has(gradient)) gradient.dispose();
    return found;
  }

  #touched(of: Gradients): (readonly [Parameter, ParameterGradient])[] {
    const gradients = ours(of);
    gradients.check();
    return this.#parameters.flatMap(([name, parameter]) => {
      const gradient = gradients.found.get(name);
      return gradient === undefined ? [] : [[parameter, gradient] as const];
    });
  }
}

class ParameterSnapshot implements Snapshot {
  readonly #saved: readonly Saved[];

  constructor(saved: readonly Saved[]) {
    this.#saved = saved;
  }

  restore(): void {
    for (const saved of this.#saved) saved.restore();
  }

  dispose(): void {
    for (const saved of this.#saved) saved.dispose();
  }
}

const isGroups = (options: object): options is readonly ParameterGroup[] => Array.isArray(options);

function toGroup({ tables = [], variables = {}, group = 'model' }: ParameterSetOptions): ParameterGroup {
  return { name: group, tables, variables: new Map(Object.entries(variables)) };
}

const shapeOf = (parameter: Parameter): readonly number[] =>
  parameter instanceof EmbeddingTable ? [parameter.rows, parameter.dimension] : parameter.shape;

function toArray(parameter: Parameter, raw: boolean): NamedArray {
  const shape = [...shapeOf(parameter)];
  if (!(parameter instanceof EmbeddingTable)) {
    return { shape, data: Float32Array.from(parameter.dataSync<'float32'>()) };
  }
  return { shape, data: raw ? parameter.rawValues() : parameter.values() };
}

function checkShape(name: string, shape: readonly number[], array: NamedArray | undefined): void {
  const got = array === undefined ? 'nothing' : `[${array.shape}] of ${array.data.length}`;
  const size = shape.reduce((product, length) => product * length, 1);
  if (array !== undefined && `${array.shape}` === `${shape}` && array.data.length === size) return;
  throw expected(`parameter "${name}" of shape [${shape}]`, got, 'load what was saved from the same model', {
    code: 'bad-run',
    where: name,
  });
}
