import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { type Finished, losslab, losslabEach, temporaryFolder, tiny } from './support.ts';

const imports = [
  "import * as z from 'zod'; import * as tf from '@tensorflow/tfjs'; import { LosslabError } from '@losslab/core';",
  "import { mf } from '@losslab/models'; import { samplers } from '@losslab/samplers';",
  "import { singleUpdate } from '@losslab/trainer';",
];
/** Parts that keep their contracts until they throw, on the file's fifth line. */
const part = (kind: string, create: string): string =>
  [
    ...imports,
    `export default { kind: '${kind}', name: 'own', summary: 'A ${kind}.', source: 'this test', fitted: false, options: z.strictObject({}),`,
    `${create} };`,
  ].join('\n');
const needs = ['least: 1, usual: 1', 'least: 1, usual: 1'];
const loss = (compute: string): string =>
  part(
    'loss',
    `create: () => ({ name: 'own', gradient: 'exact', ${compute}, needs: { positives: { ${needs[0]} }, negatives: { ${needs[1]} }, inBatch: false, labelled: false, similarity: 'dot' } })`,
  );
const sampler = (own: string): string =>
  part(
    'sampler',
    `create: (_, context) => ({ ...samplers.uniform.create(samplers.uniform.options.parse({}), context), name: 'own', ${own} })`,
  );
const model = (own: string): string =>
  part(
    'model',
    `create: (_, context) => { const { parameters, score, ranker } = mf.create(mf.options.parse({}), context); return { kind: 'step', name: 'own', parameters, score, ranker, ${own} }; }`,
  );
const ranker = (own: string): string =>
  model(
    `ranker: () => ({ kind: 'scores', userCount: 60, itemCount: 90, score: (_, out) => out.fill(1), dispose() {}, ${own} })`,
  );
const step = (epoch: string): string =>
  part('step', `create: () => ({ name: 'own', streams: singleUpdate.streams, ${epoch} })`);
const metric = (value: string): string =>
  part('metric', `create: () => new class { name = 'own'; definition = 'one'; #hidden = 1; ${value} }`);

const onLoss = '--loss FILE';
const onSampler = '--loss bpr --sampler FILE';
const onModel = '--loss bpr --model FILE';
const onStep = '--loss bpr --step FILE';
const onMetric = '--loss bpr --metrics FILE,recall --at 5 --stop-on recall@5';
const torn = "{ throw new TypeError('torn\\n  apart'); }";
const wasTorn = 'TypeError: torn apart';
/** Of each case: the file, the flags, what threw, and what it threw. */
const cases: [string, string, string, string][] = [
  [part('loss', `create() ${torn}`), onLoss, 'create of own to return a loss', wasTorn],
  [loss(`compute() ${torn}`), onLoss, 'compute of the loss own', wasTorn],
  [loss('compute: () => missing'), onLoss, 'compute of the loss own', 'ReferenceError: missing is not defined'],
  [
    loss('compute: ({ positve }) => tf.mean(positve)'),
    onLoss,
    'compute of the loss own',
    "Error: Argument 'x' passed to 'mean' must be a Tensor",
  ],
  [sampler(`propose() ${torn}`), onSampler, 'propose of the sampler own', wasTorn],
  [sampler(`refine() ${torn}`), onSampler, 'refine of the sampler own', wasTorn],
  [model(`score() ${torn}`), onModel, 'score of the model own', wasTorn],
  [model(`penalty() ${torn}`), onModel, 'penalty of the model own', wasTorn],
  [model(`ranker() ${torn}`), onModel, 'ranker of the model own', wasTorn],
  [ranker(`score() ${torn}`), onModel, 'score of the ranker of the model own', wasTorn],
  [step(`async *epoch() ${torn}`), onStep, 'epoch of the step own', wasTorn],
  [step(`async epoch() ${torn}`), onStep, 'epoch of the step own', wasTorn],
  [step(`*epoch() ${torn}`), onStep, 'epoch of the step own', wasTorn],
  [metric(`value() ${torn}`), onMetric, 'value of the metric own', wasTorn],
];

const late = sampler(`propose(epoch, ...rest) {
  if (epoch === 3 && !globalThis.hasThrown) { globalThis.hasThrown = true; throw new Error('late'); }
  return samplers.uniform.create(samplers.uniform.options.parse({}), context).propose(epoch, ...rest); }`);
const others: Readonly<Record<string, string>> = {
  late,
  second: loss(
    "compute({ positive }, { epoch }) { if (epoch === 2) throw new Error('late'); return tf.mean(positive); }",
  ),
  fine: model('' + "kind: 'step'"),
  none: model('ranker() {}'),
  array: ranker('score: () => new Float32Array(90)'),
  word: loss("compute() { throw 'a word'; }"),
  ours: loss("compute() { throw new LosslabError('bad-data', '[mine] expected peace, got war', { where: 'data' }); }"),
  usual: step('epoch: singleUpdate.epoch'),
  hidden: metric('value() { return this.#hidden; }'),
  saboteur: `${metric('value() { return 1; }')}\nsamplers.uniform.create = () => ({ name: 'uniform', steps: 1, excludes: 'seen', propose() { throw new Error('built in'); } });`,
};

let folder: string;
let results: Finished[];

