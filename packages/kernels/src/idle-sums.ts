import { expected } from './errors.ts';
import type { KernelMemory } from './memory.ts';
import { interpolation, nodes } from './polynomial.ts';

export interface Betas {
  readonly beta1: number;
  readonly beta2: number;
}

/** Coefficients of a polynomial, as in wasm/deferred.ts. */
const TERMS = 8;
/** u at which G is summed. */
const U = nodes(TERMS);
/** From G at these u to coefficients: [TERMS, TERMS]. */
const COEFFICIENTS = interpolation(U);
/** Largest share of an idle move by which a polynomial may miss it. */
const TOLERANCE = 1e-5;
/** Powers that are looked up, at least. */
const FADES = 1024;

/** Steps after which β₁ʲ leaves less than 1e-9 of a moment. */
function horizonOf(beta1: number): number {
  return Math.ceil(Math.log(1e-9) / Math.log(beta1));
}

/** qⱼ of wasm/deferred.ts. */
function rootAt({ beta2 }: Betas, clock: number, j: number): number {
  return beta2 ** (j / 2) / Math.sqrt(1 - beta2 ** (clock + j));
}

/** c: the q of the step at which a moment has faded to a third. */
function centreAt(betas: Betas, clock: number): number {
  return rootAt(betas, clock, Math.max(1, Math.round(1 / (1 - betas.beta1))));
}

/** Σ_k COEFFICIENTS[c, k] · values[from + k] */
function coefficient(c: number, values: Float64Array, from: number): number {
  let sum = 0;
  for (let k = 0; k < TERMS; k++) sum += COEFFICIENTS[c * TERMS + k]! * values[from + k]!;
  return sum;
}

/** How far the polynomial is from G for rows last current at `clock` and idle for `steps` steps, between its nodes. */
function missOf(betas: Betas, clock: number, steps: number): number {
  const centre = centreAt(betas, clock);
  const G = (u: number): number => {
    let sum = 0;
    for (let j = 1; j <= steps; j++) {
      const a = betas.beta1 ** j / (1 - betas.beta1 ** (clock + j));
      sum += a / (1 + u * (rootAt(betas, clock, j) / centre - 1));
    }
    return sum;
  };
  const values = Float64Array.from(U, G);
  const polynomial = (u: number): number => U.reduce((sum, _, c) => sum + coefficient(c, values, 0) * u ** c, 0);
  const between = [0, ...U.slice(1).map((u, k) => (u + U[k]!) / 2), 1];
  return Math.max(...between.map((u) => Math.abs(polynomial(u) / G(u) - 1)));
}

/** Whether idle moves can be put off with these decay rates: β₁ʲ must vanish long before β₂ʲ has fallen. */
export function canDeferIdle(betas: Betas): boolean {
  const { beta1, beta2 } = betas;
  if (!(beta1 > 0 && beta1 < beta2 && beta2 < 1)) return false;
  const horizon = horizonOf(beta1);
  if (horizon > FADES) return false;
  return [1, 3, 10, 100, 10_000].every((clock) =>
    [1, Math.ceil(horizon / 4), horizon].every((steps) => missOf(betas, clock, steps) <= TOLERANCE),
  );
}

interface SumViews {
  readonly polynomials: Float32Array; // [steps, TERMS], by t₀: from the coefficient of u⁰ on
  readonly centres: Float32Array; // [steps], by t₀
}

/**
 * What all rows of an optimizer share in their idle moves (wasm/deferred.ts), by the step t₀ at which a row was last up to date:
 * G up to the present step, as a polynomial. `advance` moves the present on by one step: it costs as many operations as there are
 * steps within the horizon, whatever the tables' sizes. Older polynomials have converged.
 */
export class IdleSums {
  readonly betas: Betas;
  readonly horizon: number;
  /** β₁ʲ and β₂^(j/2), by j. */
  readonly fades: Float32Array;
  readonly rootFades: Float32Array;
  readonly #memory: KernelMemory;
  readonly #powers: Float64Array; // β₁ʲ
  readonly #rootPowers: Float64Array; // β₂^(j/2)
  #values = new Float64Array(1024 * TERMS); // G at U, by t₀
  #step = 0;
  #views: SumViews;

  /** @throws KernelError where `canDeferIdle` is false */
  constructor(memory: KernelMemory, { beta1, beta2 }: Betas) {
    this.#memory = memory;
    this.betas = { beta1: Math.fround(beta1), beta2: Math.fround(beta2) };
    if (!canDeferIdle(this.betas)) {
      throw expected('beta1 well below beta2', `${beta1}, ${beta2}`, 'use the dense pass', 'beta1');
    }
    this.horizon = horizonOf(this.betas.beta1);
    const powers = (base: number): Float64Array => Float64Array.from({ length: FADES }, (_, j) => base ** j);
    this.#powers = powers(this.betas.beta1);
    this.#rootPowers = powers(Math.sqrt(this.betas.beta2));
    this.fades = memory.copyOf(Float32Array.from(this.#powers));
    this.rootFades = memory.copyOf(Float32Array.from(this.#rootPowers));
    this.#views = this.#allocate(1024);
  }

  /** The present step t: the number of `advance`s. */
  get step(): number {
    return this.#step;
  }

  get views(): SumViews {
    return this.#views;
  }

  /** Goes to the next step. */
  advance(): void {
    const s = ++this.#step;
    if (s >= this.#views.centres.length) this.#grow(this.#views.centres.length * 2);
    const { polynomials, centres } = this.#views;
    const { beta1, beta2 } = this.betas;
    const correction = 1 / (1 - beta1 ** s);
    const root = 1 / Math.sqrt(1 - beta2 ** s);
    const values = this.#values;
    for (let from = Math.max(1, s - this.horizon); from < s; from++) {
      const term = this.#powers[s - from]! * correction;
      const delta = (this.#rootPowers[s - from]! * root) / centres[from]! - 1;
      const at = from * TERMS;
      for (let k = 0; k < TERMS; k++) values[at + k]! += term / (1 + U[k]! * delta);
      for (let c = 0; c < TERMS; c++) polynomials[at + c] = coefficient(c, values, at);
    }
    centres[s] = centreAt(this.betas, s);
  }

  /** Goes to step `step` from the beginning: for a resumed run. */
  rewind(step: number): void {
    this.#values.fill(0);
    this.#step = 0;
    while (this.#step < step) this.advance();
  }

  dispose(): void {
    for (const view of [...Object.values(this.#views), this.fades, this.rootFades]) this.#memory.free(view);
  }

  #allocate(length: number): SumViews {
    return { polynomials: this.#memory.f32(length * TERMS).fill(0), centres: this.#memory.f32(length).fill(0) };
  }

  #grow(length: number): void {
    const old = this.#views;
    this.#views = this.#allocate(length);
    this.#views.polynomials.set(old.polynomials);
    this.#views.centres.set(old.centres);
    for (const view of Object.values(old)) this.#memory.free(view);
    const values = new Float64Array(length * TERMS);
    values.set(this.#values);
    this.#values = values;
  }
}
