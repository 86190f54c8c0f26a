import type { Section } from '@losslab/report';
import type { NamedOptions } from '../experiment.ts';
import type { TuningGrid } from '../tuning.ts';
import { choicesOf } from '../tuning.ts';
import { describe } from './settings-table.ts';

/** The grid that settings the paper does not give come from, and how many trials each method had. */
export function tuningSection(
  { methods, epochs, patience, small = {}, reason }: TuningGrid,
  run: ReadonlySet<string>,
): Section[] {
  const rows = Object.entries(methods)
    .filter(([method]) => run.has(method))
    .map(([method, axes]) => [
      method,
      String(choicesOf(axes).length),
      Object.entries(axes)
        .map(([option, values]) => `${option}: ${values.map(textOf).join('; ')}`)
        .join(' × '),
    ]);
  if (rows.length === 0) return [];
  const others = Object.entries(small)
    .map(([name, of]) => `; on ${name} ${of.epochs} and ${of.patience}`)
    .join('');
  const text = `${reason}; ${epochs} epochs at most, patience ${patience}${others}; chosen by the validation part alone. The same number of trials for every method, the baselines included. The table of settings says which settings were found so.`;
  const columns = [{ heading: 'method' }, { heading: 'trials', align: 'right' as const }, { heading: 'grid' }];
  return [
    {
      heading: 'Tuning',
      blocks: [
        { kind: 'text', text: `${text[0]!.toUpperCase()}${text.slice(1)}` },
        { kind: 'table', table: { columns, rows } },
      ],
    },
  ];
}

function textOf(value: unknown): string {
  return typeof value === 'object' ? describe(value as NamedOptions) : String(value);
}