beforeAll(async () => {
  folder = temporaryFolder();
  cases.forEach(([source], k) => {
    writeFileSync(join(folder, `${k}.js`), source);
  });
  for (const [name, source] of Object.entries(others)) writeFileSync(join(folder, `${name}.js`), source);
  const train = (name: string | number, flags: string, out = 'run'): string[] => [
    ...['train', ...tiny, ...flags.replaceAll('FILE', `./${name}.js`).split(' '), '--out', out],
  ];
  const installed = join(folder, 'node_modules', '@someone', 'loss');
  mkdirSync(installed, { recursive: true });
  writeFileSync(join(installed, 'package.json'), '{"name":"@someone/loss","type":"module","exports":"./index.js"}');
  writeFileSync(join(installed, 'index.js'), loss(`compute() ${torn}`));
  const evaluate = (name: string): string[] => ['evaluate', '--run', 'fine', '--model', `./${name}.js`];
  results = await losslabEach(
    [
      ...cases.map(([, flags], k) => train(k, `${flags} --epochs 1`)),
      train('word', onLoss),
      train('ours', onLoss),
      train('hidden', `${onMetric} --epochs 1`, 'hidden'),
      train('late', `${onSampler} --epochs 4`, 'late'),
      ['train', '--resume', '--out', 'late', '--sampler', './late.js'],
      train('second', `${onLoss} --epochs 3 --set checkpointEvery=5`, 'second'),
      train('', '--loss @someone/loss'),
      train('fine', `${onModel} --epochs 1`, 'fine'),
      evaluate('none'),
      evaluate('array'),
      ['recommend', '--run', 'fine', '--model', './array.js', '--user', '0'],
      train('saboteur', onMetric),
      train('usual', onStep),
    ],
    folder,
  );
}, 240_000);

test.each(cases.map(([, , what, got], k) => [what, got, k] as const))('%s: %s (%i)', (what, got, k) => {
  const { stderr, code } = results[k]!;
  const said = stderr.split('\n').filter((line) => line.startsWith('error: '));
  expect(said).toHaveLength(1);
  const [, file, rest = ''] =
    /^error: --(?:loss|sampler|step|model|metrics) (\S+): expected (.*)$/.exec(said[0]!) ?? [];
  expect(file).toBe(`./${k}.js`);
  expect(rest).toContain(`${what}${what.startsWith('create') ? '' : ' to run through'}, got ${got}`);
  expect(rest).toMatch(new RegExp(` at \\./${k}\\.js:5:\\d+; mend it \\(LOSSLAB_DEBUG=1 shows where\\)$`));
  expect(code).toBe(1);
});

test('none of them leaves a run, but those that had epochs before', () => {
  expect(readdirSync(folder).filter((name) => !/\.js$|^node_modules$/.test(name))).toEqual([
    'fine',
    'hidden',
    'late',
    'second',
  ]);
});

test('what is no error has no line, what is losslab’s own stays as it is, and hidden fields stay in reach', () => {
  const [word, ours, hidden] = results.slice(cases.length);
  expect(word!.stderr).toMatch(
    /^error: --loss \.\/word\.js: expected compute of the loss own to run through, got "a word"; mend/m,
  );
  expect(ours!.stderr).toMatch(/^error: --data: expected peace, got war$/m);
  expect(hidden!.code).toBe(0);
});

test('a run that had epochs before goes on', () => {
  const [failed, resumed] = results.slice(cases.length + 3);
  expect(failed!.stderr).toMatch(/^error: --sampler \.\/late\.js: .* got Error: late at \.\/late\.js:6:/m);
  expect(resumed!.code).toBe(0);
  const { status, epochs } = JSON.parse(readFileSync(join(folder, 'late', 'result.json'), 'utf8'));
  expect({ status, epochs }).toEqual({ status: 'finished', epochs: 4 });
});

test('LOSSLAB_DEBUG shows the stack of what was thrown', async () => {
  const args = ['train', ...tiny, '--loss', './1.js', '--out', 'run'];
  const { stderr } = await losslab(args, { cwd: folder, env: { LOSSLAB_DEBUG: '1' } });
  expect(stderr).toMatch(/^caused by: TypeError: torn\n {2}apart\n {4}at /m);
});

test('a package is told by its name', () => {
  expect(results[cases.length + 6]!.stderr).toMatch(
    /^error: --loss @someone\/loss: .* got TypeError: torn apart at @someone\/loss\/index\.js:5:\d+; mend it/m,
  );
});

test('a model that is named again is held to its contract again', () => {
  const [trained, none, array, recommended] = results.slice(cases.length + 7);
  expect(trained!.code).toBe(0);
  expect(none!.stderr).toMatch(
    /^error: --model \.\/none\.js: expected ranker to return a ranker of kind .* got nothing/m,
  );
  expect(array!.stderr).toMatch(/^error: --model \.\/array\.js: expected score of the ranker to fill out .* of 90;/m);
  expect(recommended!.stderr).toBe(array!.stderr);
});

test('what losslab’s own parts throw is unexpected, under a procedure of one’s own too', () => {
  const [alone, under] = results.slice(cases.length + 11);
  expect(alone!.stderr).toMatch(/^error: unexpected: built in \(/m);
  expect(under!.stderr).toMatch(/^error: unexpected: built in \(/m);
});
