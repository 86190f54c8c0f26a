import type { Gradients, NamedArray, NamedArrays, Optimizer } from '@losslab/core';
import { kernels } from '@losslab/kernels';
import * as tf from '@tensorflow/tfjs';
import { expected } from '../errors.ts';
import { asTensor, simdBackend } from '../fused/source.ts';
import { entries, type Parameter, type ParameterGroup, tapeVariable } from '../parameters/parameter-group.ts';
import { ours, type ParameterGradient } from '../parameters/step-gradients.ts';
import { EmbeddingTable } from '../tables/embedding-table.ts';
import { DeferredRows, isWorthDeferring } from './deferred-rows.ts';
import { type Moments, makeMoments } from './moments.ts';
import type { Rule } from './rule.ts';

/**
 * Applies one rule to the parameters of some groups. A parameter that the loss does not touch keeps its values, moments and
 * step (PyTorch: its gradient is None).
 */
export class RuleOptimizer implements Optimizer {
  readonly name: string;
  readonly #rule: Rule;
  readonly #moments: ReadonlyMap<string, { parameter: Parameter; moments: Moments }>;
  /** By parameter: tables whose idle moves are put off. Decided at a table's first step. */
  readonly #deferred = new Map<string, DeferredRows>();
  #learningRate: number;

