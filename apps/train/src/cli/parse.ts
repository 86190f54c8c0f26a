import type { LogTarget } from '@losslab/trainer';
import { InvalidArgumentError } from 'commander';

/** Parsers of option values. What they refuse is reported with the option's name and exit code 2. */

export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isSafeInteger(value) && value >= least) return value;
    throw new InvalidArgumentError(`expected a whole number >= ${least}.`);
  };
}

export function positiveNumber(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError('expected a number > 0.');
}

/** `5,10,20` */
export function wholeNumbers(least: number): (text: string) => number[] {
  return (text) => text.split(',').map(wholeNumber(least));
}

/** `recall,ndcg` */
export function names(text: string): string[] {
  const list = text.split(',').map((name) => name.trim());
  if (list.every((name) => name !== '')) return list;
  throw new InvalidArgumentError('expected names with commas between them.');
}

export function negatives(text: string): number | 'in-batch' {
  return text === 'in-batch' ? text : wholeNumber(0)(text);
}

const logKinds: readonly string[] = ['tensorboard', 'jsonl']; // the trainer's, which takes a while to load

/** `tensorboard`, `jsonl:log.jsonl`; may be given several times. */
export function logTarget(text: string, before: readonly LogTarget[] = []): LogTarget[] {
  const [, kind = text, path] = /^(\w+)(?::(.*))?$/s.exec(text) ?? [];
  if (logKinds.includes(kind) && path !== '') {
    return [...before, { kind: kind as LogTarget['kind'], ...(path !== undefined && { path }) }];
  }
  throw new InvalidArgumentError('expected tensorboard or jsonl, perhaps with a path, such as jsonl:log.jsonl.');
}

/** For options that may be given several times. */
export function collect(value: string, before: string[] = []): string[] {
  return [...before, value];
}
