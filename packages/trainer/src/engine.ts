import { engineInfo, useEngine } from '@losslab/backend';
import { parseConfig, type RunConfigInput } from './config.ts';

/**
 * Makes the configuration's engine the active one; without an engine there, all stays as it is.
 * @returns a warning where the engine runs on another number of threads than asked for.
 */
export async function selectEngine(input: RunConfigInput): Promise<string | undefined> {
  const { engine, threads } = parseConfig(input);
  if (engine !== undefined) await useEngine(engine, threads === undefined ? {} : { threads });
  const { name, threads: used } = engineInfo();
  if (threads === undefined || threads === used) return undefined;
  return `engine ${name} runs on ${used} thread${used === 1 ? '' : 's'}, not on ${threads}`;
}
