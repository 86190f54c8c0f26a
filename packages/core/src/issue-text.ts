import type * as z from 'zod';

const kinds: Readonly<Record<string, string>> = {
  number: 'a number',
  int: 'a whole number',
  string: 'text',
  boolean: 'true or false',
  array: 'a list',
  object: 'a group of options',
};

/**
 * What is wrong with a value, in words that follow its name: `must be >= 1`. Undefined: zod says it as well. A message
 * written in a schema comes before these.
 */
export function issueText(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_type') return kinds[issue.expected] && `must be ${kinds[issue.expected]}`;
  if (issue.code === 'invalid_value') return `must be ${alternatives(issue.values.map(quoted))}`;
  if (issue.code === 'too_small') return bound(issue.origin, issue.inclusive ? '>=' : '>', issue.minimum, 'least');
  if (issue.code === 'too_big') return bound(issue.origin, issue.inclusive ? '<=' : '<', issue.maximum, 'most');
  return issue.code === 'invalid_union' ? unionText(issue) : undefined;
}

function bound(origin: string, sign: string, limit: number | bigint, end: string): string | undefined {
  if (origin === 'number' || origin === 'int') return `must be ${sign} ${limit}`;
  if (origin === 'string') return limit === 1 ? 'must not be empty' : `must have at ${end} ${limit} letters`;
  return origin === 'array' ? `must have at ${end} ${limit} ${limit === 1 ? 'entry' : 'entries'}` : undefined;
}

function unionText(issue: Extract<z.core.$ZodRawIssue, { code: 'invalid_union' }>): string | undefined {
  if (Array.isArray(issue.options)) return `must be ${alternatives(issue.options.map(quoted))}`;
  const texts = issue.errors.map(([first]) => first?.message.match(/^must be (.+)$/)?.[1]);
  return texts.length > 0 && texts.every((text) => text !== undefined) ? `must be ${alternatives(texts)}` : undefined;
}

function quoted(value: unknown): string {
  return typeof value === 'string' ? `"${value}"` : String(value);
}

function alternatives(texts: readonly (string | undefined)[]): string {
  return texts.length < 2 ? `${texts[0]}` : `${texts.slice(0, -1).join(', ')} or ${texts.at(-1)}`;
}
