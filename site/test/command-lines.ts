// Command lines in documents.
import { type Block, blocksOf, codeSpans } from './markdown.ts';

export interface CommandLine {
  readonly document: string;
  /** As written, without comments and redirections. */
  readonly text: string;
  /** `losslab`, `reproduce`, a script or command of pnpm, or `npm` to install something. */
  readonly command: string;
  readonly words: readonly string[];
  /** In running text a line may be the beginning of one: `losslab data fetch`. */
  readonly isMention: boolean;
  readonly notRun?: string;
}

const beginning = /^(?:\$ )?(?:[A-Z_]+=\S+ )*(?:(?:npx -y pnpm@12|pnpm) |(?=(?:losslab|reproduce|npm install) ))(?=\S)/;

/** Every command line of losslab, reproduce, pnpm or `npm install` in a document: lines of its blocks, and what stands between backticks. */
export function commandLinesOf(document: string): CommandLine[] {
  const inBlocks = blocksOf(document)
    .filter(({ language }) => ['', 'sh', 'bash', 'text'].includes(language))
    .flatMap((block) =>
      linesOf(block).flatMap((line) => parts(line).map((part) => ({ part, isMention: false, notRun: block.notRun }))),
    );
  const inText = codeSpans(document).map((part) => ({ part, isMention: true, notRun: undefined }));
  return [...inBlocks, ...inText].flatMap(({ part, isMention, notRun }) => {
    const words = wordsOf(part);
    if (words === undefined || words.length === 0) return [];
    const [command, ...rest] = words as [string, ...string[]];
    return [{ document, text: part, command, words: rest, isMention, ...(notRun !== undefined && { notRun }) }];
  });
}

/** The lines that a shell would see, without empty ones and comments. */
export function linesOf({ text }: Block): string[] {
  const lines = text.replace(/ *\\\n\s*/g, ' ').split('\n');
  return lines.filter((line) => !/^\s*(?:#.*)?$/.test(line));
}

/** Whether a line begins with a command that `checkCommand` parses. */
export function isCommandLine(line: string): boolean {
  return (wordsOf(parts(line)[0]!) ?? []).length > 0;
}

/** Two commands may share a line, and an explanation may follow: both with wide spaces between. */
function parts(line: string): string[] {
  return line.trim().split(/ {2,}/);
}

/** The words after `npx -y pnpm@12`, as a shell would split them; none where it is no command line, or one for any script. */
function wordsOf(text: string): string[] | undefined {
  if (!beginning.test(text) || /<\w+>/.test(text)) return undefined;
  const line = text.replace(beginning, '').replace(/ +(?:#|>).*$/, '');
  const words = line.match(/(?:[^\s'"]+|'[^']*'|"[^"]*")+/g) ?? [];
  return words
    .filter((word) => word !== '...' && word !== '…')
    .map((word) => word.replaceAll(/'([^']*)'|"([^"]*)"/g, '$1$2'));
}
