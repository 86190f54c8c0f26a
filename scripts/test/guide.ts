// docs/contribute-a-loss.md as instructions: what guide.test.ts does, word for word.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const workspace = fileURLToPath(new URL('../../', import.meta.url));

/** A command, or a file and what goes into it. */
export type Instruction = { readonly args: string[] } | { readonly path: string; readonly text: string };

/** In the order of the guide: lines of commands, and blocks, whose file is the last one that the text before them names. */
export function instructions(): Instruction[] {
  const guide = readFileSync(join(workspace, 'docs', 'contribute-a-loss.md'), 'utf8');
  const [section = ''] = guide.match(/^## In this repository\n.*?(?=^## From outside)/ms) ?? [];
  const found: Instruction[] = [];
  let path = '';
  for (const match of section.matchAll(
    /^ {4}npx -y pnpm@12 ([^\n]*)$|^(```|~~~)\w+\n(.*?)^\2$|`([\w@./-]+\.\w+)` (?=is|holds|shows|says)/gms,
  )) {
    const [, command, , text, file] = match;
    if (file !== undefined) path = file;
    else if (text !== undefined) found.push({ path, text });
    else found.push({ args: command!.trim().split(' ') });
  }
  return found;
}
