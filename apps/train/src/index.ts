export { openOptions } from './cli/data-options.ts';
export { loadPlugin, type WithPlugin } from './plugins/load.ts';
export { isReference } from './plugins/reference.ts';
export { registry } from './registry.ts';
export { packageVersions } from './run/package-versions.ts';
