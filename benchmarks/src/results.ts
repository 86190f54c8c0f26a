import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import type { Missing, Timing } from './contender.ts';

/** What one case measured. */
export interface Result {
  readonly title: string;
  readonly measured: string; // day, ISO 8601
  readonly machine: string;
  readonly timings: readonly Timing[]; // losslab's own first
  readonly missing: readonly Missing[];
  readonly parts?: Readonly<Record<string, number>>; // medians, ms
  readonly profile?: Readonly<Record<string, number>>; // means, ms, by kernel
  readonly facts?: Readonly<Record<string, string>>;
}

/** Results by the case's name. */
export type Results = Readonly<Record<string, Result>>;

export function readResults(file: string): Results {
  return JSON.parse(readFileSync(file, 'utf8')) as Results;
}

/** Puts one result into `file`, in the place of an older one of the same case; the others stay. */
export function keepResult(file: string, name: string, result: Result): void {
  const kept = existsSync(file) ? readResults(file) : {};
  writeFileSync(file, `${JSON.stringify({ ...kept, [name]: result }, null, 2)}\n`);
}

export function machineName(): string {
  const cores = availableParallelism();
  return `${cpus()[0]?.model ?? 'unknown CPU'}, ${cores} core${cores > 1 ? 's' : ''}, Node ${process.versions.node}`;
}
