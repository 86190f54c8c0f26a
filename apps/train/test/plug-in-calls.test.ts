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
const metric = (value: string): string =>
  `${head('metric')} create: () => ({ name: 'own', definition: 'one', value: () => ${value} }) };`;

const users = 'users: new Int32Array(2)';
const ids = '{ data: new Int32Array(2), rows: 2, columns: 1 }';
const onOwn = '--loss bpr --epochs 1 --metrics FILE,recall --at 5 --stop-on recall@5';
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
  expect(said[0]).toMatch(new RegExp(`^error: --(loss|sampler|metrics) \\./${k}\\.js: expected `));
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
  expect(thrown!.stderr).toMatch(/^error: unexpected: no fit/m);
  expect(fit!.code).toBe(0);
  expect(JSON.parse(readFileSync(join(folder, 'fitted', 'result.json'), 'utf8')).status).toBe('finished');
  expect(evaluated!.stderr).toMatch(
    /^error: --metrics \.\/metric\.js: expected value to return a finite number, got NaN/m,
  );
});
