import { ADDON, ADDON_VARIABLES, type Addon, addonOf } from './addon.ts';
import { PACKAGES } from './names.ts';
import { type NodeEngine, packageFolder } from './node-package.ts';

/** Where docs/engines.md tells how an addon is built. */
const RECIPE = 'docs/engines.md';

/** Why the engine cannot be loaded, and what to do; undefined where nothing is known to be missing. */
export function whatIsMissing(engine: NodeEngine): string | undefined {
  const name = PACKAGES[engine]!;
  if (packageFolder(engine) === undefined) return `package ${name} is not installed; npm install ${name}`;
  const addon = addonOf(engine);
  if (addon?.exists) return undefined;
  return addon === undefined ? noAddon(engine, name) : notNamed(addon);
}

const noAddon = (engine: NodeEngine, name: string): string =>
  `package ${name} is installed, but its native addon is not; npm rebuild ${name} (downloads it), or build it ` +
  `(${RECIPE}) and name it in ${ADDON_VARIABLES[engine]}`;

const notNamed = ({ variable, file }: Addon): string =>
  `${variable} names an addon that is not there (${file}); name the folder of ${ADDON}, or build it again (${RECIPE})`;

interface Cause {
  readonly when: RegExp;
  readonly tells: (found: string) => string;
}

/** What dynamic loaders say, and what it means for an addon around libtensorflow. */
const CAUSES: readonly Cause[] = [
  {
    when: /(lib\S+): cannot open shared object file|Library not loaded: (\S+)|(The specified module could not be found)/,
    tells: (library) =>
      `libtensorflow does not load: ${library} is not found; build the addon again where the libraries are now`,
  },
  {
    when: /version [`']?((?:GLIBC|GLIBCXX|CXXABI)_[\d.]+)'? not found/,
    tells: (version) =>
      `libtensorflow does not load: it wants ${version}, which this system lacks; build against an older TensorFlow`,
  },
  {
    when: /undefined symbol: (\w+)|Symbol not found: (\w+)/,
    tells: (symbol) =>
      `libtensorflow does not load: it has no ${symbol}; build the addon against the library that it finds`,
  },
  {
    when: /(invalid ELF header|file too short|wrong ELF class|not a mach-o file|not a valid Win32 application|incompatible architecture)/i,
    tells: (what) => `its addon does not load: ${what}, so it is none for this system; build it here`,
  },
  {
    when: /(SIGILL)/,
    tells: () =>
      'libtensorflow does not load: it uses instructions that this CPU lacks (AVX); build against one made for it',
  },
];

/** What `message`, of a dynamic loader or of a process that ended, says about the addon, and what to do. */
export function whyNotLoaded(message: string): string {
  for (const { when, tells } of CAUSES) {
    const found = when.exec(message);
    if (found) return `${tells(found.slice(1).find((group) => group !== undefined)!)} (${RECIPE})`;
  }
  return `its addon does not load: ${message.split('\n')[0]}`;
}

export const NO_GPU =
  'its addon loads, but no GPU answers; the addon of npm wants CUDA 11.2 and cuDNN 8.1, one of your own those of its TensorFlow';
