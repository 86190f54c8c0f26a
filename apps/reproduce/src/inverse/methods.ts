import type { Method, Setting } from '../experiment.ts';
import { type Backbone, settingsOf } from './settings.ts';

export type Row = 'None' | 'NS' | 'T-CE' | 'R-CE' | 'IDL' | 'IG' | 'DNS' | 'SRNS';

/** What each row of Tables 1 and 2 changes. T-CE and R-CE have DenoisingRec's defaults, IG the paper's α = 0.1 γ. */
const changes: Readonly<Record<Row, (gamma: number) => Pick<Setting, 'loss'> & Partial<Setting>>> = {
  None: () => ({ loss: { name: 'bce-labelled' } }),
  NS: () => ({ loss: { name: 'ns' } }),
  'T-CE': () => ({ loss: { name: 't-ce', dropRate: 0.2, numGradual: 30_000, exponent: 1 } }),
  'R-CE': () => ({ loss: { name: 'r-ce', beta: 0.2 } }),
  IDL: () => ({ loss: { name: 'idl' } }),
  IG: (gamma) => ({ loss: { name: 'idl' }, step: { name: 'ig', alpha: 0.1 * gamma, holdOut: 0.1 } }),
  DNS: () => ({ loss: { name: 'ns' }, sampler: { name: 'dns', rows: 'labelled' } }),
  SRNS: () => ({ loss: { name: 'ns' }, sampler: { name: 'srns', rows: 'labelled' } }),
};

const notes: Partial<Record<Row, string>> = {
  DNS: 'the hardest of five candidates; the paper gives no number',
  SRNS: 'with its sampler’s defaults; the paper gives no settings',
};

export function method(backbone: Backbone, row: Row): Method {
  const note = notes[row];
  return {
    id: methodId(backbone, row),
    label: `${backbone} + ${row}`,
    row: `${backbone} ${row}`,
    ...(note !== undefined && { note }),
    settings: settingsOf(backbone, changes[row]),
  };
}

export const methodId = (backbone: Backbone, row: Row): string => `${backbone}-${row}`.toLowerCase();

export const backbones = ['GMF', 'NeuMF'] as const;
