/** What a person can mend. */
export class Refusal extends Error {}

export const refuse = (what: string, got: string, remedy: string): never => {
  throw new Refusal(`expected ${what}, got ${got}; ${remedy}`);
};
