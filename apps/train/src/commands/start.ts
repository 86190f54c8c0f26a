import type { Command } from 'commander';
import { wholeNumber } from '../cli/parse.ts';
import type { Bind } from '../cli/program.ts';

export interface StartFlags {
  readonly data?: string;
  readonly dataDir?: string;
  readonly epochs?: number;
  readonly out: string;
  readonly json?: string;
}

export function addStartCommand(program: Command, bind: Bind): void {
  const command = program
    .command('start')
    .summary('a first look: three losses, a leaderboard and a report')
    .description(
      'Trains matrix factorisation with BPR, SL and BSL, and ranks by popularity as the floor. On MovieLens 100K where it is at hand or can be fetched at once, else on generated data.',
    )
    .option('--data <data>', 'train on this instead')
    .option('--data-dir <dir>', 'look here first for data sets')
    .option('--epochs <n>', 'at most so many epochs a loss', wholeNumber(1))
    .option('--out <dir>', 'where runs and report.html go; what an earlier start left there is replaced', 'runs/start')
    .option('--json <file>', 'write the results as JSON, too; - is stdout');
  bind(command, async () => (await import('./start-leaderboard.ts')).startCommand);
}
