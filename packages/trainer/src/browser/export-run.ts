import { LosslabError } from '@losslab/core';
import type { ExportOptions } from '../export-run.ts';
import type { LoadedRun } from '../load-run.ts';

/* What stands in for ../export-run.ts where a package is bundled for browsers (`imports` in package.json): no folders there. */

export const EXPORT_FORMATS = ['safetensors', 'npy', 'parquet'] as const;

/** @throws LosslabError `bad-option`: there is no folder to write into */
export async function exportRun(_: LoadedRun, { out }: ExportOptions): Promise<string[]> {
  const remedy = 'encode arrays with encodeSafetensors or encodeNpy';
  const text = `[trainer] expected no folder in a browser, got ${out}; ${remedy}`;
  throw new LosslabError('bad-option', text, { where: 'out' });
}
