import type { Claim } from '../claims/statement.ts';
import type { Experiment } from '../experiment.ts';
import { positiveNoise } from './figure6.ts';
import { datasets, metrics, pick, settingsAreFixed } from './shared.ts';

const claims = (on: readonly string[], source: string): Claim[] => [
  {
    text: '"BSL leads to better group-wise separation than SL in each noise case."',
    source,
    reading: 'the mean Gaussian potential of item vectors under BSL above that under SL at every noise',
    datasets: on,
    metrics: ['itemPotential'],
    statement: { kind: 'beats', better: ['bsl'], worse: ['sl'] },
  },
  {
    text: 'Under SL, "when the ratio reaches 40%, the representation appears to resemble a uniform distribution".',
    source: `§V-D, ${source}`,
    reading: 'the mean Gaussian potential of item vectors under SL lower at the most noise than without',
    datasets: on,
    metrics: ['itemPotential'],
    statement: { kind: 'trend', methods: ['sl'], goes: 'down' },
  },
  {
    text: '"As the ratio of noise data increases, the item embeddings via SL begin to entangle."',
    source: `§V-D, ${source}`,
    reading: 'the mean Gaussian potential of item vectors under SL lower at each noise than at the one before',
    datasets: on,
    metrics: ['itemPotential'],
    statement: { kind: 'trend', methods: ['sl'], goes: 'down', steadily: true },
  },
];

/** Item vectors in the plane of t-SNE under SL and BSL, over the share of false positives. */
function itemsInThePlane(figure: string, minutes: Parameters<typeof datasets>[0]['minutes']): Experiment {
  return {
    id: `figure:${figure}`,
    title: `Figure ${figure}, items under false positives`,
    metrics,
    datasets: datasets({ epochs: 12, minutes }),
    methods: pick('sl', 'bsl'),
    axes: [positiveNoise],
    view: {
      kind: 'plane',
      groups: [
        { list: 'hotItems', title: 'popular half' },
        { list: 'coldItems', title: 'other half' },
      ],
    },
    probe: { kind: 'plane', share: 0.5, most: 200, of: 'items' },
    claims: claims(Object.keys(minutes), `Fig. ${figure}`),
    departures: [
      {
        text: 'The paper does not say which items it draws, nor what its groups are: here they are the more and the less popular half of the training part, at most 200 of each, drawn by the seed.',
      },
      {
        text: 'A picture of t-SNE decides nothing. Separation and uniformity are measured on the same vectors by the mean Gaussian potential exp(−2‖x − y‖²) of their directions (Wang & Isola 2020), which is least where they are uniform on the sphere.',
      },
      ...settingsAreFixed,
    ],
  };
}

/** Figure 10 of BSL, on Gowalla; on MovieLens too, where the authors say they saw the same (response to reviewer 8). */
export const figure10 = itemsInThePlane('10', { 'ml-100k': '10', 'ml-1m-bsl': '60', gowalla: '120' });

/** Figure 11 of BSL, on Yelp2018. */
export const figure11 = itemsInThePlane('11', { yelp2018: '180' });
