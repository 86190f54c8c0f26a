import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { LosslabError, type RunResult } from '@losslab/core';
import { finish, parseConfig, type RunConfigInput, type TrainOptions, train, trainSeeds } from '@losslab/trainer';
import { commandLine, quoted } from '../cli/command-name.ts';
import { type Interruption, takeInterruptions } from '../cli/interruption.ts';
import { checkFolder, makeOutput, type Output } from '../cli/output.ts';
import { type Bar, makeBar } from '../cli/progress.ts';
import { trainingProgress } from '../cli/training-progress.ts';
import { type Loaded, withReference } from '../plugins/contract.ts';
import { registry } from '../registry.ts';
import { buildRequest } from '../run/build-config.ts';
import { openData } from '../run/open-data.ts';
import { packageVersions } from '../run/package-versions.ts';
import { readConfigFile, readRunConfig } from '../run/read-config.ts';
import { resultText, seedsText } from '../run/result-text.ts';
import { newRunFolder } from '../run/run-folder-name.ts';
import type { TrainFlags } from './train.ts';

interface Job {
  readonly flags: TrainFlags;
  readonly output: Output;
  readonly bar: Bar;
  readonly interruption: Interruption;
  readonly loaded: readonly Loaded[];
  readonly options: TrainOptions & { readonly out: string };
}

/** `losslab train`. */
export async function trainCommand(flags: TrainFlags): Promise<number> {
  const output = makeOutput(flags.json);
  if (flags.out !== undefined) checkFolder(flags.out, '--out');
  const base = baseConfig(flags);
  const { config: asked, plugins, loaded } = await buildRequest(base, flags, registry);
  const bar = makeBar();
  const interruption = takeInterruptions(() => bar.note('interrupted: finishing the step and saving'));
  const { signal } = interruption;
  try {
    const { dataset, config, seconds } = await openData(asked, { dataDir: flags.dataDir, signal, bar });
    const out = flags.out ?? newRunFolder(dataset.name, methodName(config));
    const engine = config.engine ?? 'auto';
    const options = {
      config: { ...config, engine },
      dataset,
      plugins,
      out,
      signal,
      loadSeconds: seconds,
      ...told(flags),
    };
    const job = { flags, output, bar, interruption, loaded, options: { ...options, resume: flags.resume ?? false } };
    return flags.seeds === undefined ? await trainOne(job) : await trainMany(job, flags.seeds);
  } catch (error) {
    throw withFlag(withReference(error, loaded), flags);
  } finally {
    bar.stop();
    interruption.release();
  }
}

/** What a run's result and its logs tell besides the run. */
function told({ typed, log, logEvery }: TrainFlags): Pick<TrainOptions, 'command' | 'versions' | 'log'> {
  if (logEvery !== undefined && log === undefined) {
    throw usage('--log-every', 'something to log', 'no --log', 'add --log tensorboard or --log jsonl');
  }
  return {
    ...(typed !== undefined && { command: typed }),
    versions: packageVersions(),
    ...(log && { log: log.map((target) => ({ ...target, ...(logEvery !== undefined && { everySteps: logEvery }) })) }),
  };
}

/** The configuration that flags come on top of: a file's, or that of the run to go on with. */
function baseConfig({ config, resume, out, data }: TrainFlags): RunConfigInput {
  if (!resume) return config === undefined ? {} : readConfigFile(config);
  if (out === undefined) throw usage('--resume', 'the folder of the run', 'none', 'name it with --out');
  if (config !== undefined) return readConfigFile(config);
  const found = readRunConfig(out) ?? readRunConfig(firstSeedFolder(out));
  if (found !== undefined) return found;
  if (data !== undefined) return {};
  throw new LosslabError('bad-run', `[losslab] expected a run in ${out}, got none; check the folder`, {
    where: '--out',
  });
}

function firstSeedFolder(out: string): string {
  const names = existsSync(out) ? readdirSync(out) : [];
  return join(out, names.find((name) => /^seed-\d+$/.test(name)) ?? '.');
}

