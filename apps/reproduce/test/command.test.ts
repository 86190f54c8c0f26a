import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { runCommand } from '../src/command/program.ts';
import type { RunCell } from '../src/index.ts';
import { resultOf } from './results.ts';

const recalls: Record<string, number> = { bpr: 0.16, bce: 0.15, mse: 0.12, sl: 0.17, bsl: 0.19, 'bsl-eq18': 0.189 };

let out: string;
let printed: string[];
let logged: string[];
beforeEach(() => {
  out = join(mkdtempSync(join(tmpdir(), 'losslab-reproduce-')), 'out');
  printed = [];
  logged = [];
});

/** The command with trainings that are made up, in a folder of its own. */
function run(args: string, runCell: RunCell = async (cell) => resultOf(cell, recalls[cell.method] ?? 0.1)) {
  return runCommand([...args.split(' '), '--out', out], {
    out: (text) => printed.push(text),
    log: (line) => logged.push(line),
    isTerminal: false,
    runCell,
  });
}

const smoke = 'bsl --budget smoke --data generated';

describe('reproduce', () => {
  test('ends with a table, a report and results for programs', async () => {
    expect(await run(smoke)).toBe(0);
    const text = printed.join('\n');
    expect(text).toMatch(/data +method +metric +published +ours, paper +difference +ours, clean +difference/);
    expect(text).toMatch(/generated +MF \+ BSL \(eq\. 18\) +recall@20 +– +0\.1890 +0\.1890/);
    expect(text).toContain(`report: ${join(out, 'report.html')}`);
    const html = readFileSync(join(out, 'report.html'), 'utf8');
    for (const heading of ['Published, ours, difference', 'Claims of the paper', 'Departures', 'Contradictions']) {
      expect(html).toContain(heading);
    }
    expect(html).toContain('Budget smoke decides nothing');
    expect(html).toContain(`reproduce bsl --budget smoke --data generated --out ${out}`);
    const results = JSON.parse(readFileSync(join(out, 'results.json'), 'utf8'));
    expect(results).toMatchObject({
      format: 'losslab-reproduction/1',
      paper: 'bsl',
      experiment: 'table:II',
      budget: 'smoke',
    });
    expect(results.results).toHaveLength(12);
    expect(results.comparisons).toHaveLength(6 * 2);
  });

  test('compares several seeds as mean ± sd, under one protocol', async () => {
    const runCell: RunCell = async (cell) => resultOf(cell, 0.1 + cell.seed / 100);
    expect(await run(`${smoke} --protocol clean --seeds 1,2 --method sl`, runCell)).toBe(0);
    expect(printed[0]).toMatch(/metric +published +ours +difference/);
    expect(printed[0]).toMatch(/recall@20 +– +0\.1150 ± 0\.0071/);
  });

  test('a figure ends with its numbers along the axis, and a plot of them', async () => {
    const rising: RunCell = async (cell) => resultOf(cell, 0.1 + Number(cell.config.negatives) / 1000);
    expect(await run('bsl --figure 9 --budget smoke --data generated --method sl,bsl --protocol clean', rising)).toBe(
      0,
    );
    expect(printed[0]).toMatch(/data +protocol +metric +number of negatives N +8 +64/);
    expect(printed[0]).toMatch(/generated +clean +recall@20 +MF \+ SL +0\.1080 +0\.1640/);
    const html = readFileSync(join(out, 'report.html'), 'utf8');
    expect(html).toContain('recall@20 over number of negatives N on generated, protocol clean: MF + SL, MF + BSL');
  });

  test('a figure of several metrics ends with a column each, and bars of those it is about', async () => {
    const shorter: RunCell = async (cell) => {
      const metrics = { 'recall@20': 0.2, 'ndcg@5': 0.31, 'ndcg@10': 0.32, 'ndcg@15': 0.33 };
      return resultOf(cell, 0.2, { metrics });
    };
    const args = 'bsl --figure 7 --budget smoke --data generated --method bsl,lgn-bsl --protocol clean';
    expect(await run(args, shorter)).toBe(0);
    expect(printed[0]).toMatch(/data +protocol +method +recall@20 +ndcg@5 +ndcg@10 +ndcg@15/);
    expect(printed[0]).toMatch(/generated +clean +LGN \+ BSL +0\.2000 +0\.3100 +0\.3200 +0\.3300/);
    const html = readFileSync(join(out, 'report.html'), 'utf8');
    expect(html).toContain('ndcg@5, ndcg@10, ndcg@15 on generated, protocol clean.');
    expect(html).toContain('recall@20, ndcg@5, ndcg@10 and ndcg@15 on the test part');
    expect(html).not.toContain('Compared with');
  });

  test('several experiments share a sweep, and each has a folder of its own', async () => {
    const trainings: string[] = [];
    const runCell: RunCell = async (cell) => {
      trainings.push(cell.method);
      return resultOf(cell, 0.1);
    };
    expect(await run('all --budget smoke --data generated --method sl --protocol clean', runCell)).toBe(0);
    const folders = readdirSync(out).filter((name) => name !== 'cells');
    expect(folders).toEqual(expect.arrayContaining(['bsl-figure-9', 'bsl-table-II']));
    for (const folder of folders)
      expect(readdirSync(join(out, folder)).sort()).toEqual(['report.html', 'results.json']);
    expect(readdirSync(join(out, 'cells'))).toHaveLength(trainings.length);
  });

  test('--json - writes results to stdout and everything else beside it', async () => {
    expect(await run(`${smoke} --method sl --json -`)).toBe(0);
    expect(JSON.parse(printed.join('\n')).paper).toBe('bsl');
    expect(logged.join('\n')).toContain('published');
  });

  test('a failed training is exit code 1, and named; the others are reported', async () => {
    const failing: RunCell = async (cell) => {
      if (cell.method === 'mse') throw new Error('[trainer] loss is NaN at step 7');
      return resultOf(cell, 0.1);
    };
    expect(await run(smoke, failing)).toBe(1);
    expect(logged).toContain('failed: generated mse paper seed 1: [trainer] loss is NaN at step 7');
    const html = readFileSync(join(out, 'report.html'), 'utf8');
    expect(html).toContain('Failed: generated mse paper seed 1');
    expect(html).toContain('not run');
  });

  test('Ctrl-C is exit code 130 and says how to go on; --resume goes on', async () => {
    let count = 0;
    const stopping: RunCell = async (cell) => {
      if (++count < 4) return resultOf(cell, 0.1);
      process.emit('SIGINT');
      return resultOf(cell, 0.1, { status: 'interrupted' });
    };
    const exit = vi.spyOn(process, 'exit');
    expect(await run(smoke, stopping)).toBe(130);
    expect(exit).not.toHaveBeenCalled();
    expect(logged.at(-1)).toBe(
      `interrupted: 3 of 12 trainings are finished and kept; go on with: reproduce ${smoke} --out ${out} --resume`,
    );
    expect(readdirSync(out)).toEqual(['cells']);
    let rest = 0;
    const counting: RunCell = async (cell) => {
      rest++;
      return resultOf(cell, 0.1);
    };
    expect(await run(`${smoke} --resume`, counting)).toBe(0);
    expect(rest).toBe(9);
  });

  test('a folder with trainings is not written over', async () => {
    expect(await run(`${smoke} --method sl`)).toBe(0);
    expect(await run(`${smoke} --method sl`)).toBe(1);
    expect(logged.at(-1)).toMatch(/^error: --out: expected an empty folder, got .* with 2 trainings; add --resume/);
  });
});

