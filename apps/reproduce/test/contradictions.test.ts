import { expect, test } from 'vitest';
import { bsl, publishedValue } from '../src/index.ts';

const value = (table: string, row: string, column: string): number =>
  publishedValue(bsl.published, table, row, column)!;
const percent = (after: number, before: number): string => ((after / before - 1) * 100).toFixed(1);
const text = bsl.contradictions.map((c) => c.text).join('\n');

test('each says where to look', () => {
  for (const { source } of bsl.contradictions) expect(source).toMatch(/§|eq\.|Table|Algorithm|code|logs/);
});

test('ties and reversals of SL and BSL in Tables II and III are all named', () => {
  const found = [
    ...['MF', 'NGCF', 'LGN'].map((model) => ['II', model] as const),
    ...['SGL', 'SimSGL', 'LightGCL'].map((model) => ['III', model] as const),
  ].flatMap(([table, model]) =>
    bsl.published.tables[1]!.columns.flatMap(({ column }) => {
      const [sl, ours] = [`${model} + SL`, `${model} + BSL`].map((row) =>
        publishedValue(bsl.published, table, row, column),
      );
      return sl !== undefined && ours !== undefined && ours <= sl ? [`${table} ${model} ${column} ${sl} ${ours}`] : [];
    }),
  );
  expect(found).toEqual([
    'II LGN Movielens-1M NDCG@20 0.2627 0.2627',
    'III SGL Amazon Recall@20 0.0513 0.0513',
    'III SimSGL Amazon Recall@20 0.0515 0.0514',
    'III SimSGL Amazon NDCG@20 0.0239 0.0239',
    'III SimSGL Gowalla Recall@20 0.1835 0.1834',
  ]);
  for (const number of ['.2627', '.0513', '.0239', '.0515, .0514', '.1835, .1834']) expect(text).toContain(number);
});

test('the gains on Gowalla are the other way round', () => {
  const gain = (column: string) => percent(value('II', 'MF + BSL', column), value('II', 'MF + BPR', column));
  expect([gain('Gowalla Recall@20'), gain('Gowalla NDCG@20')]).toEqual(['16.5', '16.0']);
});

test('LightGCN on Yelp2018 is not 15 % above BPR in Recall', () => {
  const gain = (column: string) => percent(value('II', 'LGN + SL', column), value('II', 'LGN + BPR', column));
  expect([gain('Yelp2018 Recall@20'), gain('Yelp2018 NDCG@20')]).toEqual(['13.4', '15.5']);
});

test('on Gowalla SL is above every other loss in Table II, by less than 15 %', () => {
  const gains = ['MF', 'LGN'].flatMap((model) =>
    ['Gowalla Recall@20', 'Gowalla NDCG@20'].map((column) => {
      const others = ['BPR', 'BCE', 'MSE'].map((loss) => value('II', `${model} + ${loss}`, column));
      return percent(value('II', `${model} + SL`, column), Math.max(...others));
    }),
  );
  expect(gains).toEqual(['8.9', '2.4', '2.6', '1.5']);
  const recalls = ['SL', 'BPR', 'BCE', 'MSE'].map((loss) => value('II', `MF + ${loss}`, 'Gowalla Recall@20'));
  expect(recalls).toEqual([0.176, 0.1616, 0.1492, 0.116]);
});

test('10 % of noise raises three of the four numbers on Amazon', () => {
  const cells = ['SL', 'BSL'].flatMap((loss) => ['Recall@20', 'NDCG@20'].map((metric) => [loss, metric]));
  const raised = cells.filter(
    ([loss, metric]) =>
      value('IV', `10% MF-${loss}`, `Amazon ${metric}`) > value('II', `MF + ${loss}`, `Amazon ${metric}`),
  );
  expect(raised.map((cell) => cell.join(' '))).toEqual(['SL Recall@20', 'SL NDCG@20', 'BSL Recall@20']);
});

test('at 40 % BSL loses less than 5 % on Movielens-1M, and Gowalla falls below SL without noise in Recall', () => {
  const loss = (column: string) => percent(value('IV', '40% MF-BSL', column), value('II', 'MF + BSL', column));
  expect([loss('Movielens-1M Recall@20'), loss('Movielens-1M NDCG@20')]).toEqual(['-3.1', '-3.8']);
  expect(value('IV', '40% MF-BSL', 'Gowalla Recall@20')).toBeLessThan(value('II', 'MF + SL', 'Gowalla Recall@20'));
});

test('on Amazon Recall@20 BSL loses more than SL at 20, 30 and 40 %', () => {
  const losses = (loss: string) =>
    ['20%', '30%', '40%'].map((ratio) =>
      percent(value('IV', `${ratio} MF-${loss}`, 'Amazon Recall@20'), value('II', `MF + ${loss}`, 'Amazon Recall@20')),
    );
  expect(losses('BSL')).toEqual(['-2.3', '-6.3', '-10.1']);
  expect(losses('SL')).toEqual(['-0.9', '-5.6', '-9.6']);
});

test('the improvement at 30 % on Movielens-1M NDCG@20 is 3.92 %', () => {
  const column = 'Movielens-1M NDCG@20';
  const gain = 100 * (value('IV', '30% MF-BSL', column) / value('IV', '30% MF-SL', column) - 1);
  expect(gain.toFixed(2)).toBe('3.92');
  expect(value('IV', '30% %Improv.', column)).toBe(3.51);
});
