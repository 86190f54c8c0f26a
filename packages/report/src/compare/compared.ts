import { leaves, type RunResult } from '@losslab/core';

/** A finished run that is to be compared, as @losslab/trainer's `findRuns` reads them. */
export interface ComparedRun {
  /** Where it is kept, to name it. */
  readonly path: string;
  readonly result: RunResult;
  /** Test metrics user by user, in the order of `users`; without them there are no tests over users. */
  readonly perUser?: PerUserValues | undefined;
  /** SHA-256 of the test part; absent: as in the result. */
  readonly testPart?: string | undefined;
}

export interface PerUserValues {
  readonly users: Int32Array; // [n]
  readonly values: Readonly<Record<string, Float64Array>>; // [n], by `recall@20`
}

/** Runs that differ in their seed alone. */
export interface ComparedEntry {
  readonly label: string;
  readonly runs: readonly ComparedRun[];
}

/** Settings that make no other method: a thread more or a seed less. */
const ignored: readonly string[] = ['seed', 'threads', 'engine', 'checkpointEvery'];

/** The settings of a run by their dotted names, as JSON, but those that make no other method. */
export function settingsOf({ result }: ComparedRun): Map<string, string> {
  return new Map(leaves(result.options).filter(([path]) => !ignored.includes(path)));
}

export function testPartOf({ result, testPart }: ComparedRun): string {
  const { statistics, testPart: own } = result.dataset;
  // Results of earlier versions do not tell: then its size, and the users' numbers, must do.
  return testPart ?? own ?? `${statistics.test} interactions`;
}

/**
 * Groups runs that differ in their seed alone, in the order in which they come, and names each group by what sets it
 * apart. A seed that comes twice begins another group: the same run twice says nothing about seeds.
 */
export function groupRuns(runs: readonly ComparedRun[]): ComparedEntry[] {
  const groups: { key: string; runs: ComparedRun[] }[] = [];
  for (const run of runs) {
    const key = keyOf(run);
    const seeds = (group: { runs: ComparedRun[] }) => group.runs.map(({ result }) => result.seed);
    const group = groups.find((one) => one.key === key && !seeds(one).includes(run.result.seed));
    if (group === undefined) groups.push({ key, runs: [run] });
    else group.runs.push(run);
  }
  const labels = labelsOf(groups.map((group) => group.runs[0]!));
  return groups.map((group, at) => ({
    label: labels[at]!,
    runs: group.runs.toSorted((a, b) => a.result.seed - b.result.seed),
  }));
}

function keyOf(run: ComparedRun): string {
  const { dataset, engine } = run.result;
  const settings = [...settingsOf(run)].sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([settings, dataset.checksum, dataset.split, testPartOf(run), engine.name]);
}

/** `bpr`, `bsl`; where two share that, with what differs: `bsl tau1=0.2`, else with the path. */
function labelsOf(runs: readonly ComparedRun[]): string[] {
  const models = new Set(runs.map(({ result }) => result.model.name));
  const plain = runs.map(({ result: { model, loss } }) =>
    loss === undefined ? model.name : models.size > 1 ? `${model.name} + ${loss.name}` : loss.name,
  );
  const told = runs.map((run, at) => {
    const alike = runs.filter((_, other) => plain[other] === plain[at]);
    const parts = alike.length === 1 ? [] : differingSettings(alike).map((key) => shown(key, settingsOf(run).get(key)));
    return parts.length <= 2 ? [plain[at], ...parts].join(' ') : `${plain[at]} ${run.path}`;
  });
  return told.map((label, at) => {
    const isAlone = told.filter((other) => other === label).length === 1;
    return isAlone ? label : `${label} ${runs[at]!.path}`;
  });
}

/** Dotted names of settings that are not the same in all runs. */
export function differingSettings(runs: readonly ComparedRun[]): string[] {
  const all = runs.map(settingsOf);
  const keys = new Set(all.flatMap((settings) => [...settings.keys()]));
  return [...keys].filter((key) => new Set(all.map((settings) => settings.get(key))).size > 1);
}

function shown(key: string, json = 'unset'): string {
  const value = json.replace(/^"(.*)"$/, '$1');
  return key === 'protocol' ? value : `${key.split('.').at(-1)}=${value}`;
}
