import { LosslabError } from '@losslab/core';
import { Command, CommanderError } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import { papers } from '../papers.ts';
import { budgets, parseOptions, type RawOptions } from './options.ts';
import { reproduce } from './reproduce.ts';
import { type ResultsOptions, readResults } from './results.ts';
import type { World } from './sweep.ts';
import { tune } from './tune.ts';

const examples = `
Examples:
  reproduce bsl --budget smoke                     everything once, in under a minute
  reproduce bsl --data ml-1m-bsl                   Table II on MovieLens 1M, a quarter of an hour on one core
  reproduce bsl --figure 9 --data ml-1m-bsl        the number of negatives, as in Figure 9
  reproduce all --budget smoke                     every table and figure of every paper, once
  reproduce results --from runs/bsl-table-II-quick what was kept, as Markdown
  reproduce results --from runs/bsl-table-II-quick --keep docs/results > docs/results.md
                                                   the same, with what the folder keeps of earlier commands
  reproduce bsl --data gowalla --protocol clean --seeds 1,2,3
  reproduce bsl --budget full --data yelp2018      the paper's own settings
  reproduce bsl --tune --data ml-1m-bsl            find the settings that the paper does not give

Protocols: paper chooses the epoch on the test part, as the paper did; clean on a validation part.
Exit code: 0 done, 1 failed, 2 wrong usage, 130 interrupted (go on with --resume).`;

export function program(): Command {
  return new Command('reproduce')
    .description("Reruns a paper's experiments: published · ours · difference, and one report.html.")
    .version(manifest.version)
    .argument('<paper>', `one of: ${Object.keys(papers).join(', ')}; or all`)
    .option('--table <table>', "a table of the paper, or all; default: the paper's first")
    .option('--figure <figure>', 'a figure of the paper, one panel of it (3a), or all')
    .option('--data <names>', 'data sets, by commas; default: all of the experiment')
    .option('--method <names>', 'methods, by commas; default: all')
    .option('--budget <budget>', budgets.join(', '), 'quick')
    .option('--protocol <protocol>', 'paper or clean; default: both')
    .option('--seeds <numbers>', 'one training a seed, by commas', '1')
    .option('--out <folder>', 'where results go; default: runs/<paper>-table-<table>-<budget> or so')
    .option('--data-dir <folder>', 'where data sets are looked for first')
    .option('--resume', 'go on from what the folder holds')
    .option('--jobs <n>', 'trainings at the same time; they share the cores; default: 1, of smoke one a core')
    .option('--json <file>', 'write the results there too; - is stdout')
    .option('--tune', 'search a small grid on the validation part instead')
    .addHelpText('after', examples)
    .exitOverride();
}

export function resultsProgram(): Command {
  return new Command('reproduce results')
    .description('Prints the numbers and verdicts that commands kept, as a Markdown page.')
    .option('--from <folders...>', 'the --out of commands that have ended')
    .option('--keep <folder>', 'results of many commands, a JSON file a paper, to which those of --from are added')
    .exitOverride();
}

function printResults(args: readonly string[], world: World): number {
  const command = resultsProgram().parse(args, { from: 'user' });
  world.out(readResults(command.opts<ResultsOptions>()).trimEnd());
  return 0;
}

/** @returns the exit code. */
export async function runCommand(args: readonly string[], stand?: Partial<World>): Promise<number> {
  const controller = new AbortController();
  const world = { ...realWorld(args, controller.signal), ...stand };
  const onSignal = (): void => {
    if (controller.signal.aborted) process.exit(130);
    world.log('stopping: the step in progress is finished and saved (once more to stop at once)');
    controller.abort();
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  process.stdout.on('error', quietOnBrokenPipe);
  try {
    if (args[0] === 'results') return printResults(args.slice(1), world);
    const command = program();
    command.parse(args, { from: 'user' });
    const options = parseOptions(command.args[0]!, command.opts<RawOptions>());
    return await (options.tune ? tune(options, world) : reproduce(options, world));
  } catch (error) {
    return failed(error, world);
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
    process.stdout.off('error', quietOnBrokenPipe);
  }
}

function realWorld(args: readonly string[], signal: AbortSignal): World {
  return {
    out: (text) => process.stdout.write(`${text}\n`),
    log: (line) => process.stderr.write(`${line}\n`),
    isTerminal: process.stderr.isTTY === true,
    terminal: process.stderr,
    signal,
    command: commandLine(args),
  };
}

/** The command as one would type it here: in a clone it is a script of the workspace. */
function commandLine(args: readonly string[]): string {
  const quoted = args.map((arg) => (/^[\w@%+=:,./-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", "'\\''")}'`));
  const isScript = process.env.npm_lifecycle_event === 'reproduce';
  return [isScript ? 'npx -y pnpm@12 reproduce' : 'reproduce', ...quoted].join(' ');
}

function failed(error: unknown, world: World): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2; // commander has said it
  if (world.signal.aborted) return 130;
  if (!(error instanceof LosslabError)) {
    const text = error instanceof Error ? error : new Error(String(error));
    world.log(`error: ${process.env.LOSSLAB_DEBUG ? text.stack : text.message}`);
    return 1;
  }
  const option =
    error.where !== undefined &&
    /^(table|figure|from|keep|data|method|budget|protocol|seeds|out|jobs|json)$/.test(error.where);
  const message = error.message.replace(/^\[[^\]]*\] /, '');
  world.log(`error: ${option ? `--${error.where}: ` : ''}${message}`);
  return error.code === 'bad-option' || error.code === 'unknown-name' ? 2 : 1;
}

function quietOnBrokenPipe(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
}
