import { expected } from '../errors.ts';
import type { Opened } from '../read/reading.ts';

/* What stands in for ../read/path-source.ts where the package is bundled for browsers (`imports` in package.json). */

/** @throws LosslabError `missing-data`: pages see no paths. */
export async function openPath(path: string): Promise<Opened> {
  throw expected('missing-data', 'a File in a browser', `the path ${path}`, 'let people choose one', path);
}