test('results prints what was kept, with command, seeds, date and engine', async () => {
  expect(await run(`${smoke} --protocol clean --seeds 1,2 --method sl`)).toBe(0);
  printed = [];
  const world = { out: (text: string) => printed.push(text), log: (line: string) => logged.push(line) };
  expect(await runCommand(['results', '--from', out], world)).toBe(0);
  const page = printed.join('\n');
  expect(page).toContain(`reproduce ${smoke} --protocol clean --seeds 1,2 --method sl`);
  expect(page).toContain('| generated | MF + SL | clean | recall@20 | – | 0.1700 ± 0.0000 (cut off) |');
  expect(page).toMatch(/\| 1, 2 \| 2024-05-06 \| simd, plain, 2 threads \|/);
  expect(await runCommand(['results', '--from', join(out, 'cells')], world)).toBe(1);
  expect(logged.at(-1)).toMatch(/^error: --from: expected results.json in .*cells, got none/);
});

test('results --keep adds to what a folder holds, and a report with all rows of a kept one takes its place', async () => {
  const world = { out: (text: string) => printed.push(text), log: (line: string) => logged.push(line) };
  const keep = join(out, 'kept', 'results');
  const page = async (...args: string[]): Promise<string> => {
    printed = [];
    expect(await runCommand(['results', ...args, '--keep', keep], world)).toBe(0);
    return printed.join('\n');
  };
  expect(await run(`${smoke} --protocol clean --method sl`)).toBe(0);
  await page('--from', out);
  expect(await run(`${smoke} --protocol clean --method bpr --resume`)).toBe(0);
  const both = await page('--from', out);
  expect(both.match(/\| MF \+ (SL|BPR) \| clean \| recall@20/g)).toHaveLength(2);
  expect(await run(`${smoke} --protocol clean --seeds 1,2 --method sl --resume`)).toBe(0);
  const replaced = await page('--from', out);
  expect(replaced.match(/\| MF \+ SL \| clean \| recall@20/g)).toHaveLength(1);
  expect(replaced.indexOf('MF + SL')).toBeLessThan(replaced.indexOf('MF + BPR'));
  expect(replaced).toContain('| 1, 2 |');
  expect(await page()).toBe(replaced);
  expect(readdirSync(keep)).toEqual(['bsl.json']);
  writeFileSync(join(keep, 'bsl.json'), '{}');
  expect(await runCommand(['results', '--keep', keep], world)).toBe(1);
  expect(logged.at(-1)).toMatch(/^error: --keep: expected results of reproduce in .*bsl.json, got something else/);
  expect(await runCommand(['results', '--keep', join(keep, 'bsl.json')], world)).toBe(2);
  expect(logged.at(-1)).toMatch(/^error: --keep: expected a folder with a file a paper, got the file .*bsl.json/);
  expect(await runCommand(['results'], world)).toBe(2);
  expect(logged.at(-1)).toBe('error: expected a folder, got none; name --from or --keep');
});

