import { applySettings, type Named, type Plugins, type RunConfigInput } from '@losslab/trainer';
import { givenDataOptions } from '../cli/data-options.ts';
import type { TrainFlags } from '../commands/train.ts';
import type { Loaded, PluginKind } from '../plugins/contract.ts';
import { isPlugin, loadPlugin } from '../plugins/load.ts';
import { readReference } from '../plugins/reference.ts';

/** A run as the command line asks for it. */
export interface Request {
  readonly config: RunConfigInput;
  /** The registry and whatever the configuration loaded. */
  readonly plugins: Plugins;
  /** What was loaded, to say how to go on. */
  readonly loaded: readonly Loaded[];
}

const partKinds = ['model', 'loss', 'sampler', 'step'] as const;

/** Puts flags, then `--set`, on top of a configuration, and loads the plugins that any of them names. */
export async function buildRequest(base: RunConfigInput, flags: TrainFlags, plugins: Plugins): Promise<Request> {
  const start = await loadReferences({ config: base, plugins, loaded: [] });
  const given = await loadReferences({ ...start, config: flagConfig(flags) });
  const config = applySettings(merge(start.config, given.config), flags.set ?? []);
  return loadReferences({ ...given, config });
}

/** The flags that were given, as a configuration of their own. */
function flagConfig(flags: TrainFlags): RunConfigInput {
  const { data, model, loss, regime, sampler, step, optimizer, learningRate, metrics } = flags;
  const { epochs, batchSize, positives, negatives, protocol, stopOn, patience, at, seed, engine, threads } = flags;
  const reading = givenDataOptions(flags);
  const all = {
    ...{ regime, epochs, batchSize, positives, negatives, protocol, stopOn, patience, at, seed, engine, threads },
    ...(metrics && { metrics }),
    ...(model && { model: { name: model } }),
    ...(loss && { loss: { name: loss } }),
    ...(sampler && { sampler: { name: sampler } }),
    ...(step && { step: { name: step } }),
    ...((optimizer || learningRate) && {
      optimizer: { ...(optimizer && { name: optimizer }), ...(learningRate && { learningRate }) },
    }),
    ...((data || Object.keys(reading).length > 0) && { data: { ...(data && { name: data }), ...reading } }),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as RunConfigInput;
}

type Group = Readonly<Record<string, unknown>>;

/** `over` on top of `base`. A part that keeps its name keeps the options that `over` does not give. */
function merge(base: RunConfigInput, over: RunConfigInput): RunConfigInput {
  const merged: Record<string, unknown> = { ...base, ...over };
  for (const kind of ['data', 'optimizer', ...partKinds] as const) {
    const [below, above] = [asGroup(base[kind]), asGroup(over[kind])];
    if (above === undefined) continue;
    const isOther = below !== undefined && above.name !== undefined && above.name !== below.name;
    merged[kind] = isOther ? above : { ...below, ...above };
  }
  if (over.metrics !== undefined) merged.metrics = over.metrics.map((metric) => withOptions(metric, base.metrics));
  return merged as RunConfigInput;
}

type Metrics = NonNullable<RunConfigInput['metrics']>;

/** A metric that is named alone keeps the options it has below. */
function withOptions(metric: Metrics[number], below: Metrics = []): Metrics[number] {
  if (typeof metric !== 'string') return metric;
  return below.find((one) => (asGroup(one) as Named).name === metric) ?? metric;
}

function asGroup(value: unknown): Group | undefined {
  return typeof value === 'string' ? { name: value } : (value as Group | undefined);
}

/** Replaces files and packages by the names of what they define. */
async function loadReferences(request: Request): Promise<Request> {
  let { plugins } = request;
  const config: Record<string, unknown> = { ...request.config };
  const loaded = [...request.loaded];
  const load = async (kind: PluginKind, value: unknown): Promise<unknown> => {
    const named = asGroup(value) as Named | undefined;
    if (typeof named?.name !== 'string' || !isPlugin(named.name, kind, plugins)) return value;
    const reference = named.name;
    const before = loaded.find((one) => one.kind === kind && isSame(one.reference, reference));
    if (before !== undefined) return { ...named, name: before.name };
    const plugin = await loadPlugin(plugins, kind, reference);
    loaded.push({ kind, reference, name: plugin.name });
    plugins = plugin.plugins;
    return { ...named, name: plugin.name };
  };
  for (const kind of partKinds) if (config[kind] !== undefined) config[kind] = await load(kind, config[kind]);
  if (Array.isArray(config.metrics)) {
    const metrics: unknown[] = [];
    for (const metric of config.metrics) metrics.push(alone(await load('metric', metric)));
    config.metrics = metrics;
  }
  return { config: config as RunConfigInput, plugins, loaded };
}

/** `./mine.ts` and `mine.ts` are one file. */
function isSame(one: string, other: string): boolean {
  const [a, b] = [one, other].map((reference) => readReference(reference, process.cwd()));
  return (a!.path ?? a!.module) === (b!.path ?? b!.module) && a!.chosen === b!.chosen;
}

/** A metric without options is its name alone, as the flag writes it. */
function alone(metric: unknown): unknown {
  const { name, ...options } = asGroup(metric) as Named;
  return Object.keys(options).length === 0 ? name : metric;
}
