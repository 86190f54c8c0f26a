import { type EngineName, useEngine } from '@losslab/backend';
import { beforeAll, describe } from 'vitest';
import { type Check, registerChecks } from './check.ts';

const asked = process.env.LOSSLAB_ENGINES?.split(',') as EngineName[] | undefined;

/** Where contracts run unless they are told otherwise: `simd`, or the list in LOSSLAB_ENGINES (`cpu,simd,wasm`). */
export const defaultEngines: readonly EngineName[] = asked ?? ['simd'];

/** One `describe` an engine, which is chosen before its tests run. LOSSLAB_ENGINES, where it is set, is the list instead. */
export function eachEngine(engines: readonly EngineName[], body: (engine: EngineName) => void): void {
  for (const engine of asked ?? engines) {
    describe(`on ${engine}`, () => {
      beforeAll(async () => {
        await useEngine(engine);
      });
      body(engine);
    });
  }
}

/** Makes the checks vitest tests, once an engine. */
export function registerOnEngines(
  title: string,
  checks: readonly Check[],
  engines: readonly EngineName[] = defaultEngines,
): void {
  eachEngine(engines, () => registerChecks(title, checks));
}
