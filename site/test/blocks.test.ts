import { describe, expect, test } from 'vitest';
import { isCommandLine, linesOf } from './command-lines.ts';
import { type Block, blocksOf, documents, read } from './markdown.ts';

/** Run or read by code.test.ts, guides.test.ts, or the test of the guide. */
const run = ['ts', 'js', 'typescript', 'yaml'];
/** What is printed, or stands in files and headers. */
const shown = ['text', 'csv', 'http', 'md'];
const commands = ['', 'sh', 'bash'];

const isEquation = (line: string): boolean => /(?!\p{ASCII})[\p{Sm}\p{No}\p{Script=Greek}ℓ‖⟨⟩]/u.test(line);

/** Lines that nothing runs, parses or excuses. */
function unproven(block: Block): string[] {
  const { language, notRun } = block;
  if (notRun !== undefined || run.includes(language) || shown.includes(language)) return [];
  const lines = linesOf(block);
  if (!commands.includes(language)) return lines;
  if (language === '' && lines.every(isEquation)) return [];
  return lines.filter((line) => !isCommandLine(line));
}

test.each(documents)('every block of %s is run, parsed, or says why not', (document) => {
  expect(blocksOf(document).flatMap(unproven)).toEqual([]);
});

describe('a block is found', () => {
  const block = (language: string, text: string): Block => ({ document: 'a.md', language, text });
  test.each([
    ['', 'tensorboard --logdir runs'],
    ['', 'pip download --no-deps tensorflow-cpu\npnpm engines'],
    ['', 'export const figure9: Experiment = {\n  full: [...],\n};'],
    ['sh', 'c++ -O2 \\\n  tfjs_backend.cc'],
    ['sh', 'L = −E [ s ]'],
    ['', 'L = −E [ s ]\ntensorboard'],
    ['c++', 'int x;'],
    ['', 'losslab train --data <folder>'],
  ])('%s: %s', (language, text) => {
    expect(unproven(block(language, text))).not.toEqual([]);
    expect(unproven({ ...block(language, text), notRun: 'why' })).toEqual([]);
  });

  test.each([
    ['', '# first\nlosslab train --data ml-100k \\\n  --loss bpr\n\nnpx -y pnpm@12 start    a leaderboard'],
    ['sh', 'npm install @losslab/core'],
    ['', 'L = −E [ s ],   s = ⟨p, q⟩\np = ‖q‖'],
    ['text', 'recall@20 0.3'],
  ])('not %s: %s', (language, text) => {
    expect(unproven(block(language, text))).toEqual([]);
  });
});

const excerpts = documents.flatMap(blocksOf).filter(({ from }) => from !== undefined);

test('parts of files are shown', () => {
  expect(excerpts.map(({ document }) => document)).toContain('apps/reproduce/README.md');
});

test.each(excerpts)('the part of $from in $document is as it is there', ({ from, text }) => {
  expect(read(from!)).toContain(text);
});
