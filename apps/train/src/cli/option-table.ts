import type { OptionSchema } from '@losslab/core';
import * as z from 'zod';

/** An option of a part, as people read it. */
export interface OptionRow {
  readonly name: string;
  /** `number > 0`, `"dot" or "cosine"`. */
  readonly values: string;
  /** As JSON. Absent: there is none. */
  readonly default?: string;
  /** What it means, in one sentence. */
  readonly what?: string;
}

interface JsonSchema {
  readonly description?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly default?: unknown;
}

/** The options of a schema, nested ones by their dotted names. */
export function optionRows(schema: OptionSchema<unknown>, prefix = ''): OptionRow[] {
  return rowsOf(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema, prefix);
}

function rowsOf({ properties = {} }: JsonSchema, prefix: string): OptionRow[] {
  return Object.entries(properties).flatMap(([key, field]) => {
    const name = `${prefix}${key}`;
    const isGroup = Object.keys(field.properties ?? {}).length > 0 && field.properties?.name === undefined;
    if (isGroup) return rowsOf(field, `${name}.`);
    const { description: what, default: usual } = field;
    const known = { ...(usual !== undefined && { default: JSON.stringify(usual) }), ...(what && { what }) };
    return [{ name, values: valuesOf(field), ...known }];
  });
}

function valuesOf(field: JsonSchema): string {
  const choices = field.anyOf ?? field.oneOf;
  if (choices !== undefined) return choices.map(valuesOf).join(' or ');
  if (field.enum !== undefined) return field.enum.map((value) => JSON.stringify(value)).join(' or ');
  if (field.const !== undefined) return JSON.stringify(field.const);
  const { name } = field.properties ?? {};
  if (name !== undefined) return name.const === undefined ? 'name and options' : JSON.stringify(name.const);
  if (field.type === 'array') return `list of ${valuesOf(field.items ?? {})}`;
  const type = { integer: 'whole number', boolean: 'true or false', string: 'text' }[field.type ?? ''] ?? field.type;
  return [type ?? 'anything', bounds(field).join(', ')].join(' ').trimEnd();
}

/** Bounds that say nothing (JavaScript's largest whole numbers) are left out. */
function bounds({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: JsonSchema): string[] {
  const shown: [string, number | undefined][] = [
    ['>=', minimum],
    ['>', exclusiveMinimum],
    ['<=', maximum],
    ['<', exclusiveMaximum],
  ];
  return shown.flatMap(([sign, bound]) =>
    bound === undefined || Math.abs(bound) === Number.MAX_SAFE_INTEGER ? [] : [`${sign} ${bound}`],
  );
}
