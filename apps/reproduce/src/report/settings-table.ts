import { type Block, formatNumber } from '@losslab/report';
import { type Axis, valuesOf } from '../axis.ts';
import { type Budget, datasetId, type Experiment, type NamedOptions } from '../experiment.ts';

/** What each method was given on each data set, and where the numbers come from. */
export function settingsTable(
  experiment: Experiment,
  budget: Budget,
  cells: readonly { readonly dataset: string; readonly method: string }[],
): Block {
  const planned = new Set(cells.map(({ dataset, method }) => `${dataset} ${method}`));
  const rows = experiment.datasets.map(datasetId).flatMap((name) =>
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
  const datasets = [...new Set(cells.map(({ dataset }) => dataset))];
  const axes = (experiment.axes ?? []).map((axis) => `${axis.title}: ${valuesText(axis, budget, datasets)}`);
  return {
    kind: 'table',
    caption: ['Settings, and where they come from', ...axes].join('. '),
    table: { columns: [...headings, ...['B', 'M', 'N'].map(right), { heading: 'from' }], rows },
  };
}

/** `1, 2, 4`; where they are not the same on every data set, `1, 2, 4 on gowalla; 1, 3 on yelp2018`. */
function valuesText(axis: Axis, budget: Budget, datasets: readonly string[]): string {
  const texts = datasets.map((dataset) => valuesOf(axis, budget, dataset).map(formatNumber).join(', '));
  if (new Set(texts).size === 1) return texts[0]!;
  return texts.map((text, k) => `${text} on ${datasets[k]}`).join('; ');
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
