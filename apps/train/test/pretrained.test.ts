import { loadRun } from '@losslab/trainer';
import { expect, test } from 'vitest';
import { registry } from '../src/registry.ts';
import { losslabEach, temporaryFolder, tiny } from './support.ts';

const folder = temporaryFolder();
const train = (model: string, ...more: string[]): string[] => [
  'train',
  ...tiny,
  ...['--model', model, '--loss', 'bce', '--seed', '3', '--out', model, ...more],
];
const small = ['--set', 'model.layers=[8,4]'];
const halves = ['--set', 'model.pretrained.gmf=gmf', '--set', 'model.pretrained.mlp=mlp'];
const half = ['--set', 'model.pretrained.alpha=0.5'];

test('NeuMF goes on from the runs of its halves, at a rate of 1e-12 from where they ended', async () => {
  const runs = await losslabEach(
    [
      train('gmf', '--epochs', '3'),
      train('mlp', '--epochs', '3', ...small),
      train('neumf', '--epochs', '1', ...small, ...halves, ...half, '--learning-rate', '1e-12'),
    ],
    folder,
  );
  expect(
    runs.map(({ code }) => code),
    runs.map(({ stderr }) => stderr).join('\n'),
  ).toEqual([0, 0, 0]);
  const [gmf, mlp, neumf] = await Promise.all(
    ['gmf', 'mlp', 'neumf'].map((run) => loadRun(`${folder}/${run}`, registry)),
  );
  const expected = { ...gmf!.arrays, ...mlp!.arrays };
  for (const [name, { data }] of Object.entries(neumf!.arrays)) {
    if (name === 'b') continue;
    const factor = name.endsWith('.h') ? 0.5 : 1;
    const wanted = Array.from(expected[name]!.data, (x) => factor * x);
    for (const [k, x] of data.entries()) expect(x).toBeCloseTo(wanted[k]!, 6);
  }
  const [b, ofGmf, ofMlp] = [neumf, gmf, mlp].map((run) => run!.arrays.b!.data[0]!);
  expect(b).toBeCloseTo((ofGmf! + ofMlp!) / 2, 6);
  for (const run of [gmf, mlp, neumf]) run!.dispose();
});

test('a folder that holds no run is named', async () => {
  const [failed] = await losslabEach([train('neumf', ...small, ...halves, '--out', 'other')], temporaryFolder());
  expect(failed).toMatchObject({ code: 1, stderr: expect.stringContaining('in gmf') });
});
