import { GENERATED, GENERATED_PLAYS, locate, REGISTRY, type RegistryEntry, searchPath } from '@losslab/data';
import type { ListRow } from './list-text.ts';

/** The data sets that losslab knows by name, and where each is. */
export function dataRows(dataDir?: string): ListRow[] {
  const path = searchPath(dataDir);
  const known = [...REGISTRY.values()].map((entry) => {
    const folder = locate(entry, path)?.folder;
    return { name: entry.name, summary: `${entry.title}; ${whereText(entry, folder)}`, source: entry.homepage };
  });
  return [
    ...known,
    { name: GENERATED, summary: 'made here, with known true preferences and noise', source: 'losslab' },
    { name: GENERATED_PLAYS, summary: 'play-time logs made here, labelled by finish rate', source: 'losslab' },
  ];
}

function whereText(entry: RegistryEntry, folder: string | undefined): string {
  if (folder !== undefined) return `in ${folder}`;
  return entry.fetch.kind === 'manual' ? `to be got by hand from ${entry.fetch.from}` : 'can be fetched';
}
