import { createRequire } from 'node:module';
import manifest from '../../package.json' with { type: 'json' };

/** The versions of this command and of losslab's packages that it offers, for a run's result. */
export function packageVersions(): Record<string, string> {
  const load = createRequire(import.meta.url);
  const names = Object.keys(manifest.dependencies).filter((name) => name.startsWith('@losslab/'));
  const known = names.map((name) => [name, (load(`${name}/package.json`) as { version: string }).version]);
  return { [manifest.name]: manifest.version, ...Object.fromEntries(known) };
}
