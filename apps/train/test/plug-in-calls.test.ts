import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { type Finished, losslabEach, temporaryFolder, tiny } from './support.ts';

/** Parts that have all that their contracts ask for, until they are called. */
const head = (kind: string): string =>
  `import * as z from 'zod';\nimport * as tf from '@tensorflow/tfjs';\nexport default { kind: '${kind}', name: 'own', summary: 'A ${kind}.', source: 'this test', options: z.strictObject({}),`;
const loss = (value: string): string => `${head('loss')} create: () => ({ name: 'own', gradient: 'exact',
  needs: { positives: { least: 1, usual: 1 }, negatives: { least: 1, usual: 1 }, inBatch: false, labelled: false, similarity: 'dot' },
  compute: ({ positive, negative }) => ${value} }) };`;
const sampler = (
  batch: string,
): string => `${head('sampler')} create: () => ({ name: 'own', steps: 1, excludes: 'nobody',
  propose: (epoch, step) => (${batch}) }) };`;
const fitted = (
  fit: string,
): string => `${head('model')} fitted: true, create: (_, { facts }) => ({ name: 'own', kind: 'fitted',
  ${fit}, arrays: () => ({}), load: () => {}, ranker: () => ({ kind: 'scores', userCount: facts.userCount,
  itemCount: facts.itemCount, score: (_, out) => out.fill(1), dispose: () => {} }) }) };`;
const ranked = (ranker: string): string => `${head('model')} fitted: false, create: (_, context) => {
  const own = mf.create(mf.options.parse({}), context);
  const { userCount, itemCount } = context.facts;
  return { name: 'own', kind: 'step', parameters: own.parameters, score: own.score, ranker: () => (${ranker}) };
} };
import { mf } from '@losslab/models';`;
const step = (epoch: string): string =>
  `${head('step')} create: () => ({ name: 'own', streams: [{ name: 'train', source: 'positives' }], ${epoch} }) };`;
const metric = (value: string): string =>
  `${head('metric')} create: () => ({ name: 'own', definition: 'one', value: () => ${value} }) };`;

const users = 'users: new Int32Array(2)';
const ids = '{ data: new Int32Array(2), rows: 2, columns: 1 }';
const onOwn = '--loss bpr --epochs 1 --metrics FILE,recall --at 5 --stop-on recall@5';
const onStep = '--loss bpr --step FILE';
const onModel = '--loss bpr --epochs 1 --model FILE';
const factors = 'userCount, itemCount, dimension: 2, dispose() {}, users: new Float32Array(120)';
/** Of each case: the file, the flags, and the error. */
const cases: [string, string, string, RegExp][] = [
  ['a loss that returns a number', loss('5'), '--loss FILE', /compute to return a scalar tensor, got 5; return one/],
  ['a loss that returns nothing', loss('undefined'), '--loss FILE', /a scalar tensor, got nothing; return one/],
  [
    'a loss of each row',
    loss('tf.sum(positive, 1)'),
    '--loss FILE',
    /a scalar tensor, got a tensor \[\d+\]; return one/,
  ],
  [
    'a sampler that returns nothing',
    sampler('undefined'),
    '--loss bpr --sampler FILE',
    /users as an Int32Array, got nothing/,
  ],
  ['a sampler of an empty object', sampler('{}'), '--loss bpr --sampler FILE', /users as an Int32Array, got \{\}; see/],
  [
    'a sampler of plain arrays',
    sampler(`{ epoch, step, ${users}, positives: [1, 2], negatives: ${ids} }`),
    '--loss bpr --sampler FILE',
    /positives as an id matrix of 2 rows, got Array of 2; see/,
  ],
  [
    'a sampler of too few negatives',
    sampler(`{ epoch, step, ${users}, positives: ${ids}, negatives: { ...${ids}, columns: 2 } }`),
    '--loss bpr --sampler FILE',
    /negatives as an id matrix of 2 rows or "in-batch", got \{ data, rows, columns \}; see/,
  ],
  [
    'a sampler that refines to nothing',
    `${head('sampler')} create: (_, context) => ({ ...samplers.uniform.create(samplers.uniform.options.parse({}), context), name: 'own',
      refine: () => undefined }) };
    import { samplers } from '@losslab/samplers';`,
    '--loss bpr --sampler FILE',
    /refine to return a batch with users as an Int32Array, got nothing/,
  ],
  [
    'a step that is no generator',
    step('epoch() {}'),
    onStep,
    /epoch to return an async iterable, got nothing; make it/,
  ],
  [
    'a step that yields nothing',
    step('async *epoch() { yield; }'),
    onStep,
    /events with step as a number, got nothing/,
  ],
  [
    'a step that returns no loss',
    step('async *epoch() { yield { step: 0, steps: 1 }; }'),
    onStep,
    /events with loss as a number, got nothing; yield \{ step, steps, loss \}/,
  ],
  [
    'a step that counts in words',
    step("async *epoch() { yield { step: 0, steps: 1, loss: 1, counts: { up: '1' } }; }"),
    onStep,
    /events with up as a number, got "1"/,
  ],
  [
    'a step that passes no batch',
    step('async *epoch({ parameters, objective, streams }) { parameters.gradient(objective(streams.train.batch)); }'),
    onStep,
    /epoch to pass objective a batch with users as an Int32Array, got a function/,
  ],
  [
    'a step whose view is of other rows',
    step(`async *epoch({ parameters, objective, streams }) {
      const batch = streams.train.batch(0);
      const view = { batch: { ...batch, users: new Int32Array(5) }, scores: (scores) => scores };
      parameters.gradient(objective(batch, view));
    }`),
    onStep,
    /epoch to pass objective a view with positives as an id matrix of 5 rows, got /,
  ],
  [
    'a step whose view makes no scores',
    step(`async *epoch({ parameters, objective, streams }) {
      const batch = streams.train.batch(0);
      parameters.gradient(objective(batch, { batch, scores: ({ positive }) => ({ positive }) }));
    }`),
    onStep,
    /scores of its view to return negative as a tensor of \d+ rows, got \{ positive \}; return/,
  ],
  [
    'a step that miscounts',
    step('async *epoch() { yield { step: 1, steps: 1, loss: 1 }; }'),
    onStep,
    /yield step 0, got 1/,
  ],
  ['a ranker that is nothing', ranked('undefined'), onModel, /a ranker of kind "factors" or "scores", got nothing/],
  [
    'a ranker of no kind',
    ranked("{ kind: 'factor' }"),
    onModel,
    /a ranker of kind "factors" or "scores", got "factor"/,
  ],
  [
    'a ranker of other data',
    ranked("{ kind: 'scores', userCount, itemCount: 1, score() {}, dispose() {} }"),
    onModel,
    /ranker to return itemCount 90, as the data has, got 1/,
  ],
  [
    'a ranker that cannot be disposed of',
    ranked("{ kind: 'scores', userCount, itemCount, score() {} }"),
    onModel,
    /a ranker with dispose as a function, got nothing/,
  ],
  [
    'a ranker of too few factors',
    ranked(`{ kind: 'factors', ${factors}, items: new Float32Array(2) }`),
    onModel,
    /items as a Float32Array of 90 × 2, got Float32Array of 2/,
  ],
  [
    'a ranker without score',
    ranked("{ kind: 'scores', userCount, itemCount, dispose() {} }"),
    onModel,
    /a ranker with score as a function, got nothing/,
  ],
  [
    'a ranker that returns its scores',
    ranked("{ kind: 'scores', userCount, itemCount, score: () => new Float32Array(90), dispose() {} }"),
    onModel,
    /score of the ranker to fill out with numbers, got Float32Array of 90; write each/,
  ],
  [
    'a ranker that promises its scores',
    ranked("{ kind: 'scores', userCount, itemCount, score: async (_, out) => { out.fill(1); }, dispose() {} }"),
    onModel,
    /score of the ranker to fill out with numbers, got a promise; write each/,
  ],
  [
    'a ranker whose scores are NaN',
    ranked("{ kind: 'scores', userCount, itemCount, score: (_, out) => out.fill(NaN), dispose() {} }"),
    onModel,
    /score of the ranker to fill out with numbers, got NaN; write each/,
  ],
  [
    'a ranker whose factors are NaN',
    ranked(`{ kind: 'factors', ${factors}, items: new Float32Array(180).fill(NaN) }`),
    onModel,
    /ranker to give scores that can be ranked, got NaN; see/,
  ],
  ['a metric of words', metric("'a'"), onOwn, /value to return a finite number, got "a"; mend it/],
  ['a metric that is NaN', metric('NaN'), onOwn, /value to return a finite number, got NaN; mend it/],
  [
    'a metric of words to stop on',
    metric("'a'"),
    onOwn.replace('recall@5', 'own@5'),
    /finite number, got "a"; mend it/,
  ],
];

