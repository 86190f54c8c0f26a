import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LosslabError } from '../../packages/core/src/errors.ts';
import { templateWords } from './package-files.ts';

/** How the name of a loss is spelt where it stands. */
export interface Spellings {
  /** `my-loss`: the folder, the option `--loss`. */
  readonly name: string;
  /** `@losslab/loss-my-loss` */
  readonly package: string;
  /** `myLoss`: the exported definition. */
  readonly definition: string;
  /** `myLossValue`, or `infoNceLoss` for `info-nce`: the exported function. */
  readonly function: string;
}

const npmLimit = 214;
/** What files declare besides what the template imports: the registry and, in a module, JavaScript. */
const elsewhere = ['registry', 'await'];

/**
 * Checks the name of a new loss against npm, JavaScript and what the workspace has already.
 * @param root the workspace's folder
 * @throws LosslabError `bad-option`, with what to do about it
 */
export function checkedName(name: string | undefined, root: string): Spellings {
  if (name === undefined) throw refused('a name', 'none', 'write pnpm create-loss my-loss');
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
    throw refused(
      'a name of lower-case letters and digits with single hyphens between, such as my-loss',
      `"${name}"`,
      didYouMean(name),
    );
  }
  const spellings = spell(name);
  if (spellings.package.length > npmLimit) {
    const most = npmLimit - spell('').package.length;
    throw refused(`a name of at most ${most} characters, which npm takes`, `${name.length}`, 'shorten it');
  }
  if (![spellings.definition, spellings.function].every(isIdentifier)) {
    throw refused('a name that code can use', `"${name}", a word of JavaScript or of every loss`, 'add a word to it');
  }
  refuseTaken(spellings, root);
  return spellings;
}

function spell(name: string): Spellings {
  const definition = name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  const isLoss = definition.endsWith('Loss') || definition === 'loss';
  return { name, package: `@losslab/loss-${name}`, definition, function: `${definition}${isLoss ? 'Value' : 'Loss'}` };
}

/** Camel case and spaces become hyphens; what is left over is for its author to mend. */
function didYouMean(name: string): string {
  const words = name.replace(/([a-z\d])([A-Z])/g, '$1-$2').toLowerCase();
  const near = words.replace(/[^a-z0-9]+/g, '-').replace(/^[-\d]+|-+$/g, '');
  return near === '' ? 'choose another' : `did you mean "${near}"?`;
}

function isIdentifier(word: string): boolean {
  if ([...elsewhere, ...templateWords()].includes(word)) return false;
  try {
    new Function(`'use strict'; let ${word};`);
    return true;
  } catch {
    return false;
  }
}

function refuseTaken({ name, definition }: Spellings, root: string): void {
  const folder = join('packages', 'losses', name);
  if (existsSync(join(root, folder))) {
    throw refused(`no ${folder} yet`, 'one', 'choose another name, or go on in it');
  }
  const changeset = join('.changeset', `loss-${name}.md`);
  if (existsSync(join(root, changeset))) throw refused(`no ${changeset} yet`, 'one', 'rename it');
  const text = readFileSync(join(root, 'apps', 'train', 'src', 'registry.ts'), 'utf8');
  const packages = packagesByExport(text);
  const from = packages.get(lossesByName(text).get(name) ?? definition);
  if (from === undefined) return;
  throw refused('a name that is not taken', `"${name}", which ${from} has`, 'choose another, or work there');
}

/** What the registry imports, and from which package. */
function packagesByExport(registry: string): Map<string, string> {
  const imports = [...registry.matchAll(/import \{([^}]*)\} from '([^']+)'/g)];
  return new Map(imports.flatMap(([, names, from]) => names!.split(',').map((name) => [name.trim(), from!] as const)));
}

/** The exports behind the registry's losses: lines such as `bpr,` and `'r-ce': rCe,`. */
function lossesByName(registry: string): Map<string, string> {
  const [, losses = ''] = /\n {2}losses: \{\n(.*?)\n {2}\},/s.exec(registry) ?? [];
  const lines = [...losses.matchAll(/^ {4}'?([\w-]+)'?(?:: (\w+))?,$/gm)];
  return new Map(lines.map(([, name, exported]) => [name!, exported ?? name!]));
}

function refused(expected: string, got: string, remedy: string): LosslabError {
  return new LosslabError('bad-option', `[create-loss] expected ${expected}, got ${got}; ${remedy}`, { where: 'name' });
}
