import type { Command } from 'commander';
import { addDataOptions, type DataFlags } from '../cli/data-options.ts';
import type { Bind } from '../cli/program.ts';

export interface FetchFlags {
  readonly dataDir?: string;
}

export interface InfoFlags extends DataFlags {
  readonly json?: string;
}

export interface ConvertFlags extends DataFlags {
  readonly to: string;
  readonly out: string;
}

export function addDataCommand(program: Command, bind: Bind): void {
  const data = program
    .command('data')
    .summary('fetch, describe and convert data sets')
    .description('Fetches, describes and converts data sets. `losslab list data` lists the ones known by name.');
  addFetch(data, bind);
  addInfo(data, bind);
  addConvert(data, bind);
}

function addFetch(data: Command, bind: Bind): void {
  const command = data
    .command('fetch')
    .description('Fetches data sets from their publishers, checks them, and keeps them. A broken-off fetch goes on.')
    .argument('<name...>', 'data sets known by name')
    .option('--data-dir <dir>', "where to put them; the user's cache folder without it")
    .addHelpText(
      'after',
      '\nExamples:\n  $ losslab data fetch ml-100k gowalla\n  $ losslab data fetch ml-100k --data-dir data',
    );
  bind(command, async () => (await import('./data-fetch.ts')).fetchCommand);
}

function addInfo(data: Command, bind: Bind): void {
  const command = addDataOptions(
    data
      .command('info')
      .description('Says how large a data set is, how it is split, and where it comes from.')
      .argument('<data>', 'a name, a folder with train and test parts, or one file'),
  )
    .option('--json <file>', 'write it as JSON, too; - is stdout')
    .addHelpText(
      'after',
      '\nExamples:\n  $ losslab data info ml-100k\n  $ losslab data info ratings.csv --split leave-one-out --min-rating 4',
    );
  bind(command, async () => (await import('./data-info.ts')).infoCommand);
}

function addConvert(data: Command, bind: Bind): void {
  const command = addDataOptions(
    data
      .command('convert')
      .description('Writes a data set in another format: its parts into a folder, or one file into one file.')
      .argument('<data>', 'a name, a folder with train and test parts, or one file')
      .requiredOption('--to <format>', 'lightgcn, recbole, tsv, csv or parquet')
      .requiredOption(
        '--out <path>',
        'a folder for the parts; with an extension (.inter, .csv, .gz, .parquet), one file, not split',
      ),
  ).addHelpText(
    'after',
    '\nExamples:\n  $ losslab data convert ml-100k --to lightgcn --out data/mine\n  $ losslab data convert ratings.csv --to recbole --out ratings.inter.gz',
  );
  bind(command, async () => (await import('./data-convert.ts')).convertCommand);
}
