import type { Gradients, NamedArrays, Optimizer } from '@losslab/core';

/** One optimizer for each group of parameters. Its learning rate is the first group's; the others keep their ratio to it. */
export class GroupedOptimizer implements Optimizer {
  readonly name: string;
  readonly #members: readonly Optimizer[];
  /** Learning rates over the first one's: fixed, so that rates do not depend on how often they were set. */
  readonly #ratios: readonly number[];

  constructor(members: readonly Optimizer[]) {
    this.name = [...new Set(members.map((member) => member.name))].join('+');
    this.#members = members;
    this.#ratios = members.map((member) => member.learningRate / members[0]!.learningRate);
  }

  get passes(): Readonly<Record<string, 'dense' | 'deferred'>> {
    return Object.assign({}, ...this.#members.map((member) => member.passes));
  }

  get learningRate(): number {
    return this.#members[0]!.learningRate;
  }

  set learningRate(rate: number) {
    for (const [index, member] of this.#members.entries()) member.learningRate = rate * this.#ratios[index]!;
  }

  apply(gradients: Gradients, options?: { scale?: number }): void {
    for (const member of this.#members) member.apply(gradients, options);
  }

  state(): NamedArrays {
    return Object.assign({}, ...this.#members.map((member) => member.state()));
  }

  load(state: NamedArrays): void {
    for (const member of this.#members) member.load(state);
  }

  dispose(): void {
    for (const member of this.#members) member.dispose();
  }
}
