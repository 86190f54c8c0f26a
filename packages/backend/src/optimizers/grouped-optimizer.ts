import type { Gradients, NamedArrays, Optimizer } from '@losslab/core';

/** One optimizer for each group of parameters. Its learning rate is the first group's; setting it scales all of them. */
export class GroupedOptimizer implements Optimizer {
  readonly name: string;
  readonly #members: readonly Optimizer[];

  constructor(members: readonly Optimizer[]) {
    this.name = [...new Set(members.map((member) => member.name))].join('+');
    this.#members = members;
  }

  get learningRate(): number {
    return this.#members[0]!.learningRate;
  }

  set learningRate(rate: number) {
    const factor = rate / this.learningRate;
    for (const member of this.#members) member.learningRate *= factor;
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
