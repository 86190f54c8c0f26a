import { LosslabError, type ModelContext, type NamedArray, type NamedArrays, type Parameters } from '@losslab/core';

interface Pretrained {
  readonly gmf: string;
  readonly mlp: string;
  readonly alpha: number;
}

/**
 * Puts the weights of trained halves into NeuMF's parameters, which have their names; h^GMF and b^GMF by α, the others by 1 − α
 * (§3.4.1).
 * @throws LosslabError `bad-option` where the program cannot read runs, `bad-run` where a run is of another model, other
 *   sizes or other data
 */
export function startFrom({ gmf, mlp, alpha }: Pretrained, parameters: Parameters, context: ModelContext): void {
  const { scope } = context;
  if (context.weightsOf === undefined) {
    throw new LosslabError(
      'bad-option',
      '[models] expected a program that reads runs, got a model context without weightsOf; pass it, or leave pretrained out',
      { where: 'pretrained' },
    );
  }
  const trained = { gmf: context.weightsOf(gmf), mlp: context.weightsOf(mlp) };
  const mixed = (short: 'gmf' | 'mlp', name: string): NamedArray =>
    scaled(arrayOf(trained, short, name), short === 'gmf' ? alpha : 1 - alpha);
  const start = Object.entries(parameters.arrays()).map(([name, own]) => {
    const short = scope ? name.slice(scope.length + 1) : name;
    if (short === 'b') return [name, sum(mixed('gmf', 'b'), mixed('mlp', 'b'))] as const;
    const half = short.startsWith('gmf.') ? 'gmf' : 'mlp';
    const found = short.endsWith('.h') ? mixed(half, short) : arrayOf(trained, half, short);
    checkAlike(half, short, found, own);
    return [name, found] as const;
  });
  parameters.load(Object.fromEntries(start));
}

function arrayOf(trained: Readonly<Record<string, NamedArrays>>, half: string, name: string): NamedArray {
  const found = trained[half]![name];
  if (found !== undefined) return found;
  throw misfit(half, `${name} in a run of ${half}`, `arrays named ${Object.keys(trained[half]!).join(', ')}`);
}

function checkAlike(half: string, name: string, found: NamedArray, own: NamedArray): void {
  if (`${found.shape}` !== `${own.shape}`) throw misfit(half, `${name} [${own.shape}]`, `[${found.shape}]`);
}

function misfit(half: string, what: string, got: string): LosslabError {
  const remedy = `name a run of ${half} on the same data, with the same sizes`;
  return new LosslabError('bad-run', `[models] expected ${what}, got ${got}; ${remedy}`, {
    where: `pretrained.${half}`,
  });
}

const scaled = ({ shape, data }: NamedArray, factor: number): NamedArray => ({
  shape,
  data: Float32Array.from(data, (x) => factor * x),
});

const sum = (a: NamedArray, b: NamedArray): NamedArray => ({
  shape: a.shape,
  data: Float32Array.from(a.data, (x, k) => x + b.data[k]!),
});
