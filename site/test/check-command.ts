// Whether the real commands would take a command line, without running it.
import { existsSync, globSync } from 'node:fs';
import { LosslabError, parseOptions } from '@losslab/core';
import { datasetNames, registryEntry } from '@losslab/data';
import { type Named, parseConfig, type RunConfigInput } from '@losslab/trainer';
import { type Command, CommanderError } from 'commander';
import { registry } from 'losslab';
import { parseOptions as parseReproduce, type RawOptions } from '../../apps/reproduce/src/command/options.ts';
import { program as reproduceProgram, resultsProgram } from '../../apps/reproduce/src/command/program.ts';
import { datasetId } from '../../apps/reproduce/src/experiment.ts';
import { openOptions } from '../../apps/train/src/cli/data-options.ts';
import { makeProgram } from '../../apps/train/src/cli/program.ts';
import type { TrainFlags } from '../../apps/train/src/commands/train.ts';
import { isReference } from '../../apps/train/src/plugins/reference.ts';
import { buildRequest } from '../../apps/train/src/run/build-config.ts';
import { root } from '../src/contents.ts';
import type { CommandLine } from './command-lines.ts';
import { read } from './markdown.ts';

/** @throws what the command would say; Error for scripts that do not exist. */
export async function checkCommand(line: CommandLine): Promise<void> {
  const given = line.command === '-s' ? { ...line, command: line.words[0]!, words: line.words.slice(1) } : line;
  if (given.command === 'losslab' || given.command === 'start') return checkLosslab(given);
  if (given.command === 'reproduce') return checkReproduce(given);
  if (given.command === 'npm') return checkInstallation(given);
  checkScript(given);
}

async function checkLosslab({ command, words, isMention }: CommandLine): Promise<void> {
  let flags: TrainFlags | undefined;
  const program = makeProgram({ start() {}, finish() {} });
  for (const each of withSubcommands(program)) {
    each.configureOutput({ writeErr() {}, writeOut() {} }).exitOverride();
    if (each.commands.length > 0) continue;
    each.action(() => {
      if (each.name() === 'train') flags = each.opts<TrainFlags>();
    });
  }
  await parse(isMention, () =>
    program.parseAsync(command === 'start' ? ['start', ...words] : [...words], { from: 'user' }),
  );
  if (flags !== undefined) await checkTraining(flags);
}

function withSubcommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}

/** `--help` is no error, and a mention may leave out what a command wants. */
async function parse(isMention: boolean, work: () => unknown): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    const isPart = ['commander.missingArgument', 'commander.missingMandatoryOptionValue', 'commander.help'];
    if (error.exitCode === 0 || (isMention && isPart.includes(error.code))) return false;
    throw error;
  }
}

const kinds = ['model', 'loss', 'sampler', 'step'] as const;

/** Names, `--set` and every option of a part, as `train` checks them before it opens its data. */
async function checkTraining(flags: TrainFlags): Promise<void> {
  const ours: Record<string, unknown> = { ...flags };
  const foreign = kinds.filter((kind) => flags[kind] !== undefined && isReference(flags[kind]));
  for (const kind of foreign) delete ours[kind];
  if (flags.metrics?.some(isReference)) {
    delete ours.metrics;
    delete ours.stopOn; // perhaps one of them
  }
  ours.set = (flags.set ?? []).filter((text) => !foreign.some((kind) => text.startsWith(`${kind}.`)));
  const { config } = await buildRequest({}, ours as TrainFlags, registry);
  checkParts(config);
}

/** @throws LosslabError where a configuration names what is not there, or an option that its part does not have. */
export function checkParts(given: RunConfigInput): void {
  const config = parseConfig(given);
  const known = {
    model: registry.models,
    loss: registry.losses,
    sampler: registry.samplers,
    step: registry.steps ?? {},
  };
  for (const kind of kinds) {
    const part = config[kind];
    if (part === undefined) continue;
    const { name, ...options } = part;
    const definition = Object.hasOwn(known[kind], name) ? known[kind][name] : undefined;
    if (definition === undefined) throw new LosslabError('unknown-name', `[site] expected a ${kind}, got ${name}`);
    if (Object.keys(options).length > 0) parseOptions(definition.options, options, `${kind} ${name}`);
  }
  checkData(config.data);
}

function checkData(data: Named | undefined): void {
  if (data === undefined) return;
  const { name, ...options } = data;
  openOptions(name, options, 'clean');
  if (/^[\w-]+$/.test(name) && !datasetNames().includes(name)) registryEntry(name);
}

async function checkReproduce({ words, isMention }: CommandLine): Promise<void> {
  const command = words[0] === 'results' ? resultsProgram() : reproduceProgram();
  command.configureOutput({ writeErr() {}, writeOut() {} });
  const args = words[0] === 'results' ? words.slice(1) : [...words];
  if (!(await parse(isMention, () => command.parse(args, { from: 'user' }))) || words[0] === 'results') return;
  const options = parseReproduce(command.args[0]!, command.opts<RawOptions>());
  const own = options.experiments.flatMap(({ experiment }) => experiment.datasets.map(datasetId));
  for (const name of options.datasets ?? []) if (!own.includes(name)) registryEntry(name);
}

/** What is installed is a package of this repository, or one that a part of it depends on. */
function checkInstallation({ words, document }: CommandLine): void {
  const known = manifests().flatMap(({ name, dependencies, devDependencies, optionalDependencies }) => [
    name,
    ...Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies }),
  ]);
  const names = words.slice(1).map((word) => word.replace(/(?<=.)@.*$/, '')); // without versions
  const strangers = names.filter((name) => !known.includes(name));
  if (strangers.length > 0) throw new Error(`nothing here is or uses ${strangers.join(', ')}: ${document}`);
}

const builtIn = ['install', 'exec', 'pack', 'publish', 'add'];

function checkScript({ command, words, text }: CommandLine): void {
  if (command === '--filter') {
    checkFiltered(words[0]!, words[1]!);
    return;
  }
  const { scripts } = JSON.parse(read('package.json'));
  if (!builtIn.includes(command) && scripts[command] === undefined) throw new Error(`no script ${command}: ${text}`);
  const names = words.filter((word, k) => !word.startsWith('-') && !words[k - 1]?.startsWith('--'));
  if (command === 'test') checkPaths(names);
  if (command === 'bench') checkCases(names);
}

type Manifest = { readonly name: string } & Readonly<Record<string, Readonly<Record<string, string>> | undefined>>;

function manifests(): Manifest[] {
  const folders = ['', '*/', 'apps/*/', 'packages/*/', 'packages/losses/*/'];
  const paths = globSync(
    folders.map((folder) => `${folder}package.json`),
    { cwd: root },
  );
  return paths.map((path) => JSON.parse(read(path)));
}

function checkFiltered(name: string, script: string): void {
  const found = manifests().find((manifest) => manifest.name === name);
  if (found?.scripts?.[script] === undefined) throw new Error(`no script ${script} in a package ${name}`);
}

function checkPaths(paths: readonly string[]): void {
  for (const path of paths) if (!existsSync(`${root}${path}`)) throw new Error(`no ${path} to test`);
}

function checkCases(names: readonly string[]): void {
  const sources = globSync('benchmarks/src/cases/*.ts', { cwd: root }).map(read).join('\n');
  for (const name of names) if (!sources.includes(`'${name}'`)) throw new Error(`no case ${name} of bench`);
}
