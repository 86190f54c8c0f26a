import { LosslabError } from '@losslab/core';
import { z } from 'zod';

export type PluginKind = 'loss' | 'model' | 'sampler' | 'metric' | 'step';

const method = z.custom<(...args: never[]) => unknown>((value) => typeof value === 'function', 'must be a function');
const name = z.string().regex(/^[a-z][a-z0-9-]*$/, 'must be lower-case letters, digits and hyphens');
const schema = z.custom(
  (value) => typeof (value as z.ZodType | null)?.safeParse === 'function',
  'must be a zod schema',
);
const range = z.object({ least: z.int().min(0), most: z.int().min(0).optional(), usual: z.int().min(0) });

const metric = z
  .object({ name, definition: z.string(), value: method.optional(), total: method.optional() })
  .refine(({ value, total }) => value !== undefined || total !== undefined, 'must have value or total');

const definition = z.object({
  name,
  summary: z.string().min(1),
  source: z.string().min(1),
  options: schema,
  create: method,
});

/** What each kind of definition must have. */
const definitions = {
  loss: definition,
  model: definition.extend({ fitted: z.boolean() }),
  sampler: definition,
  metric: definition,
  step: definition,
};

/** What `create` must return, as far as it can be seen without running it. The test kit looks deeper. */
const products: Record<PluginKind, z.ZodType> = {
  loss: z.object({
    name,
    needs: z.object({
      positives: range,
      negatives: range,
      inBatch: z.boolean(),
      labelled: z.boolean(),
      similarity: z.enum(['dot', 'cosine']),
    }),
    gradient: z.union([z.literal('exact'), method], 'must be "exact" or an oracle'),
    compute: method,
  }),
  model: z.object({ name, kind: z.enum(['step', 'fitted']), ranker: method }),
  sampler: z.object({ name, steps: z.int().min(0), excludes: z.enum(['seen', 'nobody']), propose: method }),
  metric: z.union([metric, z.array(metric).min(1)]),
  step: z.object({ name, streams: z.array(z.object({ name: z.string(), source: z.string() })).min(1), epoch: method }),
};

interface Created {
  readonly kind: PluginKind;
  readonly name: string;
  create(...args: readonly unknown[]): unknown;
}

/** @throws LosslabError `bad-plugin` naming the first thing that is not as its contract says. */
export function checkDefinition<Definition extends Created>(found: Definition, reference: string): Definition {
  const { kind } = found;
  check(definitions[kind], found, `the ${kind} of ${reference}`, `--${kind} ${reference}`);
  const create = (...args: readonly unknown[]): unknown => {
    const product = found.create(...args);
    check(products[kind], product, `what create of ${found.name} returns`, `--${kind} ${reference}`);
    return product;
  };
  return { ...found, create };
}

function check(contract: z.ZodType, value: unknown, what: string, where: string): void {
  const issue = contract.safeParse(value).error?.issues[0];
  if (issue === undefined) return;
  const path = issue.path.join('.') || 'it';
  const got = reached(value, issue.path);
  throw new LosslabError(
    'bad-plugin',
    `[losslab] expected ${what} to keep its contract, got ${path} = ${got} (${issue.message}); see docs/contribute-a-loss.md`,
    { where },
  );
}

function reached(value: unknown, path: readonly PropertyKey[]): string {
  let at = value;
  for (const key of path) at = (at as Record<PropertyKey, unknown> | undefined)?.[key];
  return JSON.stringify(at) ?? typeof at;
}
