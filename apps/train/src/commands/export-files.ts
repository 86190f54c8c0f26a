import { LosslabError, unknownName } from '@losslab/core';
import { EXPORT_FORMATS, exportRun } from '@losslab/trainer';
import { checkFolder, makeOutput } from '../cli/output.ts';
import { registry } from '../registry.ts';
import { openRun } from '../run/open-run.ts';
import type { ExportFlags } from './export.ts';

/** `losslab export`. */
export async function exportCommand({ run: folder, out, model, parameters, ...flags }: ExportFlags): Promise<number> {
  const output = makeOutput();
  const format = EXPORT_FORMATS.find((name) => name === flags.format);
  if (format === undefined) throw unknownName('format to export', flags.format, EXPORT_FORMATS, 'losslab');
  checkFolder(out, '--out');
  const run = await openRun(folder, registry, model);
  try {
    const paths = await exportRun(run, { format, out, ...(parameters && { parameters }) });
    for (const path of paths) output.print(path);
    return 0;
  } catch (error) {
    throw withFlag(error);
  } finally {
    run.dispose();
  }
}

/** The remedy for a model without embeddings is a flag here. */
function withFlag(error: unknown): unknown {
  if (!(error instanceof LosslabError) || error.where !== 'model') return error;
  const message = error.message.replace('export its parameters instead', 'add --parameters');
  return new LosslabError(error.code, message, { where: '--run', cause: error });
}
