import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { type Finished, losslab, losslabEach, temporaryFolder, tiny } from './support.ts';

/** Command line → exit code and the one line on stderr. */
const cases: [string, string, number, RegExp][] = [
  ['an unknown command', 'tran', 2, /^error: unknown command 'tran' \(Did you mean train\?\)$/],
  ['an unknown flag', 'train --losss bpr', 2, /^error: unknown option '--losss' \(Did you mean --loss\?\)$/],
  ['a value that is no number', 'train --epochs ten', 2, /^error: --epochs: expected a whole number >= 1, got "ten"$/],
  ['a number out of range', 'train --learning-rate -1', 2, /^error: --learning-rate: expected a number > 0, got "-1"$/],
  ['a missing argument', 'evaluate', 2, /^error: required option '--run <dir>' not specified$/],
  ['two flags against each other', 'train --seed 1 --seeds 1,2', 2, /^error: option '--seed <n>' cannot be used with/],
  ['no data', 'train --loss bpr', 2, /^error: --data: expected a data set, got none; name a file, a folder, or one of/],
  ['an unknown data set', 'train --data gowala --loss bpr', 2, /^error: --data: .* did you mean "gowalla"\?/],
  [
    'a path that is none',
    'train --data ./nope.csv --loss bpr',
    1,
    /^error: --data: expected a file or folder at \.\/nope\.csv/,
  ],
  ['a malformed line', 'train --data broken.csv --loss bpr', 1, /^error: --data: \S*broken\.csv:3:5: expected/],
  [
    'another format than said',
    'train --data good.csv --format lightgcn --loss bpr',
    1,
    /^error: --data: \S*good\.csv:1:1: /,
  ],
  [
    'an unknown format',
    'train --data good.csv --format lightgnc --loss bpr',
    2,
    /^error: --(data|format): .* did you mean "lightgcn"\?/,
  ],
  ['an unknown split', 'train --data good.csv --split per_user --loss bpr', 2, /did you mean "per-user"\?/],
  [
    'a filter that leaves nothing',
    'train --data good.csv --k-core 9 --loss bpr',
    1,
    /^error: --k-core: expected a .* lower it$/,
  ],
  ['no loss', 'train DATA', 2, /^error: --loss: expected a loss for mf, got none; name one of bce, .*bpr, .*bsl/],
  [
    'an unknown loss',
    'train DATA --loss bls',
    2,
    /^error: --loss: expected a known loss, got "bls"; did you mean "bsl"\?/,
  ],
  ['an unknown model', 'train DATA --model fm --loss bpr', 2, /^error: --model: .* did you mean "mf"\?/],
  [
    'a loss that is not taken',
    'train DATA --model itempop --loss bpr',
    2,
    /^error: --loss: expected no loss with itempop/,
  ],
  [
    'an unknown option of a loss',
    'train DATA --loss bsl --set loss.tua1=1',
    2,
    /^error: --loss bsl: .* did you mean "tau1"\?/,
  ],
  [
    'an option out of range',
    'train DATA --loss bsl --set loss.tau1=0',
    2,
    /^error: --loss bsl: tau1: must be > 0 \(eq\. 18\), got 0$/,
  ],
  [
    'an option of the procedure out of range',
    'train --data generated-plays --loss idl --set step={"name":"ig","alpha":0}',
    2,
    /^error: --step ig: alpha: must be > 0 \(Algorithm 1\), got 0$/,
  ],
  [
    'no negatives where an equation needs one',
    'train DATA --loss vbpr --negatives 0',
    2,
    /^error: --negatives: expected at least 1 negatives a row for vbpr \(eq\. 13\), got 0; set negatives$/,
  ],
  [
    'no positives where an equation needs one',
    'train DATA --loss vbpr --positives 0',
    2,
    /^error: --positives: expected at least 1 positives a row for vbpr \(eq\. 12\), got 0; set positives$/,
  ],
  ['an unknown setting', 'train DATA --loss bpr --set epoch=3', 2, /^error: --set: .* did you mean "epochs"\?/],
  [
    'a setting without a value',
    'train DATA --loss bpr --set epochs',
    2,
    /^error: --set: expected key=value, got "epochs"/,
  ],
  ['a setting of a flag', 'train DATA --loss bpr --set epochs=0', 2, /^error: --epochs: must be >= 1, got 0$/],
  [
    'a setting without a flag',
    'train DATA --loss bpr --set schedule=platau',
    2,
    /^error: --set schedule\.name: must be .* got "platau"$/,
  ],
  [
    'an option of the data',
    'train DATA --loss bpr --set data.minRaing=3',
    2,
    /^error: --data: .* did you mean "minRating"\?/,
  ],
  [
    'an option of the generator',
    'train DATA --loss bpr --set data.generate.users=0',
    2,
    /^error: --set data\.generate\.users: must be >= 1, got 0$/,
  ],
  [
    'an option of the generator of plays',
    'train --data generated-plays --loss bce-labelled --set data.plays.flipRate=2',
    2,
    /^error: --set data\.plays\.flipRate: must be <= 0\.5, got 2$/,
  ],
  [
    'an option of the optimizer',
    'train DATA --loss bpr --set optimizer.learnigRate=1',
    2,
    /^error: --optimizer adam: .* did you mean "learningRate"\?/,
  ],
  ['an unknown engine', 'train DATA --loss bpr --engine simt', 2, /^error: --engine: must be "auto", "simd"/],
  ['an unknown metric', 'train DATA --loss bpr --stop-on recal@20', 2, /did you mean "recall"\?/],
  [
    'a metric without a cut-off',
    'train DATA --loss bpr --stop-on recall',
    2,
    /^error: --stop-on: expected a metric and its cut-off, such as recall@20/,
  ],
  [
    'k beyond the catalogue',
    'train DATA --loss bpr --at 91',
    2,
    /^error: --at: expected cut-offs up to the 90 items of generated, got 91/,
  ],
  ['columns that the loss cannot use', 'train DATA --loss bpr --positives 0', 2, /^error: --positives: expected/],
  [
    'an output folder below a file',
    'train DATA --loss bpr --out good.csv/run',
    1,
    /^error: --out: expected to write to .* got a file where a folder should be/,
  ],
  [
    'a JSON file below a file',
    'train DATA --loss bpr --json good.csv/x.json',
    1,
    /^error: --json: expected to write to .* got a file where a folder should be/,
  ],
  ['a JSON file that is a folder', 'list --json .', 1, /^error: --json: expected to write to \., got a folder/],
  [
    'a config file that is none',
    'train --config nope.yaml',
    1,
    /^error: --config nope\.yaml: expected a file, got none/,
  ],
  [
    'a config file that is no YAML',
    'train --config broken.yaml',
    1,
    /^error: --config broken\.yaml: expected JSON or YAML, got in line 3, column \d+: /,
  ],
  [
    'an unknown key in a config file',
    'train --config typo.yaml',
    2,
    /^error: --config typo\.yaml: .* did you mean "epochs"\?/,
  ],
  [
    'a bad value in a config file',
    'train --config value.json',
    2,
    /^error: --config value\.json: epochs: must be >= 1, got 0$/,
  ],
  [
    'resume without a folder',
    'train --resume',
    2,
    /^error: --resume: expected the folder of the run, got none; name it with --out$/,
  ],
  [
    'resume where there is no run',
    'train --resume --out nowhere',
    1,
    /^error: --out: expected a run in nowhere, got none/,
  ],
  ['a run folder that is none', 'evaluate --run .', 1, /^error: --run: expected a run in \., got none/],
  ['a kind that nobody lists', 'list loses', 2, /did you mean "losses"\?/],
  ['a loss that nobody lists', 'list losses bls', 2, /did you mean "bsl"\?/],
  ['data that nobody knows', 'data info gowala', 2, /did you mean "gowalla"\?/],
  ['data that nobody serves', 'data fetch ml-1m-bsl', 1, /^error: expected ml-1m-bsl on the search path, .* get its/],
  ['a format that nobody writes', 'data convert good.csv --to csw --out x', 2, /did you mean "csv"\?/],
];

