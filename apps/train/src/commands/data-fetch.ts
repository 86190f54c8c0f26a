import { fetchDataset, registryEntry } from '@losslab/data';
import { takeInterruptions } from '../cli/interruption.ts';
import { makeOutput } from '../cli/output.ts';
import { dataProgress, makeBar } from '../cli/progress.ts';
import type { FetchFlags } from './data.ts';

/** `losslab data fetch <name...>`. */
export async function fetchCommand(names: readonly string[], { dataDir }: FetchFlags): Promise<number> {
  const output = makeOutput();
  const entries = names.map(registryEntry); // all of them before the first byte
  const bar = makeBar();
  const interruption = takeInterruptions(() => bar.note('interrupted: the same command goes on with it'));
  try {
    for (const entry of entries) {
      const options = { into: dataDir, signal: interruption.signal, onProgress: dataProgress(bar) };
      output.print(`${entry.name}: ${await fetchDataset(entry, options)}`);
      output.note(`${entry.name}: ${entry.licence}`);
    }
    return 0;
  } finally {
    bar.stop();
    interruption.release();
  }
}
