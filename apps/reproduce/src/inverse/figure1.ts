import type { Claim } from '../claims/statement.ts';
import type { Experiment } from '../experiment.ts';
import { method, methodId } from './methods.ts';
import type { Backbone } from './settings.ts';
import {
  commonDepartures,
  datasets,
  metrics,
  onAll,
  onMovieLens,
  onStandIns,
  paperData,
  plays,
  standIn,
  textRule,
} from './shared.ts';

/** What §1 says of Figure 1, which names no backbone; Table 1 has both. */
export function ofFigure1(backbone: Backbone): Claim[] {
  const [none, idl, ig] = (['None', 'IDL', 'IG'] as const).map((row) => methodId(backbone, row)) as [
    string,
    string,
    string,
  ];
  const common = { source: `§1, Fig. 1, with ${backbone}`, metrics: ['auc'] };
  return [
    {
      ...common,
      text: '"In the ML1M dataset, the introduction of unlabeled data boosts performance a lot."',
      reading: `with ${backbone}, IDL more than 2 % above None in AUC`,
      datasets: onMovieLens,
      statement: { kind: 'beats', better: [idl], worse: [none], by: 0.02 },
    },
    {
      ...common,
      text: '"However, the performance is harmed in the Micro Video dataset"',
      reading: `on the stand-ins, with ${backbone}, None above IDL in AUC`,
      datasets: onStandIns,
      statement: { kind: 'beats', better: [none], worse: [idl] },
    },
    {
      ...common,
      text: '"In both two datasets, splitting part of labeled data to guide the unsupervised learning on unlabeled data can boost the performance."',
      reading: `with ${backbone}, IG above None and IDL in AUC`,
      datasets: onAll,
      statement: { kind: 'beats', better: [ig], worse: [none, idl] },
    },
    {
      ...common,
      text: '"guidance on unlabeled data can improve the robustness of unsupervised learning."',
      reading: `with ${backbone}, IG above IDL in AUC`,
      datasets: onAll,
      statement: { kind: 'beats', better: [ig], worse: [idl] },
    },
  ];
}

/** Figure 1 of Inverse Learning: labelled data alone, with unlabelled data, with guided unlabelled data. */
export const figure1: Experiment = {
  id: 'figure:1',
  title: 'Figure 1, three uses of the data',
  metrics,
  datasets: datasets({ [paperData]: '5', [textRule]: '4', [standIn]: '3', [plays]: '3' }),
  methods: [method('GMF', 'None'), method('GMF', 'IDL'), method('GMF', 'IG')],
  view: { kind: 'curves', of: ['auc'] },
  claims: ofFigure1('GMF'),
  departures: [
    {
      text: 'The figure’s bars are drawn as the AUC of the validation part by epoch; its numbers are lost in the text.',
    },
    ...commonDepartures,
  ],
};
