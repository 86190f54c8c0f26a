import type { Command } from 'commander';
import { collect, names } from '../cli/parse.ts';
import type { Bind } from '../cli/program.ts';

export interface ResultsFlags {
  readonly where?: readonly string[];
  readonly sort?: string;
  readonly reverse?: boolean;
  readonly metrics?: readonly string[];
  readonly csv?: string;
  readonly json?: string;
}

export function addResultsCommand(program: Command, bind: Bind): void {
  const command = program
    .command('results')
    .summary('list the runs that are kept, filtered and sorted')
    .description(
      'Lists the runs in folders and all folders below them: those that train wrote and the cells of reproduce, unfinished ones too. What cannot be read is named and passed over.',
    )
    .argument('[folder...]', 'where to look (default: runs)')
    .option(
      '--where <key=value>',
      'runs with this alone: data, model, loss, protocol, engine, seed, status, or a setting such as loss.tau1; commas between values; repeatable',
      collect,
    )
    .option('--sort <key>', 'by a metric (best first), a fact or a setting')
    .option('--reverse', 'the other way round')
    .option(
      '--metrics <name@k,...>',
      'metrics to show (default: those that chose the epochs, and ndcg beside recall)',
      names,
    )
    .option('--csv <file>', 'write all facts and metrics as CSV; - is stdout')
    .option('--json <file>', 'write all facts and metrics as JSON; - is stdout')
    .addHelpText('after', examples);
  bind(command, async () => (await import('./results-list.ts')).resultsCommand);
}

const examples = `
Examples:
  $ losslab results
  $ losslab results runs --where data=ml-100k --where loss=bpr,bsl --sort recall@20
  $ losslab results runs --where status=unfinished
  $ losslab results runs --where negatives=64 --metrics ndcg@10,recall@50 --csv runs.csv`;
