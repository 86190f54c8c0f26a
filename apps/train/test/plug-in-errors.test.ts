import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { type Finished, losslabEach, temporaryFolder, tiny } from './support.ts';

/** Each kind as JavaScript: parts that do nothing, but have all that their contracts ask for. */
const options = 'options: z.strictObject({})';
const zod = "import * as z from 'zod';\n";
const head = (kind: string, name: string): string =>
  `kind: '${kind}', name: '${name}', summary: 'A ${kind} of this test.', source: 'this test', ${options}`;
const loss = `export default { ${head('loss', 'own')}, create: () => ({ name: 'own',
  needs: { positives: { least: 1, usual: 1 }, negatives: { least: 1, usual: 1 }, inBatch: false, labelled: false, similarity: 'dot' },
  gradient: 'exact', compute: () => undefined }) };`;
const sampler = `export default { ${head('sampler', 'own')}, create: () => ({ name: 'own',
  steps: 1, excludes: 'nobody', propose: () => undefined }) };`;
const model = `export default { ${head('model', 'own')}, fitted: false, create: () => ({ name: 'own', kind: 'step',
  parameters: { gradient() {}, save() {}, restore() {} }, score: () => undefined, ranker: () => undefined }) };`;
const fitted = `export default { ${head('model', 'own')}, fitted: true, create: () => ({ name: 'own', kind: 'fitted',
  fit: async () => {}, ranker: () => undefined, arrays: () => ({}), load: () => {} }) };`;
const metric = `export default { ${head('metric', 'own')}, create: () => ({ name: 'own',
  definition: 'one', value: () => 1 }) };`;
const step = `export default { ${head('step', 'own')}, create: () => ({ name: 'own',
  streams: [{ name: 'train', source: 'train' }], async *epoch() {} }) };`;

