import { registerHooks } from 'node:module';
import { isAbsolute, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What plugins share with losslab: a second copy would have tensors and registries of its own. */
const shared = /^(@losslab\/|@tensorflow\/tfjs|zod$|zod\/)/;

/**
 * Imports a module as if from a file in `folder`: an absolute path, or the name of a package that is installed there. The
 * modules that losslab is made of are losslab's own, wherever the plugin lies; so a single file needs no node_modules.
 */
export async function importFrom(specifier: string, folder: string): Promise<Record<string, unknown>> {
  const wanted = isAbsolute(specifier) ? pathToFileURL(specifier).href : specifier;
  const parentURL = pathToFileURL(join(folder, 'any.js')).href;
  const hooks = registerHooks({
    resolve(name, context, next) {
      if (name === wanted) return next(name, { ...context, parentURL });
      if (!shared.test(name)) return next(name, context);
      try {
        return next(name, { ...context, parentURL: import.meta.url });
      } catch {
        return next(name, context);
      }
    },
  });
  try {
    return await import(wanted);
  } finally {
    hooks.deregister();
  }
}
