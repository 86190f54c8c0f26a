import type * as tf from '@tensorflow/tfjs';
import { expected } from '../errors.ts';
import { EmbeddingTable } from '../tables/embedding-table.ts';

/** Parameters that share an optimizer's settings. Names are unique over all groups of a set. */
export interface ParameterGroup {
  readonly name: string;
  readonly tables: readonly EmbeddingTable[];
  readonly variables: ReadonlyMap<string, tf.Variable>;
}

export type Parameter = EmbeddingTable | tf.Variable;

/** Name and parameter, tables first. */
export function entries(groups: readonly ParameterGroup[]): (readonly [string, Parameter])[] {
  return groups.flatMap(({ tables, variables }) => [
    ...tables.map((table) => [table.name, table] as const),
    ...variables.entries(),
  ]);
}

/** What the tape differentiates by. */
export const tapeVariable = (parameter: Parameter): tf.Variable =>
  parameter instanceof EmbeddingTable ? parameter.anchor : parameter;

/** @throws LosslabError `bad-plugin` where two parameters have one name */
export function checkNames(groups: readonly ParameterGroup[]): void {
  const seen = new Set<string>();
  for (const name of [...groups.map((group) => `group ${group.name}`), ...entries(groups).map(([name]) => name)]) {
    if (seen.has(name)) {
      throw expected('parameters of distinct names', `"${name}" twice`, 'put the scope in front of the name', {
        code: 'bad-plugin',
      });
    }
    seen.add(name);
  }
}