describe('what is wrong is told in one line, with the remedy', () => {
  test.each([
    ['bls', /^error: expected a known paper, got "bls"; did you mean "bsl"\?/],
    ['bsl --table III', /^error: --table: expected a known table, got "III"/],
    ['bsl --figure 99', /^error: --figure: expected a known figure, got "99"/],
    ['bsl --figure 9 --table 2', /expected --table or --figure, got both/],
    ['bsl --budget quik', /^error: --budget: expected a known budget, got "quik"; did you mean "quick"\?/],
    ['bsl --protocol dirty', /^error: --protocol: expected a known protocol, got "dirty"/],
    ['bsl --method bbpr', /^error: --method: expected a known method, got "bbpr"; did you mean "bpr"\?/],
    ['bsl --data gowala', /got "gowala"; did you mean "gowalla"\?/],
    ['bsl --seeds 1,x', /^error: --seeds: expected a whole number from 0 on for --seeds, got "x"; write --seeds 1/],
    ['bsl --jobs 0', /^error: --jobs: expected a whole number from 1 on for --jobs, got "0"/],
  ])('%s', async (args, message) => {
    expect(await run(args)).toBe(2);
    expect(logged).toHaveLength(1);
    expect(logged[0]).toMatch(message);
  });

  test('a folder that cannot be written', async () => {
    writeFileSync(join(out, '..', 'file'), '');
    out = join(out, '..', 'file');
    expect(await run(`${smoke} --method sl`)).toBe(1);
    expect(logged.at(-1)).toMatch(/^error: --out: expected a folder to write in, got .*; choose another --out/);
  });
});

test('--tune tries as many settings for every method and writes the best by validation', async () => {
  const trials: string[] = [];
  const runCell: RunCell = async (cell) => {
    trials.push(cell.method);
    const { learningRate } = cell.config.optimizer as unknown as { learningRate: number };
    // The test metric rises where the validation metric falls: it must not choose.
    return resultOf(cell, 1 - learningRate * 10, { validation: { 'recall@20': learningRate * 10 } });
  };
  expect(await run(`${smoke} --tune`, runCell)).toBe(0);
  const methods = ['bpr', 'bce', 'mse', 'sl', 'bsl', 'bsl-eq18'];
  for (const method of methods) expect(trials.filter((id) => id.startsWith(`${method}-trial`))).toHaveLength(12);
  const outcome = JSON.parse(readFileSync(join(out, 'tuning.json'), 'utf8'));
  expect(outcome.trials).toHaveLength(72);
  const kept = JSON.parse(readFileSync(join(out, 'tuned.json'), 'utf8'));
  expect(kept.best.map(({ trials: count }: { trials: number }) => count)).toEqual(methods.map(() => 12));
  expect(outcome.best.map((trial: { method: string }) => trial.method)).toEqual(methods);
  for (const { validation, setting } of outcome.best) {
    expect(validation).toBe(0.05);
    expect(setting.optimizer.learningRate).toBe(0.005);
  }
});

