import type { Command } from 'commander';
import type { Bind } from '../cli/program.ts';

export interface ExportFlags {
  readonly run: string;
  readonly format: string;
  readonly out: string;
  readonly parameters?: boolean;
  readonly model?: string;
}

export function addExportCommand(program: Command, bind: Bind): void {
  const command = program
    .command('export')
    .summary('write embeddings and ids for other programs')
    .description(
      "Writes a run's embeddings, ids and seen items for other programs. A score is the inner product of a user's and an item's row.",
    )
    .requiredOption('--run <dir>', 'the folder that train wrote')
    .requiredOption('--format <format>', 'safetensors, npy or parquet')
    .requiredOption('--out <dir>', 'the folder to write into; files of the same names are replaced')
    .option('--parameters', "the model's parameters by name, for models that score otherwise (safetensors, npy)")
    .option('--model <module>', 'file or package that defines the model, where it is not one of losslab')
    .addHelpText(
      'after',
      '\nExamples:\n  $ losslab export --run runs/bsl --format safetensors --out exported\n  $ losslab export --run runs/neumf --format npy --parameters --out exported',
    );
  bind(command, async () => (await import('./export-files.ts')).exportCommand);
}
