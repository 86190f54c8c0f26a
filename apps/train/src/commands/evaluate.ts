import type { Command } from 'commander';
import { names, wholeNumbers } from '../cli/parse.ts';
import type { Bind } from '../cli/program.ts';

export interface EvaluateFlags {
  readonly run: string;
  readonly at?: readonly number[];
  readonly metrics?: readonly string[];
  readonly part: string;
  readonly model?: string;
  readonly json?: string;
}

export function addEvaluateCommand(program: Command, bind: Bind): void {
  const command = program
    .command('evaluate')
    .summary('measure a trained run again, at other cut-offs')
    .description(
      'Ranks every item for every user with the best weights of a run. The run folder suffices; its data may be gone.',
    )
    .requiredOption('--run <dir>', 'the folder that train wrote')
    .option('--at <k,...>', "lengths of the lists; the run's own without it", wholeNumbers(1))
    .option('--metrics <name,...>', "metrics, files or packages; the run's own without it", names)
    .option('--part <part>', 'test or valid', 'test')
    .option('--model <module>', 'file or package that defines the model, where it is not one of losslab')
    .option('--json <file>', 'write the numbers as JSON, too; - is stdout')
    .addHelpText(
      'after',
      '\nExamples:\n  $ losslab evaluate --run runs/bsl\n  $ losslab evaluate --run runs/bsl --at 1,50,100 --metrics recall,ndcg --json -',
    );
  bind(command, async () => (await import('./evaluate-run.ts')).evaluateCommand);
}
