import { expect, test } from 'vitest';
import { checkCommand } from './check-command.ts';
import { type CommandLine, commandLinesOf } from './command-lines.ts';
import { documents } from './markdown.ts';

/** The loss that the guide makes, in scripts/test/guide.test.ts, which runs these lines. */
const madeByTheGuide = /\bmy-ccl\b/;
const lines = documents.map((document) => ({
  document,
  commands: commandLinesOf(document).filter(({ text }) => !madeByTheGuide.test(text)),
}));

async function complaint(line: CommandLine): Promise<string[]> {
  try {
    await checkCommand(line);
    return [];
  } catch (error) {
    return [`${line.text}: ${(error as Error).message}`];
  }
}

test.each(lines.filter(({ commands }) => commands.length > 0))(
  'command lines of $document are taken',
  async ({ commands }) => {
    const complaints: string[] = [];
    for (const command of commands) complaints.push(...(await complaint(command)));
    expect(complaints).toEqual([]);
  },
);

test('command lines are found: in blocks, in text, two in a line, before comments', () => {
  const of = (document: string) => commandLinesOf(document).map(({ text }) => text);
  expect(of('README.md')).toContain('npx -y pnpm@12 losslab doctor');
  expect(of('README.md')).toContain('npx -y pnpm@12 start');
  expect(of('CONTRIBUTING.md')).toContain('pnpm test packages/core');
  expect(of('apps/train/README.md')).toContain('losslab recommend --run runs/bsl --user 196 -k 5');
  expect(lines.flatMap(({ commands }) => commands).length).toBeGreaterThan(100);
});

const wrong: [string, string, RegExp][] = [
  ['losslab', 'train --data ml-100k --los bpr', /unknown option '--los'/],
  ['losslab', 'train --data ml-100k --loss bprr', /expected a loss, got bprr/],
  ['losslab', 'train --data ml-100k --loss sl --set loss.taau=1', /taau/],
  ['losslab', 'train --data ml-200k', /ml-200k/],
  ['losslab', 'train --data x.csv --k-core a', /expected a whole number/],
  ['losslab', 'evaluate --at 5', /--run/],
  ['losslab', 'list losses bpr sl', /too many arguments/],
  ['reproduce', 'bsl --table 9', /table/],
  ['reproduce', 'bsl --budget slow', /budget/],
  ['reproduce', 'bsl --fast', /unknown option/],
  ['tset', '', /no script tset/],
  ['npm', 'install @losslab/metrix', /@losslab\/metrix/],
  ['bench', 'bsl-stp', /no case bsl-stp/],
  ['--filter', 'losslab registri', /no script registri/],
];

test.each(wrong)('%s %s would be found', async (command, rest, message) => {
  const words = rest === '' ? [] : rest.split(' ');
  await expect(checkCommand({ document: '', text: rest, command, words, isMention: false })).rejects.toThrow(message);
});