function methodName(config: RunConfigInput): string {
  const { model, loss } = parseConfig(config);
  return loss?.name ?? model.name;
}

async function trainOne(job: Job): Promise<number> {
  const { options, output, bar } = job;
  const progress = trainingProgress(progressOptions(job));
  const result = await finish(train(options), progress);
  bar.stop();
  if (result.status === 'interrupted') return interrupted(job, result);
  output.print(resultText(result));
  output.print(`saved in ${options.out}`);
  await output.writeJson(result);
  suggest(job, options.out);
  return 0;
}

async function trainMany(job: Job, seeds: readonly number[]): Promise<number> {
  const { options, output, bar } = job;
  const draw = new Map(
    seeds.map((seed) => [seed, trainingProgress({ ...progressOptions(job), label: `seed ${seed}` })]),
  );
  const result = await finish(trainSeeds({ ...options, seeds }), ({ seed, event }) => draw.get(seed)?.(event));
  bar.stop();
  const stopped = result.runs.find(({ status }) => status === 'interrupted');
  if (stopped !== undefined || result.runs.length < new Set(seeds).size) return interrupted(job, stopped);
  output.print(seedsText(result));
  output.print(`saved in ${options.out}`);
  await output.writeJson(result);
  return 0;
}

function progressOptions({ bar }: Job) {
  return { bar, moves: process.stderr.isTTY === true };
}

/** Says how to go on. */
async function interrupted({ flags, options, output, interruption, loaded }: Job, result?: RunResult): Promise<number> {
  const again = ['train', '--out', options.out, '--resume'];
  if (flags.dataDir !== undefined) again.push('--data-dir', flags.dataDir);
  if (flags.seeds !== undefined) again.push('--seeds', flags.seeds.join(','));
  again.push(...pluginFlags(loaded, options.config));
  for (const { kind, path } of flags.log ?? []) again.push('--log', path === undefined ? kind : `${kind}:${path}`);
  if (flags.logEvery !== undefined) again.push('--log-every', String(flags.logEvery));
  const when = result === undefined ? '' : ` after ${result.epochs} epochs, ${result.steps} steps`;
  output.note(`interrupted${when}; go on with\n  ${commandLine(again.map(quoted).join(' '))}`);
  if (result !== undefined) await output.writeJson(result);
  return interruption.exitCode();
}

/** What was loaded has to be loaded again; --metrics names all of them. */
function pluginFlags(loaded: readonly Loaded[], { metrics = [] }: RunConfigInput): string[] {
  const flags = loaded.flatMap(({ kind, reference }) => (kind === 'metric' ? [] : [`--${kind}`, reference]));
  const own = new Map(loaded.flatMap(({ kind, name, reference }) => (kind === 'metric' ? [[name, reference]] : [])));
  if (own.size === 0) return flags;
  const names = metrics.map((metric) => (typeof metric === 'string' ? metric : metric.name));
  return [...flags, '--metrics', names.map((name) => own.get(name) ?? name).join(',')];
}

function suggest({ output, options }: Job, out: string): void {
  const user = options.dataset.ids.users[0];
  output.note(`  ${commandLine(`evaluate --run ${quoted(out)} --at 1,50`)}`);
  if (user !== undefined) output.note(`  ${commandLine(`recommend --run ${quoted(out)} --user ${quoted(user)}`)}`);
}

/** A folder that holds a run already is a matter of --out, unless it was asked to go on with it. */
function withFlag(error: unknown, { resume }: TrainFlags): unknown {
  if (!(error instanceof LosslabError) || error.where !== 'resume' || resume) return error;
  return new LosslabError(error.code, error.message, { where: '--out', cause: error });
}

function usage(where: string, expected: string, got: string, remedy: string): LosslabError {
  return new LosslabError('bad-option', `[losslab] expected ${expected}, got ${got}; ${remedy}`, { where });
}
