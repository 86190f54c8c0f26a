import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { type Finished, finished, losslabEach, startCommand, temporaryFolder, tiny, written } from './support.ts';

const example = (name: string): string => fileURLToPath(new URL(`./example/${name}`, import.meta.url));
const metric = example('first-hit.ts');
const train = [
  'train',
  ...tiny,
  '--loss',
  'bpr',
  '--at',
  '10',
  '--metrics',
  `recall,${metric}`,
  '--stop-on',
  'recall@10',
];

let folder: string;
let results: Finished[];

beforeAll(async () => {
  folder = temporaryFolder();
  const evaluate = ['evaluate', '--run', 'run', '--json', '-'];
  results = await losslabEach(
    [
      [...train, '--epochs', '1', '--out', 'run', '--json', '-'],
      [...evaluate, '--metrics', `recall,${metric}`],
      [...evaluate, '--metrics', metric, '--at', '5'],
      evaluate,
      [...evaluate, '--metrics', 'recall', '--model', 'nothing'],
    ],
    folder,
  );
}, 240_000);

test('evaluate measures a run with metrics from files, as it did when it was trained', () => {
  const [trained, again, alone] = results.map(({ stdout }) => JSON.parse(stdout || '{}'));
  expect(Object.keys(trained.metrics)).toEqual(['recall@10', 'first-hit@10']);
  expect(again.metrics).toEqual(trained.metrics);
  expect(alone.metrics).toEqual({ 'first-hit@5': trained.metrics['first-hit@10'] });
});

test('evaluate says how to name a metric of the run that losslab does not have', () => {
  const [, , , unnamed, model] = results;
  expect(unnamed!.stderr.trimEnd()).toBe(
    'error: --metrics: expected metrics that losslab has, got "first-hit" of the run; name its file: --metrics recall,./FILE',
  );
  expect(unnamed!.code).toBe(2);
  expect(model!.stderr).toMatch(/^error: --model: expected a file or a package, got "nothing"; leave it out$/m);
});

test('an interrupted run says how to go on with all its metrics', async () => {
  const child = startCommand([...train, '--epochs', '1000000', '--patience', '1000000', '--out', 'long'], {
    cwd: folder,
  });
  const end = finished(child);
  await written(child, '1 of 1000000');
  child.kill('SIGINT');
  expect((await end).stderr).toContain(`train --out long --resume --metrics recall,${metric}`);
});

test('a run goes on with its metrics', async () => {
  const again = ['train', '--out', 'run', '--resume', '--epochs', '2', '--metrics', `recall,${metric}`, '--json', '-'];
  const [resumed] = await losslabEach([again], folder);
  const result = JSON.parse(resumed!.stdout || JSON.stringify(resumed!.stderr));
  expect(result.epochs).toBe(2);
  expect(Object.keys(result.metrics)).toEqual(['recall@10', 'first-hit@10']);
});
