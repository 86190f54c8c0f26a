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

/** For options that may be given several times. */
export function collect(value: string, before: string[] = []): string[] {
  return [...before, value];
}
