export { openOptions } from './cli/data-options.ts';
export { isReference, loadPlugin, type WithPlugin } from './plugins/load.ts';
export { registry } from './registry.ts';
export { packageVersions } from './run/package-versions.ts';
