import type { Dataset } from '@losslab/core';
import type { OpenOptions } from '../open-options.ts';
import { GENERATED, GENERATED_PLAYS } from '../registry/registry.ts';
import { generate } from './generate.ts';
import { generatePlays } from './plays.ts';

/** The generated data set of that name; undefined where the name is none. */
export function generatedNamed(name: string, options: OpenOptions): Dataset | undefined {
  if (name === GENERATED) return generate(options.generate, options).dataset;
  if (name === GENERATED_PLAYS) return generatePlays(options.plays).dataset(options, options.labels);
  return undefined;
}
