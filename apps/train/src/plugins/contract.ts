import { LosslabError } from '@losslab/core';
import * as z from 'zod';
import { isOurs } from '../cli/present-error.ts';
import { guarded } from './guard.ts';
import { flagOf } from './reference.ts';
import { thrown } from './thrown.ts';

export type PluginKind = 'loss' | 'model' | 'sampler' | 'metric' | 'step';

const method = z.custom<(...args: never[]) => unknown>((value) => typeof value === 'function', 'must be a function');
const name = z.string().regex(/^[a-z][a-z0-9-]*$/, 'must be lower-case letters, digits and hyphens');
const schema = z.custom((value) => (value as z.ZodType | null)?._zod !== undefined, 'must be a schema of zod 4');
const range = z.object({ least: z.int().min(0), most: z.int().min(0).optional(), usual: z.int().min(0) });

const metric = z
  .object({ name, definition: z.string(), value: method.optional(), total: method.optional() })
  .refine(({ value, total }) => value !== undefined || total !== undefined, {
    path: ['value'],
    message: 'must be a function, or total one',
  });

/** A definition may make several metrics. */
const metrics = z.array(metric).min(1);

const definition = z.object({
  name,
  summary: z.string().min(1),
  source: z.string().min(1),
  options: schema,
  create: method,
});

/** What each kind of definition must have. */
const definitions = {
  loss: definition.extend({ regimes: z.record(name, z.record(z.string(), z.unknown())).optional() }),
  model: definition.extend({ fitted: z.boolean() }),
  sampler: definition,
  metric: definition.extend({ cutOff: z.boolean().optional() }),
  step: definition,
};

const parameters = z.object({ gradient: method, save: method, restore: method });

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
    inspect: method.optional(),
  }),
  model: z.discriminatedUnion(
    'kind',
    [
      z.object({
        name,
        kind: z.literal('step'),
        parameters,
        score: method,
        ranker: method,
        penalty: method.optional(),
      }),
      z.object({ name, kind: z.literal('fitted'), fit: method, ranker: method, arrays: method, load: method }),
    ],
    'must be "step" or "fitted"',
  ),
  sampler: z.object({
    name,
    steps: z.int().min(0),
    excludes: z.enum(['seen', 'nobody']),
    propose: method,
    refine: method.optional(),
  }),
  metric,
  step: z.object({ name, streams: z.array(z.object({ name: z.string(), source: z.string() })).min(1), epoch: method }),
};

const guides: Readonly<Record<PluginKind, string>> = {
  loss: 'docs/contribute-a-loss.md',
  model: 'docs/plug-ins.md',
  sampler: 'docs/plug-ins.md',
  metric: 'docs/plug-ins.md',
  step: 'docs/plug-ins.md',
};

interface Created {
  readonly kind: PluginKind;
  readonly name: string;
  create(...args: readonly unknown[]): unknown;
}

/** How a plug-in was asked for, and the folder that this is looked up from. */
interface Asked {
  readonly reference: string;
  readonly folder: string;
}

/**
 * Holds a definition to its contract, and what its `create` returns when it is called. What either throws is told as the plug-in's.
 * @throws LosslabError `bad-plugin` naming the first part that is missing or is not as its contract says.
 */
export function checkDefinition<Definition extends Created>(found: Definition, asked: Asked): Definition {
  const { kind } = found;
  const { reference } = asked;
  check(kind, definitions[kind], found, `the ${kind} of ${reference}`, reference);
  const create = (...args: readonly unknown[]): unknown => {
    const product = created(found, args, asked);
    const what = `what create of ${found.name} returns`;
    check(kind, Array.isArray(product) && kind === 'metric' ? metrics : products[kind], product, what, reference);
    if (kind !== 'metric') checkOwnName(found, product as { name: string }, reference);
    return Array.isArray(product) ? product.map((one) => telling(one, found, asked)) : telling(product, found, asked);
  };
  return { ...found, create };
}

function created(found: Created, args: readonly unknown[], asked: Asked): unknown {
  try {
    return found.create(...args);
  } catch (cause) {
    throw told(found, asked, `create of ${found.name} to return a ${found.kind}`, cause);
  }
}

/** A product whose functions, when they throw, say whose they are. */
function telling(product: unknown, found: Created, asked: Asked): unknown {
  const { kind, name } = found;
  return guarded(product as object, (method, cause) =>
    told(found, asked, `${method} of the ${kind} ${name} to run through`, cause),
  );
}

function told({ kind }: Created, { reference, folder }: Asked, expected: string, cause: unknown): unknown {
  if (isOurs(cause)) return cause;
  const remedy = 'mend it (LOSSLAB_DEBUG=1 shows where)';
  return broken(kind, reference, `${expected}, got ${thrown(cause, reference, folder)}; ${remedy}`, cause);
}

/** A run is written down under the definition's name. */
function checkOwnName(found: Created, product: { readonly name: string }, reference: string): void {
  if (product.name === found.name) return;
  const expected = `what create of ${found.name} returns to have that name, got name = "${product.name}"`;
  throw broken(found.kind, reference, `${expected}; give both one name`);
}

function check(kind: PluginKind, contract: z.ZodType, value: unknown, what: string, reference: string): void {
  const issue = contract.safeParse(value).error?.issues[0];
  if (issue === undefined) return;
  const path = issue.path.join('.') || 'it';
  const part = reached(value, issue.path);
  const got = part === undefined ? `no ${path}` : `${path} = ${JSON.stringify(part) ?? typeof part}`;
  const text = `${what} to keep its contract, got ${got} (${issue.message}); see ${guides[kind]}`;
  throw broken(kind, reference, text);
}

function reached(value: unknown, path: readonly PropertyKey[]): unknown {
  let at = value;
  for (const key of path) at = (at as Record<PropertyKey, unknown> | undefined)?.[key];
  return at;
}

/** A plug-in as it was asked for. */
export interface Loaded {
  readonly kind: PluginKind;
  readonly reference: string; // ./my-loss.ts
  readonly name: string; // what it defines
}

/** What a part broke of its contract when it was called, told with the flag and the file that it came from. */
export function withReference(error: unknown, loaded: readonly Loaded[]): unknown {
  if (!(error instanceof LosslabError) || error.code !== 'bad-plugin') return error;
  const [, kind, name, text] = /^\[(\w+) (\S+)\] expected (.*)$/s.exec(error.message) ?? [];
  const plugin = loaded.find((one) => one.kind === kind && one.name === name);
  return plugin === undefined ? error : broken(plugin.kind, plugin.reference, text!, error);
}

/** The error that names the flag and the file of a plug-in. */
export function broken(kind: PluginKind, reference: string, text: string, cause?: unknown): LosslabError {
  return new LosslabError('bad-plugin', `[losslab] expected ${text}`, { where: `${flagOf(kind)} ${reference}`, cause });
}