describe('--tune in two stages', () => {
  const tuning = 'nbpo --figure 2 --budget smoke --data generated --tune';
  const wanted: Record<string, number> = { bpr: 0.0198, nbpo: 0.0495, 'shift-mc': 0.0495 };

  /** Best where η is nearest to what the method wants, and λ to 0.2. */
  function trials() {
    const cells: { id: string; config: Record<string, unknown> }[] = [];
    const runCell: RunCell = async (cell) => {
      cells.push({ id: cell.method, config: cell.config as Record<string, unknown> });
      const { learningRate, weightDecay } = cell.config.optimizer as unknown as Record<string, number>;
      const eta = wanted[cell.method.replace(/-(trial|fine)-\d+$/, '')]!;
      const far = Math.abs(Math.log(learningRate! / eta)) + Math.abs(Math.log(weightDecay! / 0.2));
      return resultOf(cell, 0, { validation: { 'f1@2': Math.exp(-far) } });
    };
    return { cells, runCell };
  }

  test('the fine stage is around the best of the coarse one, and finds what lies between its values', async () => {
    const { cells, runCell } = trials();
    expect(await run(`${tuning} --method bpr,nbpo`, runCell)).toBe(0);
    const { trials: tried, best } = JSON.parse(readFileSync(join(out, 'tuning.json'), 'utf8'));
    expect(tried).toHaveLength(2 * (9 + 25));
    expect(cells).toHaveLength(2 * (9 + 24)); // the coarse best is among the fine ones, and trained once
    const kept = JSON.parse(readFileSync(join(out, 'tuned.json'), 'utf8')).best;
    expect(kept.map((one: { trials: number }) => one.trials)).toEqual([9 + 24, 9 + 24]);
    const choices = best.map(({ id, choice }: { id: string; choice: object }) => [id.replace(/\d+$/, ''), choice]);
    expect(choices).toEqual([
      ['bpr-fine-', { 'optimizer.learningRate': 0.0198, 'optimizer.weightDecay': 0.2 }],
      ['nbpo-fine-', { 'optimizer.learningRate': 0.0495, 'optimizer.weightDecay': 0.2, 'loss.lambda': 0.2 }],
    ]);
  });

  test('λ_Φ goes along with λ_Θ, and what the grid does not name stays: L, and σ cut beyond ±10', async () => {
    const { cells, runCell } = trials();
    expect(await run(`${tuning} --method nbpo`, runCell)).toBe(0);
    for (const { config } of cells) {
      const { weightDecay } = config.optimizer as { weightDecay: number };
      expect(config.loss).toEqual({ name: 'nbpo', L: 10, lambda: weightDecay, saturation: 10 });
    }
  });

  test('the flip rate of ShiftMC is tried in the first stage, and stays in the second', async () => {
    const { runCell } = trials();
    expect(await run(`${tuning} --method shift-mc`, runCell)).toBe(0);
    const { trials: tried } = JSON.parse(readFileSync(join(out, 'tuning.json'), 'utf8'));
    expect(tried).toHaveLength(27 + 25);
    const fine = tried.filter(({ id }: { id: string }) => id.startsWith('shift-mc-fine'));
    expect(new Set(fine.map(({ choice }: { choice: Record<string, number> }) => choice['loss.flipRate'])).size).toBe(1);
  });

  test('a fine stage that was interrupted goes on with --resume', async () => {
    const { cells, runCell } = trials();
    const stopping: RunCell = async (cell, context) => {
      if (cells.length < 12) return runCell(cell, context);
      process.emit('SIGINT');
      return resultOf(cell, 0, { status: 'interrupted' });
    };
    expect(await run(`${tuning} --method bpr --jobs 1`, stopping)).toBe(130);
    expect(await run(`${tuning} --method bpr --resume`, runCell)).toBe(0);
    expect(cells).toHaveLength(9 + 24);
  });
});

test('Figure 2 of NBPO is lines over k, a plot of F1 and one of NDCG, and a table with a column each', async () => {
  const metrics = Object.fromEntries(
    [2, 5, 10, 20].flatMap((k) => [
      [`f1@${k}`, k / 100],
      [`ndcg@${k}`, k / 50],
    ]),
  );
  const runCell: RunCell = async (cell) => resultOf(cell, 0, { metrics });
  const args = 'nbpo --figure 2 --budget smoke --data generated --method bpr,nbpo --protocol clean';
  expect(await run(args, runCell)).toBe(0);
  expect(printed[0]).toMatch(/data +protocol +method +f1@2 +f1@5 +f1@10 +f1@20 +ndcg@2/);
  expect(printed[0]).toMatch(/generated +clean +NBPO +0\.0200 +0\.0500 +0\.1000 +0\.2000 +0\.0400/);
  const html = readFileSync(join(out, 'report.html'), 'utf8');
  for (const metric of ['f1', 'ndcg']) {
    expect(html).toContain(`${metric}@k over k on generated, protocol clean: BPR, NBPO.`);
  }
});
