import { parseOptions } from '@losslab/core';
import { parseConfig } from '@losslab/trainer';
import { registry } from 'losslab';
import { describe, expect, test } from 'vitest';
import {
  bsl,
  type Cell,
  cellKey,
  cellName,
  datasetId,
  inverse,
  nbpo,
  papers,
  planCells,
  type Selection,
  valuesOf,
} from '../src/index.ts';

const [table2] = bsl.experiments;
const selection: Selection = { datasets: ['gowalla'], budget: 'full', protocols: ['paper', 'clean'], seeds: [1, 2] };
const plan = (change: Partial<Selection> = {}): Cell[] => planCells(table2!, { ...selection, ...change });
const of = (cells: readonly Cell[], method: string) => cells.find((cell) => cell.method === method)!;

describe('the plan', () => {
  test('is every method under every protocol with every seed', () => {
    expect(plan()).toHaveLength(7 * 2 * 2);
    expect(plan({ methods: ['sl', 'bsl'], seeds: [3] }).map((c) => `${c.protocol} ${c.method} ${c.seed}`)).toEqual([
      'paper sl 3',
      'paper bsl 3',
      'clean sl 3',
      'clean bsl 3',
    ]);
  });

  test('is every point of the axes, too', () => {
    const figure9 = bsl.experiments.find(({ id }) => id === 'figure:9')!;
    const cells = planCells(figure9, { ...selection, protocols: ['clean'], seeds: [1], methods: ['sl'] });
    expect(cells.map(({ point, config }) => [point, config.negatives])).toEqual([
      [[32], 32],
      [[128], 128],
      [[512], 512],
      [[2048], 2048],
    ]);
    expect(cells.map(cellName)[0]).toBe('gowalla sl at 32 clean seed 1');
  });

  test('takes the values of an axis that are of its data set', () => {
    const figure3 = nbpo.experiments.find(({ id }) => id === 'figure:3')!;
    const first = (dataset: string, budget: Selection['budget']): number[] => {
      const cells = planCells(figure3, { datasets: [dataset], budget, protocols: ['clean'], seeds: [1] });
      return [...new Set(cells.map(({ point }) => point[0]!))];
    };
    expect(first('amazon-electronics-14core', 'quick')).toEqual([0.01, 0.02, 0.05, 0.1]);
    expect(first('ml-1m-ratings', 'quick')).toEqual([0.002, 0.005, 0.01, 0.02]);
    expect(first('ml-1m-ratings', 'full')).toEqual([0.001, 0.002, 0.005, 0.01, 0.02]);
  });

  test('opens one data set in two ways, each under its own id', () => {
    const datasets = ['ml-1m-inverse', 'ml-1m-inverse-over-3'];
    const cells = planCells(inverse.experiments[0]!, { ...selection, datasets, methods: ['gmf-ig'], seeds: [1] });
    expect(cells.map(({ dataset, protocol, config }) => [dataset, protocol, config.data])).toEqual([
      ['ml-1m-inverse', 'paper', { name: 'ml-1m-inverse', labels: 'inverse-code' }],
      ['ml-1m-inverse', 'clean', { name: 'ml-1m-inverse', labels: 'inverse-code' }],
      ['ml-1m-inverse-over-3', 'paper', { name: 'ml-1m-inverse', labels: 'inverse-paper' }],
      ['ml-1m-inverse-over-3', 'clean', { name: 'ml-1m-inverse', labels: 'inverse-paper' }],
    ]);
    expect(cells.map(cellName)[2]).toBe('ml-1m-inverse-over-3 gmf-ig paper seed 1');
  });

  test('leaves the logged SL to budget full', () => {
    expect(plan({ budget: 'quick' }).some((cell) => cell.method === 'sl-multi')).toBe(false);
  });

  test.each(
    Object.values(papers).flatMap((paper) =>
      paper.experiments.flatMap((e) =>
        e.datasets.flatMap((d) =>
          Object.keys(d.limits).map((budget) => [paper.name, e.id, datasetId(d), budget] as const),
        ),
      ),
    ),
  )(
    '%s %s on %s at budget %s is made of configurations whose parts exist and take their options',
    (name, id, data, budget) => {
      const experiment = papers[name]!.experiments.find((e) => e.id === id)!;
      const cells = planCells(experiment, { ...selection, datasets: [data], budget: budget as Selection['budget'] });
      expect(cells.length).toBeGreaterThanOrEqual(2 * 2);
      for (const { config } of cells) {
        const { model, loss, sampler, step, metrics } = parseConfig(config);
        const parts = [
          [registry.models, model],
          [registry.losses, loss],
          [registry.samplers, sampler],
          [registry.steps!, step],
          ...metrics.map((metric) => [registry.metrics, metric] as const),
        ] as const;
        for (const [known, part] of parts) {
          if (part === undefined) continue;
          const { name: of, ...options } = part;
          expect(() => parseOptions(known[of]!.options, options, of)).not.toThrow();
        }
      }
    },
  );

  /** Kinds of statements that may be about one point. */
  const withoutAxes = 'beats,gains,gains at best,equals,above,above on,best metric,occurs,gaps close'.split(',');
  test.each(Object.values(papers))(
    'claims of $name are about methods, data sets and metrics of their experiments',
    (paper) => {
      for (const { methods, datasets, claims, axes = [] } of paper.experiments) {
        for (const { statement, datasets: on } of claims) {
          const named = Object.entries(statement)
            .filter(([key]) =>
              ['better', 'worse', 'one', 'other', 'methods', 'method', 'less', 'more', 'than'].includes(key),
            )
            .flatMap(([, ids]) => ids as string | string[]);
          expect(methods.map(({ id }) => id)).toEqual(expect.arrayContaining([...new Set(named)]));
          expect(on.some((name) => datasets.some((d) => datasetId(d) === name))).toBe(true);
          if (!withoutAxes.includes(statement.kind)) expect(axes.length).toBeGreaterThan(0);
          if (statement.kind === 'above on') expect(datasets.map(datasetId)).toContain(statement.dataset);
          if ('worseAt' in statement) expect(valuesOf(axes[0]!, 'full', on[0]!)).toContain(statement.worseAt);
          for (const dataset of on) {
            const values = axes.map((axis) => valuesOf(axis, 'full', dataset));
            if ('point' in statement)
              expect(statement.point.map((x, k) => values[k]?.includes(x))).toEqual(values.map(() => true));
            if ('at' in statement) expect(values[0]).toEqual(expect.arrayContaining([...statement.at!]));
          }
        }
      }
    },
  );

  test.each([
    [
      { datasets: ['gowala'] },
      /expected a known data set of table II at budget full, got "gowala"; did you mean "gowalla"/,
    ],
    [{ datasets: ['ml-100k'] }, /at budget full, got "ml-100k"/],
    [{ methods: ['bsll'] }, /expected a known method, got "bsll"; did you mean "bsl"/],
  ])('%j is refused', (change, message) => expect(() => plan(change)).toThrow(message));
});

