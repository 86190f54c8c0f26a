// The installed commands, as a user would call them.
import { join } from 'node:path';
import type { Consumer } from './consumers.ts';
import { run } from './run.ts';

interface Command {
  /** The package whose folder it runs in. */
  readonly of: string;
  readonly args: readonly string[];
  readonly prints: RegExp;
}

const small = 'data.generate={"users":60,"items":90,"interactionsPerUser":15}';
const train = [
  'train',
  '--data',
  'generated',
  '--set',
  small,
  '--epochs',
  '1',
  '--loss',
  './ccl.ts',
  '--set',
  'loss.m=0.2',
];

/** In this order: a run is made, then used. */
export const commands: readonly Command[] = [
  { of: 'losslab', args: ['losslab', '--version'], prints: /\d+\.\d+\.\d+/ },
  { of: 'losslab', args: ['losslab', ...train, '--out', 'runs/outside'], prints: /recall@20/ },
  { of: 'losslab', args: ['losslab', 'recommend', '--run', 'runs/outside', '--user', '1', '-k', '3'], prints: /\d/ },
  { of: '@losslab/reproduce', args: ['reproduce', '--help'], prints: /Usage: reproduce/ },
];

/** What takes a minute: run with --all. */
export const longCommands: readonly Command[] = [
  {
    of: '@losslab/reproduce',
    args: ['reproduce', 'bsl', '--budget', 'smoke', '--data', 'generated', '--method', 'bsl', '--out', 'runs/smoke'],
    prints: /recall@20/i,
  },
];

/** Runs the bin that the package manager linked, on a given Node. Undefined where it did as it should. */
export async function commandProblem(consumer: Consumer, node: string, command: Command): Promise<string | undefined> {
  const [bin, ...args] = command.args;
  const home = consumer.home(command.of);
  const main = join(home, 'node_modules', command.of, 'dist/main.js');
  const linked = process.platform === 'win32' ? main : join(home, 'node_modules/.bin', bin!);
  const script = consumer.manager === 'npm' ? linked : main; // pnpm's is a shell script
  const { ok, output } = await run(node, [script, ...args], home);
  return ok && command.prints.test(output) ? undefined : output;
}
