import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RunConfigInput, runSchema } from '@losslab/trainer';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type Finished, losslabEach } from '../../apps/train/test/support.ts';
import { checkParts } from './check-command.ts';
import { type CommandLine, commandLinesOf } from './command-lines.ts';
import { blocksOf, documents } from './markdown.ts';
import { ratings, workshop } from './workshop.ts';

/** Every command line of `losslab` in the blocks of these is run, from top to bottom, in one folder. */
const guides = ['docs/first-model.md', 'docs/your-data.md', 'docs/choosing-a-loss.md'];

/** So that it takes seconds: few epochs, one thread, and generated data of 60 users. */
function shortened({ words }: CommandLine): string[] {
  if (words[0] !== 'train') return [...words];
  const small = 'data.generate={"users":60,"items":90,"interactionsPerUser":15}';
  const data = words.includes('generated') ? ['--set', small] : [];
  return [...words, ...data, '--epochs', '2', '--threads', '1'];
}

describe.each(guides)('%s', (guide) => {
  const lines = commandLinesOf(guide).filter((line) => line.command === 'losslab' && !line.isMention);
  const runnable = lines.filter(({ notRun }) => notRun === undefined);
  let finished: Finished[] = [];

  beforeAll(async () => {
    const folder = workshop();
    writeFileSync(join(folder, 'ratings.csv'), ratings());
    mkdirSync(join(folder, 'data'));
    finished = await losslabEach(runnable.map(shortened), folder);
  }, 240_000);

  test('says commands', () => {
    expect(runnable.length).toBeGreaterThan(3);
  });

  test.each(runnable.map(({ text }, k) => ({ text, k })))('$text', ({ k }) => {
    expect(finished[k]!.stderr).not.toMatch(/^error/m);
    expect(finished[k]!.code).toBe(0);
    expect(finished[k]!.stdout).not.toBe('');
  });
});

const configurations = documents.flatMap(blocksOf).filter(({ language }) => language === 'yaml');

test.each(configurations)('a configuration in $document names what is there', ({ text }) => {
  const config = parse(text) as RunConfigInput;
  expect(Object.keys(config).filter((key) => !Object.hasOwn(runSchema.shape, key))).toEqual([]);
  checkParts(config);
});
