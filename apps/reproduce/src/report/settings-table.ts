import { type Block, formatNumber } from '@losslab/report';
import type { Budget, Experiment, NamedOptions } from '../experiment.ts';

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
      const { model, loss, sampler, optimizer, reason } = setting;
      const parts = [model, loss, sampler, optimizer].map(describe);
      const numbers = [setting.batchSize, setting.positives, setting.negatives].map(number);
      return [[name, label, ...parts, ...numbers, reason]];
    }),
  );
  const headings = ['data', 'method', 'model', 'loss', 'sampler', 'optimizer'].map((heading) => ({ heading }));
  const right = (heading: string) => ({ heading, align: 'right' as const });
  const axes = (experiment.axes ?? []).map(
    ({ title, values }) => `${title}: ${values[budget].map(formatNumber).join(', ')}`,
  );
  return {
    kind: 'table',
    caption: ['Settings, and where they come from', ...axes].join('. '),
    table: { columns: [...headings, ...['B', 'M', 'N'].map(right), { heading: 'from' }], rows },
  };
}

/** `mf, similarity cosine, l2 0.001`. */
export function describe(part: NamedOptions | undefined): string {
  if (part === undefined) return '–';
  const { name, ...options } = part;
  const text = (value: unknown): string => (typeof value === 'number' ? formatNumber(value) : String(value));
  return [name, ...Object.entries(options).map(([key, value]) => `${key} ${text(value)}`)].join(', ');
}

function number(value: number | string | undefined): string {
  return typeof value === 'number' ? formatNumber(value) : (value ?? '–');
}
