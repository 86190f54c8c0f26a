import { type Block, formatNumber } from '@losslab/report';
import type { Budget, Experiment } from '../experiment.ts';

/** What each method was given on each data set, and where the numbers come from. */
export function settingsTable(
  experiment: Experiment,
  budget: Budget,
  cells: readonly { readonly dataset: string; readonly method: string }[],
): Block {
  const planned = new Set(cells.map(({ dataset, method }) => `${dataset} ${method}`));
  const rows = experiment.datasets.flatMap(({ name }) =>
    experiment.methods.flatMap(({ id, label, settings }) => {
      const setting = settings[name]?.[budget];
      if (setting === undefined || !planned.has(`${name} ${id}`)) return [];
      const { name: loss, ...options } = setting.loss;
      const text = Object.entries(options).map(([key, value]) => `${key} ${value}`);
      const { learningRate, l2, batchSize, positives = 1, negatives, dropout, similarity, reason } = setting;
      const numbers = [learningRate, l2, batchSize, positives, negatives, dropout].map(formatNumber);
      return [[name, label, [loss, ...text].join(', '), similarity, ...numbers, reason]];
    }),
  );
  const right = (heading: string) => ({ heading, align: 'right' as const });
  return {
    kind: 'table',
    caption: 'Settings, and where they come from',
    table: {
      columns: [
        { heading: 'data' },
        { heading: 'method' },
        { heading: 'loss' },
        { heading: 'similarity' },
        ...['lr', 'L2', 'B', 'M', 'N', 'dropout'].map(right),
        { heading: 'from' },
      ],
      rows,
    },
  };
}
