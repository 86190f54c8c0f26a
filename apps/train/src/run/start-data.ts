import { LosslabError } from '@losslab/core';
import { GENERATED, locate, registryEntry, searchPath } from '@losslab/data';
import { commandLine } from '../cli/command-name.ts';
import { type OpenedData, openData, type Surroundings } from './open-data.ts';

const wanted = 'ml-100k';

/** Seconds without a byte after which the fetch is given up. */
const patience = 3;

/**
 * Opens MovieLens 100K from the search path or its publisher, else generated data; says which and why.
 * @param asked what to open instead
 */
export async function openStartData(surroundings: Surroundings, asked?: string): Promise<OpenedData> {
  const { bar, dataDir } = surroundings;
  if (asked !== undefined) return openData({ data: asked }, surroundings);
  const folder = locate(registryEntry(wanted), searchPath(dataDir))?.folder;
  if (folder !== undefined) bar.note(`data: ${wanted} in ${folder}`);
  try {
    const opened = await openData({ data: wanted }, { ...surroundings, patience });
    if (folder === undefined) bar.note(`data: ${wanted}, fetched`);
    return opened;
  } catch (error) {
    const isAbsent = folder === undefined && error instanceof LosslabError && error.code === 'missing-data';
    if (!isAbsent) throw error;
    const reason = /got (.*?);/s.exec(error.message)?.[1] ?? error.message;
    bar.note(`data: generated; ${wanted} is not here and could not be fetched (${reason})`);
    bar.note(`      with a network: ${commandLine(`data fetch ${wanted}`)}`);
    return openData({ data: GENERATED }, surroundings);
  }
}
