import { unknownName } from '@losslab/core';
import type { RegistryEntry } from './entry.ts';
import { MOVIELENS } from './movielens.ts';
import { OTHERS } from './others.ts';

/** The name of the data set that `generate` makes; no file holds it. */
export const GENERATED = 'generated';

/** The name of the data set that `generatePlays` makes: play-time logs, labelled by finish rate. */
export const GENERATED_PLAYS = 'generated-plays';

/** Every data set that losslab knows by name and that files hold, by name. */
export const REGISTRY: ReadonlyMap<string, RegistryEntry> = new Map(
  [...MOVIELENS, ...OTHERS].sort((a, b) => (a.name < b.name ? -1 : 1)).map((entry) => [entry.name, entry]),
);

/** Names that `openDataset` takes, those of generated data among them. */
export function datasetNames(): string[] {
  return [...REGISTRY.keys(), GENERATED, GENERATED_PLAYS].sort();
}

/** @throws LosslabError `unknown-name`, naming the nearest data set */
export function registryEntry(name: string): RegistryEntry {
  const entry = REGISTRY.get(name);
  if (entry === undefined) throw unknownName('data set', name, datasetNames(), 'data');
  return entry;
}