// NOTES of the paper's settings, read again here.
test.each([
  ['ml-1m-bsl', { learningRate: 1e-4, l2: 1e-3, N: 800, B: 2048, dropout: 0, tau: 0.17, w: 1.06 }],
  ['gowalla', { learningRate: 1e-4, l2: 1e-9, N: 800, B: 1024, dropout: 0.1, tau: 0.08, w: 1.22 }],
  ['yelp2018', { learningRate: 1e-4, l2: 1e-3, N: 800, B: 1024, dropout: 0.1, tau: 0.11, w: 1.1 }],
])("budget full on %s is the authors' command", (dataset, { learningRate, l2, N, B, dropout, tau, w }) => {
  const cells = plan({ datasets: [dataset] });
  expect(of(cells, 'bsl').config).toMatchObject({
    model: { name: 'mf', similarity: 'cosine', l2, dropout },
    loss: { name: 'bsl-reference', variant: 'multi', tau, w },
    sampler: { name: 'uniform', exclude: 'nobody' },
    optimizer: { name: 'adam', learningRate },
    batchSize: B,
    negatives: N,
    positives: 1,
    epochs: 1000,
    patience: 50,
    stopOn: 'recall@20',
  });
  expect(of(cells, 'sl').config.loss).toEqual({ name: 'bsl-reference', variant: 'reweight', tau, w: 1 });
  expect(of(cells, 'sl-multi').config.loss).toEqual({ name: 'bsl-reference', variant: 'multi', tau, w: 1 });
  // Eq. 18 over τ1: weight τ2/τ1 = w on the negatives, and an L2 that is τ1 times smaller.
  const eq18 = of(cells, 'bsl-eq18').config as unknown as {
    loss: { tau1: number; tau2: number };
    model: { l2: number };
  };
  expect(eq18.loss.tau2).toBe(tau);
  expect(eq18.loss.tau2 / eq18.loss.tau1).toBeCloseTo(w, 3);
  expect(eq18.model.l2 / l2).toBeCloseTo(eq18.loss.tau1, 4);
});

test('within a data set and budget, methods differ in nothing but loss, similarity, rate, L2 and positives', () => {
  for (const { name, limits } of table2!.datasets) {
    for (const budget of Object.keys(limits) as Selection['budget'][]) {
      const shared = plan({ datasets: [name], budget, protocols: ['clean'], seeds: [1] }).map(({ config }) => {
        const { loss: _, model, optimizer: __, positives: ___, ...rest } = config;
        return { ...rest, dropout: (model as unknown as { dropout: number }).dropout };
      });
      for (const one of shared) expect(one).toEqual(shared[0]);
    }
  }
});

describe('the key of a cell', () => {
  const [cell] = plan();
  const key = cellKey(cell!, 'abc');

  test('does not depend on the order of keys, nor on defaults written out', () => {
    const config = Object.fromEntries(Object.entries({ ...cell!.config, checkpointEvery: 1 }).reverse());
    expect(cellKey({ ...cell!, config }, 'abc')).toBe(key);
  });

  test.each([
    ['the data', cell!, 'abd'],
    ['the seed', { ...cell!, config: { ...cell!.config, seed: 9 } }, 'abc'],
    ['the loss', { ...cell!, config: { ...cell!.config, loss: 'bce' } }, 'abc'],
  ])('changes with %s', (_, other, checksum) => expect(cellKey(other, checksum)).not.toBe(key));
});
