import * as z from 'zod';
import { LosslabError } from './errors.ts';
import { issueText } from './issue-text.ts';
import { unknownName } from './nearest.ts';

/** Options are zod objects; each default is written there, once. */
export type OptionSchema<Options> = z.ZodType<Options>;

/** The keys that a schema knows, or undefined where it is not an object. */
export function knownKeys(schema: z.ZodType): string[] | undefined {
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : undefined;
}

/**
 * Checks `given` against `schema` and fills in defaults.
 * @param where what the options belong to, as the user wrote it: `loss bsl`.
 * @throws LosslabError `unknown-name` for a key that the schema does not know (naming the nearest), `bad-option` for a
 *   value it does not take.
 */
export function parseOptions<Options>(schema: OptionSchema<Options>, given: unknown, where: string): Options {
  const known = knownKeys(schema);
  if (known !== undefined && typeof given === 'object' && given !== null) {
    const stranger = Object.keys(given).find((key) => !known.includes(key));
    if (stranger !== undefined) throw unknownName(`option of ${where}`, stranger, known, where);
  }
  const result = schema.safeParse(given ?? {}, { error: issueText });
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  const path = issue.path.join('.');
  throw new LosslabError('bad-option', `[${where}] ${path}: ${issue.message}, got ${shown(given, issue.path)}`, {
    where: path,
  });
}

/** What stands at a path; where the path leads into something that is no object, that. */
function shown(given: unknown, path: readonly PropertyKey[]): string {
  let value = given;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) break;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return JSON.stringify(value) ?? 'nothing';
}