const bpr = '--loss bpr';
/** Of each case: the file, what is taken out of it and put in, the flags, and the error. */
const cases: [string, string, string, string, string, RegExp][] = [
  [
    'a loss without options',
    loss,
    options,
    'x: 1',
    '--loss FILE',
    /the loss of FILE .* got no options \(must be a schema of zod 4/,
  ],
  [
    'a loss without a factory',
    loss,
    'create:',
    'creat:',
    '--loss FILE',
    /the loss of FILE .* got no create \(must be a f/,
  ],
  [
    'a loss without gradient',
    loss,
    "gradient: 'exact',",
    '',
    '--loss FILE',
    /own returns .* got no gradient \(must be "exact/,
  ],
  [
    'a loss without compute',
    loss,
    'compute:',
    'x:',
    '--loss FILE',
    /got no compute \(must be a function\); see docs\/contribute/,
  ],
  ['a loss without needs', loss, 'inBatch: false,', '', '--loss FILE', /got no needs\.inBatch \(/],
  [
    'a loss without a name',
    loss,
    "name: 'own', summary",
    'summary',
    '--loss FILE',
    /the loss of FILE .* got no name \(/,
  ],
  [
    'a loss by two names',
    loss,
    "({ name: 'own'",
    "({ name: 'other'",
    '--loss FILE',
    /to have that name, got name = "other"; give/,
  ],
  [
    'a factory that throws',
    loss,
    'create: () => ({',
    'create: () => missing({',
    '--loss FILE',
    /create of own to return a loss, got ReferenceError: missing/,
  ],
  [
    'a sampler without propose',
    sampler,
    'propose:',
    'x:',
    `${bpr} --sampler FILE`,
    /got no propose \(must be a function\); see docs\/plug-ins/,
  ],
  ['a sampler without steps', sampler, 'steps: 1,', '', `${bpr} --sampler FILE`, /got no steps \(/],
  [
    'a sampler that says nothing of whom it excludes',
    sampler,
    "'nobody'",
    "'all'",
    `${bpr} --sampler FILE`,
    /got excludes = "all" \(/,
  ],
  [
    'a model without ranker',
    model,
    'ranker:',
    'x:',
    `${bpr} --model FILE`,
    /got no ranker \(must be a function\); see docs\/plug-ins/,
  ],
  ['a model without score', model, 'score:', 'x:', `${bpr} --model FILE`, /got no score \(must be a function\)/],
  ['a model without parameters', model, 'parameters:', 'x:', `${bpr} --model FILE`, /got no parameters \(/],
  [
    'a model of no kind',
    model,
    "kind: 'step'",
    "kind: 'steps'",
    `${bpr} --model FILE`,
    /got kind = "steps" \(must be "step" or "fitted"\)/,
  ],
  [
    'a model that is not said to be fitted',
    model,
    'fitted: false,',
    '',
    `${bpr} --model FILE`,
    /the model of FILE .* got no fitted \(/,
  ],
  ['a fitted model without fit', fitted, 'fit:', 'x:', '--model FILE', /got no fit \(must be a function\)/],
  [
    'a metric without value',
    metric,
    'value:',
    'x:',
    `${bpr} --metrics FILE --stop-on own@5`,
    /got no value \(must be a function, or total one\)/,
  ],
  [
    'a metric without definition',
    metric,
    "definition: 'one',",
    '',
    `${bpr} --metrics FILE --stop-on own@5`,
    /got no definition \(/,
  ],
  [
    'a step without epoch',
    step,
    'async *epoch',
    'async *x',
    `${bpr} --step FILE`,
    /got no epoch \(must be a function\)/,
  ],
  [
    'a loss that is taken',
    loss,
    "'own', summary",
    "'sl', summary",
    '--loss FILE',
    /got "sl", which losslab has; rename it/,
  ],
  [
    'a sampler that is taken',
    sampler,
    "'own', summary",
    "'uniform', summary",
    `${bpr} --sampler FILE`,
    /got "uniform", which losslab has/,
  ],
  [
    'a model that is taken',
    model,
    "'own', summary",
    "'mf', summary",
    `${bpr} --model FILE`,
    /got "mf", which losslab has; rename it/,
  ],
  [
    'a metric that is taken',
    metric,
    "'own', summary",
    "'recall', summary",
    `${bpr} --metrics FILE`,
    /got "recall", which losslab has/,
  ],
  [
    'two metrics of one name',
    metric,
    '',
    '',
    `${bpr} --metrics FILE,./metric.js`,
    /--metrics \.\/metric\.js: .* got "own", which FILE has; rename it/,
  ],
  [
    'a loss for a sampler',
    loss,
    '',
    '',
    `${bpr} --sampler FILE`,
    /a definition with kind: 'sampler', got exports default; export one/,
  ],
  [
    'a folder for a file',
    loss,
    '',
    '',
    '--loss ./folder',
    /--loss \.\/folder: expected a file at .*folder, got a folder; name the file in it/,
  ],
  ['a package that is not there', loss, '', '', '--loss their-loos', /--loss: expected a known loss, got "their-loos"/],
];

let folder: string;
let results: Finished[];
const rest = ['list losses their-loss', 'list their-loss', 'list ./nothing.js', 'list models ./model.js', 'list'].map(
  (line) => line.split(' '),
);

beforeAll(async () => {
  folder = temporaryFolder();
  mkdirSync(join(folder, 'folder'));
  cases.forEach(([, source, before, after], k) => {
    expect(source).toContain(before);
    writeFileSync(join(folder, `${k}.js`), zod + source.replace(before, after));
  });
  writeFileSync(join(folder, 'metric.js'), zod + metric);
  writeFileSync(join(folder, 'model.js'), zod + model);
  writeFileSync(join(folder, 'nothing.js'), 'export const x = 1;');
  const installed = join(folder, 'node_modules', 'their-loss');
  mkdirSync(installed, { recursive: true });
  writeFileSync(join(installed, 'package.json'), '{"name":"their-loss","type":"module","exports":"./index.js"}');
  writeFileSync(
    join(installed, 'index.js'),
    `${zod}${loss}\n${sampler.replace('export default', 'export const other =')}`,
  );
  const lines = cases.map(([, , , , flags], k) => [
    'train',
    ...tiny,
    ...flags.replaceAll('FILE', `./${k}.js`).split(' '),
    '--out',
    'run',
  ]);
  results = await losslabEach([...lines, ...rest], folder);
}, 240_000);

test.each(cases.map(([name, , , , , error], k) => [name, k, error] as const))('%s', (_, k, error) => {
  const { stdout, stderr, code } = results[k]!;
  expect(stdout).toBe('');
  const said = stderr
    .trimEnd()
    .split('\n')
    .filter((line) => line.startsWith('error: '));
  expect(said).toHaveLength(1);
  expect(said[0]!.replaceAll(`./${k}.js`, 'FILE')).toMatch(error);
  expect(said[0]).toMatch(/^error: --(loss|sampler|model|metrics|step)/);
  expect(code).toBeGreaterThan(0);
});

test('none of them leaves a run behind', () => {
  expect(readdirSync(folder)).not.toContain('run');
});

test('list shows what files and packages define', () => {
  const [one, all, nothing, another, ours] = results.slice(cases.length);
  expect(one!.stdout).toContain('own: A loss of this test.');
  expect(all!.stdout.replace(/[\s─]+/g, ' ')).toBe(
    'losses own A loss of this test. samplers own A sampler of this test. ',
  );
  expect(nothing!.stderr).toMatch(/^error: .*expected definitions with kind: .* got exports x; export one$/m);
  expect(another!.stdout).toContain('own: A model of this test.');
  expect(ours!.stdout).not.toContain('of this test');
});