  constructor(rule: Rule, groups: readonly ParameterGroup[]) {
    this.name = rule.name;
    this.#learningRate = rule.options.learningRate;
    this.#rule = rule;
    this.#moments = new Map(
      entries(groups).map(([name, parameter]) => [name, { parameter, moments: makeMoments(parameter, rule.state) }]),
    );
  }

  get learningRate(): number {
    return this.#learningRate;
  }

  set learningRate(rate: number) {
    for (const deferred of this.#deferred.values()) deferred.learningRate = rate;
    this.#learningRate = rate;
  }

  /** How each table is updated, by name: at every step as a whole, or its rows when they are read. */
  get passes(): Readonly<Record<string, 'dense' | 'deferred'>> {
    const tables = [...this.#moments].filter(([, { parameter }]) => parameter instanceof EmbeddingTable);
    return Object.fromEntries(tables.map(([name]) => [name, this.#deferred.has(name) ? 'deferred' : 'dense']));
  }

  apply(gradients: Gradients, { scale = 1 }: { scale?: number } = {}): void {
    const { found } = checked(gradients);
    for (const [name, { parameter, moments }] of this.#moments) {
      const gradient = found.get(name);
      if (gradient === undefined) continue;
      moments.step++;
      if (gradient.kind === 'rows') this.#updateRows(name, gradient, moments, scale);
      else if (moments.views) this.#updateWhole(gradient, moments, scale);
      else this.#updateDense(parameter, gradient, moments, scale);
    }
  }

  state(): NamedArrays {
    const arrays: Record<string, NamedArray> = {};
    for (const [name, { moments }] of this.#moments) {
      arrays[`${name}.step`] = { shape: [1], data: Float64Array.of(moments.step) };
      for (const [key, array] of Object.entries(moments.arrays())) arrays[`${name}.${key}`] = array;
      const clocks = this.#deferred.get(name)?.clocks;
      if (clocks === undefined) continue;
      arrays[`${name}.clock`] = { shape: [clocks.length], data: Int32Array.from(clocks) };
      arrays[`${name}.rate`] = { shape: [1], data: Float64Array.of(this.#learningRate) }; // of the moves that are owed
    }
    return arrays;
  }

  load(state: NamedArrays): void {
    for (const [name, { parameter }] of this.#moments) {
      for (const key of ['step', ...this.#rule.state]) {
        const array = state[`${name}.${key}`];
        const size = key === 'step' ? 1 : sizeOf(parameter);
        if (array?.data.length !== size) {
          const got = array === undefined ? 'nothing' : `${array.data.length} numbers`;
          const what = `${size} numbers "${name}.${key}" of optimizer ${this.name}`;
          throw expected(what, got, 'resume with the optimizer and the model that were saved', { code: 'bad-run' });
        }
      }
    }
    for (const [name, { moments }] of this.#moments) {
      moments.step = state[`${name}.step`]!.data[0]!;
      moments.load((key) => Float32Array.from(state[`${name}.${key}`]!.data));
    }
    for (const [name, { parameter, moments }] of this.#moments) {
      const clocks = state[`${name}.clock`];
      this.#deferred.get(name)?.dispose();
      this.#deferred.delete(name);
      if (clocks === undefined) continue;
      this.#learningRate = state[`${name}.rate`]?.data[0] ?? this.#learningRate;
      this.#defer(name, parameter as EmbeddingTable, moments).load(clocks.data, moments.step);
    }
  }

  dispose(): void {
    for (const deferred of this.#deferred.values()) deferred.dispose();
    for (const { moments } of this.#moments.values()) moments.dispose();
  }

  #defer(name: string, table: EmbeddingTable, moments: Moments): DeferredRows {
    const { shared, rows } = table;
    if (this.#rule.idleMoves === undefined || shared === undefined) {
      const what = `an optimizer that can put off the moves of ${rows} rows of ${name}`;
      throw expected(what, this.name, 'resume with the optimizer and the engine that were saved', { code: 'bad-run' });
    }
    const deferred = new DeferredRows(table, this.#rule.idleMoves(moments.views!), this.#learningRate);
    this.#deferred.set(name, deferred);
    return deferred;
  }

  #updateRows(name: string, gradient: ParameterGradient & { kind: 'rows' }, moments: Moments, scale: number): void {
    const { table, shared } = gradient;
    const { values, slots, ids } = shared.gradient;
    const first = moments.step === 1;
    if (first && this.#rule.idleMoves && isWorthDeferring(table.rows, ids.length)) this.#defer(name, table, moments);
    const update = {
      parameter: shared.values,
      dim: table.dimension,
      gradient: { values, slots, ids },
      state: moments.views!,
      learningRate: this.#learningRate,
      scale,
      step: moments.step,
    };
    const deferred = this.#deferred.get(name);
    if (deferred) deferred.update(update);
    else this.#rule.updateRows(kernels(), update);
  }

  /** A variable on `simd`: a copy is updated, since others may hold what the variable holds. */
  #updateWhole({ variable, gradient }: ParameterGradient & { kind: 'dense' }, moments: Moments, scale: number): void {
    if (variable.size === 0) return;
    const backend = simdBackend();
    const { kernels: k } = backend;
    const next = backend.allocate(variable.shape);
    k.copy({ x: backend.view(variable), out: next.view });
    this.#rule.updateRows(k, {
      parameter: next.view,
      dim: variable.shape.at(-1) ?? 1,
      gradient: { values: backend.view(gradient) },
      state: moments.views!,
      learningRate: this.#learningRate,
      scale,
      step: moments.step,
    });
    tf.tidy(() => variable.assign(asTensor(next)));
  }

  #updateDense(
    parameter: Parameter,
    { variable, gradient }: ParameterGradient & { kind: 'dense' },
    moments: Moments,
    scale: number,
  ): void {
    const { weightDecay } = this.#rule.options;
    tf.tidy(() => {
      const scaled = scale === 1 ? gradient : gradient.mul(scale);
      const after = this.#rule.updateDense({
        parameter: variable,
        table: parameter instanceof EmbeddingTable ? parameter : undefined,
        gradient: weightDecay === 0 ? scaled : scaled.add(variable.mul(weightDecay)),
        raw: gradient,
        state: moments.variables!,
        learningRate: this.learningRate,
        scale,
        step: moments.step,
      });
      variable.assign(after.parameter);
      for (const [key, value] of Object.entries(after.state)) moments.variables![key]!.assign(value);
    });
  }
}

function checked(gradients: Gradients) {
  const mine = ours(gradients);
  mine.check();
  return mine;
}

const sizeOf = (parameter: Parameter): number =>
  parameter instanceof EmbeddingTable ? parameter.rows * parameter.dimension : tapeVariable(parameter).size;
