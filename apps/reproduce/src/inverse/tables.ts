import type { Experiment } from '../experiment.ts';
import { ofTable1, ofTable2 } from './claims.ts';
import { backbones, method } from './methods.ts';
import { commonDepartures, datasets, metrics, paperData, plays, standIn, textRule } from './shared.ts';

const rows1 = ['None', 'NS', 'T-CE', 'R-CE', 'IDL', 'IG'] as const;
const rows2 = ['None', 'NS', 'DNS', 'SRNS', 'IDL', 'IG'] as const;

/** IG is paired with the other rows of its backbone. */
const referenceOf = (rows: readonly Parameters<typeof method>[1][]): Experiment['reference'] =>
  Object.fromEntries(
    backbones.map((backbone) => {
      const others = rows.filter((row) => row !== 'IG').map((row) => method(backbone, row).id);
      return [method(backbone, 'IG').id, others];
    }),
  );

/** Table 1 of Inverse Learning: overall performance. */
export const table1: Experiment = {
  id: 'table:1',
  title: 'Table 1, overall performance',
  metrics,
  datasets: datasets({ [paperData]: '15', [textRule]: '12', [standIn]: '10', [plays]: '10' }),
  methods: backbones.flatMap((backbone) => rows1.map((row) => method(backbone, row))),
  reference: referenceOf(rows1),
  view: { kind: 'table', table: '1' },
  claims: ofTable1,
  departures: commonDepartures,
};

/** Table 2 of Inverse Learning: hard negatives. */
export const table2: Experiment = {
  id: 'table:2',
  title: 'Table 2, hard negative sampling',
  metrics,
  datasets: datasets({ [paperData]: '20', [textRule]: '15', [standIn]: '15', [plays]: '15' }),
  methods: backbones.flatMap((backbone) => rows2.map((row) => method(backbone, row))),
  reference: referenceOf(rows2),
  view: { kind: 'table', table: '2' },
  claims: ofTable2,
  departures: commonDepartures,
};
