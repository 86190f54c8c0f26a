import type { Command } from 'commander';
import { names } from '../cli/parse.ts';
import type { Bind, TypedFlags } from '../cli/program.ts';

export interface CompareFlags extends TypedFlags {
  readonly metrics?: readonly string[];
  readonly html?: string;
  readonly json?: string;
}

export function addCompareCommand(program: Command, bind: Bind): void {
  const command = program
    .command('compare')
    .summary('metrics of runs side by side, with paired tests')
    .description(
      'Shows the test metrics of finished runs side by side and tests their differences, users (and seeds) as pairs, against the first run. Runs that differ in their seed alone are one: mean and standard deviation. Runs of another protocol, data set, test part or definition of a metric stand beside the others untested, and it says why.',
    )
    .argument('<run...>', 'folders that train wrote, folders with several of them, or cells of reproduce')
    .option('--metrics <name,...>', 'these alone: ndcg@20, or ndcg at every cut-off', names)
    .option('--html <file>', 'write a report, too')
    .option('--json <file>', 'write it as JSON, too; - is stdout')
    .addHelpText('after', examples);
  bind(command, async () => (await import('./compare-runs.ts')).compareCommand);
}

const examples = `
Examples:
  $ losslab compare runs/bpr runs/bsl
  $ losslab compare runs/bpr-seeds runs/bsl-seeds --metrics recall@20,ndcg@20 --html compared.html
  $ losslab compare runs/vbpr-table-2-full/cells/ml-100k-*.json --json -`;
