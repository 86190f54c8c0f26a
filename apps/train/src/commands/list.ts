import { type Command, Option } from 'commander';
import type { Bind } from '../cli/program.ts';

export interface ListFlags {
  readonly dataDir?: string;
  readonly json?: string;
}

export function addListCommand(program: Command, bind: Bind): void {
  const command = program
    .command('list')
    .summary('list losses, models, samplers, metrics, steps, data sets')
    .description('Lists what losslab knows by name; with a name, the options of that one and their defaults.')
    .argument('[kind]', 'losses, models, samplers, metrics, steps, optimizers, data or settings; or a file or package')
    .argument('[name]', 'one of these, to see its options; or a file or package that defines one')
    .option('--data-dir <dir>', 'look here first for data sets')
    .addOption(new Option('--json <file>', 'write it as JSON, too; - is stdout'))
    .addHelpText('after', examples);
  bind(command, async () => (await import('./list-parts.ts')).listCommand);
}

const examples = `
Examples:
  $ losslab list
  $ losslab list losses
  $ losslab list losses bsl
  $ losslab list losses ./my-loss.ts
  $ losslab list ./my-parts.ts
  $ losslab list settings
  $ losslab list data`;
