import { parseConfig } from '@losslab/trainer';
import { describe, expect, test } from 'vitest';
import { type Budget, datasetsAt, nbpo, planCells, publishedCells, publishedValue } from '../src/index.ts';

const { published } = nbpo;
const cells = publishedCells(published);
const value = (table: string, row: string, column: string): number => publishedValue(published, table, row, column)!;

describe('the published numbers of NBPO', () => {
  test('are two data sets, eight gains in prose, and eight numbers of a sheet that is not the paper’s', () => {
    const printed = (table: string) => cells.filter((cell) => cell.table === table && cell.value !== undefined).length;
    expect([printed('1'), printed('prose'), printed('sheet')]).toEqual([8, 8, 8]);
    expect(published.tables[2]!.caption).toMatch(/^Not in the paper/);
    for (const cell of cells) expect(cell.note === undefined).toBe(cell.value !== undefined);
  });

  test('sparsity follows from the counts of its row, but for MovieLens’s last digits', () => {
    const sparsity = (row: string): string => {
      const [ratings, users, items] = ['Purchase', 'User', 'Item'].map((column) => value('1', row, column));
      return (100 * (1 - ratings! / (users! * items!))).toFixed(4);
    };
    expect(sparsity('Amazon')).toBe('99.9861');
    expect([sparsity('Movielens'), value('1', 'Movielens', 'Sparsity')]).toEqual(['95.7539', 95.7535]);
    expect(nbpo.contradictions.some(({ text }) => text.includes('95.7539') && text.includes('95.7535'))).toBe(true);
  });

  test('the sheet is of lists that grow: F1 peaks at 5, NDCG rises', () => {
    const row = (metric: string) => [2, 5, 10, 20].map((k) => value('sheet', 'NBPO', `${metric}@${k}`));
    expect(row('F1').indexOf(Math.max(...row('F1')))).toBe(1); // Fig. 2a: "all learning models peak at k = 5"
    expect(row('NDCG')).toEqual(row('NDCG').toSorted());
  });

  test('gains that claims quote are those of the prose', () => {
    const texts = nbpo.experiments.flatMap(({ claims }) => claims.map(({ text }) => text)).join('\n');
    const gains = cells.filter((cell) => cell.table === 'prose' && cell.printed !== null);
    for (const { printed } of gains) expect(texts).toContain(printed!);
  });
});

describe('the experiments of NBPO', () => {
  const budgets: Budget[] = ['smoke', 'quick', 'full'];

  test.each(nbpo.experiments.map((experiment) => [experiment.id, experiment] as const))(
    '%s plans runs that can be configured',
    (_, experiment) => {
      for (const budget of budgets) {
        const datasets = datasetsAt(experiment, budget);
        const planned = planCells(experiment, { datasets, budget, protocols: ['clean'], seeds: [1] });
        expect(planned.length).toBeGreaterThan(0);
        for (const { config } of planned) expect(parseConfig(config).mask).toBe('train');
      }
    },
  );

  test('trainings are in the authors’ regime, with η × 0.99 from the first epoch on', () => {
    const [figure2] = nbpo.experiments;
    const [cell] = planCells(figure2!, {
      datasets: ['amazon-electronics-14core'],
      methods: ['nbpo'],
      budget: 'full',
      protocols: ['clean'],
      seeds: [1],
    });
    expect(cell!.config).toMatchObject({
      loss: { name: 'nbpo', L: 10, lambda: 5 },
      step: { name: 'nbpo-reference' },
      sampler: { order: 'sequential' },
      optimizer: { name: 'sgd', learningRate: 0.0495, weightDecay: 1 },
      batchSize: 5000,
      negatives: 3,
    });
  });
});