let folder: string;
let results: Finished[];

beforeAll(async () => {
  folder = temporaryFolder();
  writeFileSync(join(folder, 'good.csv'), 'user,item\n1,2\n1,3\n1,4\n2,3\n2,4\n2,5\n');
  writeFileSync(join(folder, 'broken.csv'), 'user,item,rating\n1,2,3\n1,3,x\n');
  writeFileSync(join(folder, 'broken.yaml'), 'epochs: 3\nloss: [bpr\n');
  writeFileSync(join(folder, 'typo.yaml'), 'epoch: 3\n');
  writeFileSync(join(folder, 'value.json'), '{ "epochs": 0 }');
  const before = readdirSync(folder);
  results = await losslabEach(
    cases.map(([, line]) => line.split(' ').flatMap((arg) => (arg === 'DATA' ? tiny : [arg]))),
    folder,
  );
  expect(readdirSync(folder)).toEqual(before); // nothing half-written
});

test.each(cases.map(([name, , code, line], k) => [name, k, code, line] as const))('%s', (_, k, code, line) => {
  const { stdout, stderr, code: got } = results[k]!;
  expect(stdout).toBe('');
  const said = stderr.trimEnd().split('\n');
  expect(said.at(-1)).toMatch(line);
  expect(said.filter((text) => text.startsWith('error: '))).toHaveLength(1);
  expect(stderr).not.toContain('    at ');
  expect(got).toBe(code);
});

test('the process exits with the code and says one line; with LOSSLAB_DEBUG=1 it says where', async () => {
  const [plain, debugged] = await Promise.all([
    losslab(['list', 'losses', 'bls']),
    losslab(['list', 'losses', 'bls'], { env: { LOSSLAB_DEBUG: '1' } }),
  ]);
  expect(plain.code).toBe(2);
  expect(plain.stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(debugged.code).toBe(2);
  expect(debugged.stderr).toContain('    at ');
});

test('a folder that is there but is no run is left as it is', async () => {
  const there = temporaryFolder();
  mkdirSync(join(there, 'mine'));
  const [result] = await losslabEach([['evaluate', '--run', join(there, 'mine')]], there);
  expect(result!.code).toBe(1);
  expect(readdirSync(join(there, 'mine'))).toEqual([]);
});
