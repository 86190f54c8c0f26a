import { Command } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import { addCompareCommand } from '../commands/compare.ts';
import { addDataCommand } from '../commands/data.ts';
import { addDoctorCommand } from '../commands/doctor.ts';
import { addEvaluateCommand } from '../commands/evaluate.ts';
import { addExportCommand } from '../commands/export.ts';
import { addListCommand } from '../commands/list.ts';
import { addRecommendCommand } from '../commands/recommend.ts';
import { addResultsCommand } from '../commands/results.ts';
import { addStartCommand } from '../commands/start.ts';
import { addTrainCommand } from '../commands/train.ts';
import { commandLine } from './command-name.ts';

/** What the caller learns while a command runs. */
export interface ProgramHooks {
  /** The command line as it was typed; commands find it among their flags. */
  readonly typed?: string;
  /** A command starts; its flags, for error messages. */
  start(flags: readonly string[]): void;
  finish(exitCode: number): void;
}

/** A command's work, loaded when it runs, so that `--help` need not wait for TensorFlow.js. Returns the exit code. */
export type Action<Args extends readonly unknown[]> = (...args: Args) => Promise<number>;

/** Ties a command to its work. */
export type Bind = <Args extends readonly unknown[]>(command: Command, load: () => Promise<Action<Args>>) => void;

export function makeProgram(hooks: ProgramHooks): Command {
  const program = new Command('losslab')
    .description('Trains recommenders on clicks, plays and purchases whose labels are noisy.')
    .version(`losslab ${manifest.version}`, '-V, --version')
    .helpCommand('help [command]', 'show what a command does and its options')
    .configureHelp({ showGlobalOptions: false, sortSubcommands: false })
    .configureOutput({ outputError: (text, write) => write(oneLine(text)) })
    .exitOverride()
    .showSuggestionAfterError()
    .addHelpText('after', examples);
  const bind = binder(hooks);
  addStartCommand(program, bind);
  addTrainCommand(program, bind);
  addEvaluateCommand(program, bind);
  addRecommendCommand(program, bind);
  addResultsCommand(program, bind);
  addCompareCommand(program, bind);
  addExportCommand(program, bind);
  addDataCommand(program, bind);
  addListCommand(program, bind);
  addDoctorCommand(program, bind);
  return program;
}

const examples = `
Examples:
  $ ${commandLine('start')}                                        a first look, under two minutes
  $ ${commandLine('train --data ml-100k --loss bsl --out runs/bsl')}
  $ ${commandLine('recommend --run runs/bsl --user 196')}
  $ ${commandLine('compare runs/bpr runs/bsl')}
  $ ${commandLine('list losses')}

Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted.`;

/** What every command finds among its flags besides its own. */
export interface TypedFlags {
  readonly typed?: string;
}

function binder(hooks: ProgramHooks): Bind {
  return (command, load) => {
    command.action(async (...all: unknown[]) => {
      hooks.start(command.options.map((option) => option.long ?? option.short ?? ''));
      const action = await load();
      const args: unknown[] = all.slice(0, -1); // commander's last one is the command, the one before the flags
      args.push({ ...(args.pop() as object), ...(hooks.typed !== undefined && { typed: hooks.typed }) });
      hooks.finish(await action(...(args as never)));
    });
  };
}

const invalid = /^error: option '(?:-\w, )?(--?[\w-]+)[^']*' argument '(.*)' is invalid\. (.*?)\.?$/;

/** `error: unknown option '--losss' (Did you mean --loss?)`; `error: --epochs: expected a whole number >= 1, got "0"`. */
function oneLine(text: string): string {
  const line = text.trim().replace(/\s*\n\s*/g, ' ');
  return `${line.replace(invalid, (_, flag, given, what) => `error: ${flag}: ${what}, got "${given}"`)}\n`;
}
