import type { Command } from 'commander';
import { wholeNumber } from '../cli/parse.ts';
import type { Bind } from '../cli/program.ts';

export interface RecommendFlags {
  readonly run: string;
  readonly user: readonly string[];
  readonly k: number;
  readonly model?: string;
  readonly json?: string;
}

export function addRecommendCommand(program: Command, bind: Bind): void {
  const command = program
    .command('recommend')
    .summary('recommend items to users')
    .description(
      'Lists the best items for users, by the ids of the data. Items that they have in training are left out.',
    )
    .requiredOption('--run <dir>', 'the folder that train wrote')
    .requiredOption('--user <id...>', 'users, by the ids of the data')
    .option('-k <n>', 'items a user', wholeNumber(1), 10)
    .option('--model <module>', 'file or package that defines the model, where it is not one of losslab')
    .option('--json <file>', 'write the lists as JSON, too; - is stdout')
    .addHelpText(
      'after',
      '\nExamples:\n  $ losslab recommend --run runs/bsl --user 196\n  $ losslab recommend --run runs/bsl --user 196 186 22 -k 5 --json -',
    );
  bind(command, async () => (await import('./recommend-items.ts')).recommendCommand);
}
