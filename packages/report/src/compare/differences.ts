import { protocolSentence } from '../provenance.ts';
import { type ComparedEntry, testPartOf } from './compared.ts';

/** Something that runs must share for their numbers to be comparable, and do not. */
export interface Difference {
  /** `protocol`, `data`, `test part`, `definition of recall` ... */
  readonly what: string;
  /** By entry. */
  readonly values: Readonly<Record<string, string>>;
  /** Whether runs that differ so are not tested against each other; else it is only told. */
  readonly bars: boolean;
  readonly sentence: string;
}

const short = (sum: string): string => (/^[0-9a-f]{64}$/.test(sum) ? `${sum.slice(0, 12)}…` : sum);

/** What of that kind differs between entries. */
export function differencesOf(entries: readonly ComparedEntry[]): Difference[] {
  const all: (Difference | undefined)[] = [
    difference(entries, 'protocol', ({ result }) => result.protocol, true),
    difference(
      entries,
      'data',
      ({ result: { dataset } }) => `${dataset.name}, SHA-256 ${short(dataset.checksum)}`,
      true,
    ),
    difference(entries, 'test part', (run) => short(testPartOf(run)), true),
    difference(entries, 'mask at test', ({ result }) => String(result.options.mask ?? 'seen'), true),
    ...definitionNames(entries).map((name) =>
      difference(entries, `definition of ${name}`, ({ result }) => result.definitions[name], true),
    ),
    difference(
      entries,
      'training and validation part',
      ({ result }) => short(result.dataset.split ?? 'unknown'),
      false,
    ),
    difference(
      entries,
      'engine',
      ({ result: { engine } }) => [engine.name, engine.build].filter(Boolean).join(' '),
      false,
    ),
  ];
  const found = all.filter((one) => one !== undefined);
  const told = new Set(found.map(({ what }) => what));
  // Another test part or protocol is another split too: once is enough.
  const implied = ['data', 'test part', 'protocol'].some((what) => told.has(what));
  return found.filter(({ what }) => what !== 'training and validation part' || !implied);
}

export function definitionNames(entries: readonly ComparedEntry[]): string[] {
  return [...new Set(entries.flatMap(({ runs }) => Object.keys(runs[0]!.result.definitions)))];
}

function difference(
  entries: readonly ComparedEntry[],
  what: string,
  of: (run: ComparedEntry['runs'][number]) => string | undefined,
  bars: boolean,
): Difference | undefined {
  const values = entries.flatMap(({ label, runs }) => {
    const value = of(runs[0]!);
    return value === undefined ? [] : [[label, value] as const];
  });
  const distinct = [...new Set(values.map(([, value]) => value))];
  if (distinct.length < 2) return undefined;
  const labels = (value: string): string => values.flatMap(([label, own]) => (own === value ? [label] : [])).join(', ');
  const sides = distinct.map((value) => `${value} (${labels(value)})`).join(' · ');
  const why = what === 'protocol' ? ` Under ${protocolSentence('paper')}.` : '';
  return { what, values: Object.fromEntries(values), bars, sentence: `They differ in ${what}: ${sides}.${why}` };
}

/** Entries with the same panel can be tested against each other; metrics besides must be defined alike. */
export function panelOf({ runs }: ComparedEntry): string {
  const { protocol, dataset, options } = runs[0]!.result;
  return JSON.stringify([protocol, dataset.name, dataset.checksum, testPartOf(runs[0]!), options.mask ?? 'seen']);
}
