import type { LogTarget } from '@losslab/trainer';
import { type Command, Option } from 'commander';
import { addDataOptions, type DataFlags } from '../cli/data-options.ts';
import { collect, logTarget, names, negatives, positiveNumber, wholeNumber, wholeNumbers } from '../cli/parse.ts';
import type { Bind, TypedFlags } from '../cli/program.ts';

export interface TrainFlags extends DataFlags, TypedFlags {
  readonly config?: string;
  readonly data?: string;
  readonly model?: string;
  readonly loss?: string;
  readonly regime?: string;
  readonly sampler?: string;
  readonly step?: string;
  readonly optimizer?: string;
  readonly learningRate?: number;
  readonly epochs?: number;
  readonly batchSize?: number;
  readonly positives?: number;
  readonly negatives?: number | 'in-batch';
  readonly protocol?: 'clean' | 'paper';
  readonly stopOn?: string;
  readonly patience?: number;
  readonly metrics?: readonly string[];
  readonly at?: readonly number[];
  readonly seed?: number;
  readonly seeds?: readonly number[];
  readonly engine?: string;
  readonly threads?: number;
  readonly set?: readonly string[];
  readonly out?: string;
  readonly resume?: boolean;
  readonly log?: readonly LogTarget[];
  readonly logEvery?: number;
  readonly json?: string;
}

export function addTrainCommand(program: Command, bind: Bind): void {
  const command = program
    .command('train')
    .summary('train a model, choose its epoch, measure it')
    .description(
      'Trains a model on a data set, chooses the best epoch on the validation part and measures it on the test part. Everything goes into a run folder, from which evaluate and recommend work.',
    );
  addDataOptions(
    command.option('--data <data>', 'a name (losslab list data), a folder with train and test parts, or one file'),
  );
  addPartOptions(command);
  addTrainingOptions(command);
  addRunOptions(command).addHelpText('after', examples);
  bind(command, async () => (await import('./train-run.ts')).trainCommand);
}

function addPartOptions(command: Command): Command {
  return command
    .option('--model <name>', 'mf, lightgcn, ... or a file or package that defines one (default: mf)')
    .option('--loss <name>', 'bpr, sl, bsl, ... or a file or package: ./my-loss.ts, @someone/loss')
    .option('--regime <name>', 'a way to train that the loss names: reference of nbpo is its authors’ own')
    .option('--sampler <name>', 'where negatives come from: uniform, dns, ... or a file or package (default: uniform)')
    .option('--step <name>', 'how batches become updates: ig, ... or a file or package (default: one update a batch)')
    .option('--optimizer <name>', 'adam, sgd, ... (default: adam)')
    .option('--set <key=value>', 'any setting by its dotted name, such as loss.tau1=0.1; repeatable', collect)
    .option('--config <file>', 'settings as JSON or YAML; flags and --set come on top');
}

function addTrainingOptions(command: Command): Command {
  return command
    .option('--epochs <n>', 'at most so many passes over the training part', wholeNumber(1))
    .option('--learning-rate <x>', "the optimizer's", positiveNumber)
    .option('--batch-size <n>', 'positives in a step', wholeNumber(1))
    .option('--positives <m>', 'positives of the user in a row, the observed one included', wholeNumber(0))
    .option('--negatives <n>', 'negatives in a row, or in-batch', negatives)
    .addOption(
      new Option('--protocol <name>', 'clean: validation chooses the epoch; paper: the test part does').choices([
        'clean',
        'paper',
      ]),
    )
    .option('--stop-on <metric@k>', 'the metric that chooses the epoch, such as recall@20')
    .option('--patience <n>', 'stop after so many epochs without a better one', wholeNumber(1))
    .option('--metrics <name,...>', 'what to measure: recall, ndcg, ... and files or packages', names)
    .option('--at <k,...>', 'at which lengths of the list', wholeNumbers(1));
}

function addRunOptions(command: Command): Command {
  return command
    .addOption(new Option('--seed <n>', 'of everything random').argParser(wholeNumber(0)).conflicts('seeds'))
    .option('--seeds <n,...>', 'one run a seed; reports mean and standard deviation', wholeNumbers(0))
    .option('--engine <name>', 'auto, simd, tensorflow-gpu, ... (losslab doctor; default: auto)')
    .option('--threads <n>', 'threads of the engine', wholeNumber(1))
    .option('--out <dir>', 'the run folder (default: a new one below runs/)')
    .option('--resume', 'go on with the run in --out; its settings need not be repeated')
    .option(
      '--log <kind[:path]>',
      'log what happens, too: tensorboard[:folder] or jsonl[:file]; without a path, into the run folder; repeatable',
      logTarget,
    )
    .option('--log-every <n>', 'log each n-th step; 0: epochs alone (default: 1)', wholeNumber(0))
    .option('--json <file>', 'write the result as JSON, too; - is stdout');
}

const examples = `
Examples:
  $ losslab train --data generated --loss bpr
  $ losslab train --data ml-100k --loss bsl --set loss.tau1=0.1 --set loss.tau2=0.2 --out runs/bsl
  $ losslab train --data ratings.csv --min-rating 4 --k-core 5 --loss sl --negatives 64
  $ losslab train --config run.yaml --seeds 1,2,3 --json results.json
  $ losslab train --data gowalla --loss ./my-loss.ts
  $ losslab train --data ml-100k --loss bsl --log tensorboard --log jsonl:bsl.jsonl
  $ losslab train --out runs/bsl --resume

A setting that has no flag of its own has a name: --set schedule=plateau --set clipNorm=1 --set model.dimension=128.
\`losslab list losses bsl\` shows the settings of a part; Ctrl-C finishes the step, saves, and says how to go on.`;
