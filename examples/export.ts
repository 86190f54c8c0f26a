// Embeddings and ids for other programs, as safetensors, .npy and Parquet: node export.ts runs/bsl exported
import { join } from 'node:path';
import { useEngine } from '@losslab/backend';
import { EXPORT_FORMATS, exportRun, loadRun } from '@losslab/trainer';
import { registry } from 'losslab';

const [folder, out] = process.argv.slice(2);
await useEngine('simd');
const run = await loadRun(folder!, registry);
for (const format of EXPORT_FORMATS) {
  for (const path of await exportRun(run, { format, out: join(out!, format) })) console.log(path);
}
