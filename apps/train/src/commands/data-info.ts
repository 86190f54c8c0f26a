import { formatStatistics, locate, openDataset, REGISTRY, searchPath, statistics } from '@losslab/data';
import { commandLine } from '../cli/command-name.ts';
import { givenDataOptions, openOptions } from '../cli/data-options.ts';
import { makeOutput, type Output } from '../cli/output.ts';
import { dataProgress, makeBar } from '../cli/progress.ts';
import type { InfoFlags } from './data.ts';

/** `losslab data info <data>`. Fetches nothing: of a data set that is not here it says what is known. */
export async function infoCommand(name: string, flags: InfoFlags): Promise<number> {
  const output = makeOutput(flags.json);
  const entry = REGISTRY.get(name);
  if (entry !== undefined && locate(entry, searchPath(flags.dataDir)) === undefined) return absent(name, output);
  const bar = makeBar();
  try {
    const options = openOptions(name, givenDataOptions(flags), 'paper');
    const { dataDir } = flags;
    const dataset = await openDataset(name, { ...options, dataDir, fetch: false, onProgress: dataProgress(bar) });
    const numbers = statistics(dataset);
    bar.stop();
    output.print([`${dataset.name}`, formatStatistics(numbers), '', ...dataset.provenance].join('\n'));
    await output.writeJson({
      name: dataset.name,
      checksum: dataset.checksum,
      statistics: numbers,
      provenance: dataset.provenance,
    });
    return 0;
  } finally {
    bar.stop();
  }
}

async function absent(name: string, output: Output): Promise<number> {
  const { title, homepage, licence, fetch, expected } = REGISTRY.get(name)!;
  const remedy = fetch.kind === 'manual' ? `get it from ${fetch.from}` : commandLine(`data fetch ${name}`);
  const size = `${expected.users.toLocaleString('en-US')} users, ${expected.items.toLocaleString('en-US')} items`;
  output.print([`${name}: ${title}`, size, homepage, `Licence: ${licence}`, `It is not here: ${remedy}`].join('\n'));
  await output.writeJson({ name, title, homepage, licence, expected, present: false });
  return 0;
}