let folder: string;
let results: Finished[];

beforeAll(async () => {
  folder = temporaryFolder();
  mkdirSync(join(folder, 'made'));
  cases.forEach(([, source], k) => {
    writeFileSync(join(folder, `${k}.js`), source);
  });
  writeFileSync(join(folder, 'sync.js'), fitted('fit() {}'));
  writeFileSync(join(folder, 'throws.js'), fitted("fit() { throw new Error('no fit'); }"));
  writeFileSync(join(folder, 'metric.js'), metric('NaN'));
  const lines = cases.map(([, , flags], k) => [
    ...['train', ...tiny, ...flags.replaceAll('FILE', `./${k}.js`).split(' '), '--out', 'run'],
    ...['--log', 'jsonl:log.jsonl', '--log', 'tensorboard'],
  ]);
  const model = (name: string, out: string) => ['train', ...tiny, '--model', `./${name}.js`, '--out', out];
  const rest = [
    model('throws', 'made'),
    model('sync', 'fitted'),
    ['evaluate', '--run', 'fitted', '--model', './sync.js', '--metrics', './metric.js'],
  ];
  results = await losslabEach([...lines, ...rest], folder);
}, 240_000);

test.each(cases.map(([name, , , error], k) => [name, k, error] as const))('%s', (_, k, error) => {
  const { stdout, stderr, code } = results[k]!;
  expect(stdout).toBe('');
  const said = stderr.split('\n').filter((line) => line.startsWith('error: '));
  expect(said).toHaveLength(1);
  expect(said[0]).toMatch(new RegExp(`^error: --(loss|sampler|step|model|metrics) \\./${k}\\.js: expected `));
  expect(said[0]).toMatch(error);
  expect(code).toBe(1);
});

test('none of them leaves a run or a log behind', () => {
  expect(
    readdirSync(folder)
      .filter((name) => !name.endsWith('.js'))
      .sort(),
  ).toEqual(['fitted']);
});

test('a model whose fit is no promise is fitted; one that throws leaves no run', () => {
  const [thrown, fit, evaluated] = results.slice(cases.length);
  expect(thrown!.stderr).toMatch(
    /^error: --model \.\/throws\.js: expected fit of the model own to run through, got Error: no fit at/m,
  );
  expect(fit!.code).toBe(0);
  expect(JSON.parse(readFileSync(join(folder, 'fitted', 'result.json'), 'utf8')).status).toBe('finished');
  expect(evaluated!.stderr).toMatch(
    /^error: --metrics \.\/metric\.js: expected value to return a finite number, got NaN/m,
  );
});
