import type { Method, Settings } from '../experiment.ts';
import { type Tuned, withTuned } from '../tuned.ts';
import { type Graph, graphSettings, oneUnseen } from './graph.ts';
import found from './tuned-lightgcn.json' with { type: 'json' };

export const tunedLightGcn: Tuned = found;

const learningRates = { smoke: 5e-3, quick: 1e-3, full: 1e-3 } as const;

function baseline(name: string): Settings {
  const model = { name: 'lightgcn', similarity: 'dot', layers: 3, l2: 1e-4, l2Layers: 'first' };
  const reason =
    'LightGCN’s own: three layers, inner product, L2 1e-4 on layer 0, one unseen negative; the paper gives none, and it was not tuned';
  return graphSettings(learningRates, () => ({ model, loss: { name }, reason, ...oneUnseen }));
}

function softmax(weight: (graph: Graph) => number): Settings {
  const reason = 'the command in the authors’ README; ML-1M’s L2 is ours';
  return graphSettings(learningRates, (graph) => {
    const { rankBy, layers, l2, tau } = graph;
    const model = { name: 'lightgcn', similarity: 'cosine', rankBy, layers, l2, l2Layers: 'all' };
    return { model, loss: { name: 'bsl-reference', variant: 'reweight', tau, w: weight(graph) }, reason };
  });
}

const asGiven: readonly Method[] = [
  { id: 'lgn-bpr', label: 'LGN + BPR', row: 'LGN + BPR', settings: baseline('bpr') },
  { id: 'lgn-bce', label: 'LGN + BCE', row: 'LGN + BCE', settings: baseline('bce') },
  { id: 'lgn-mse', label: 'LGN + MSE', row: 'LGN + MSE', settings: baseline('mse') },
  { id: 'lgn-sl', label: 'LGN + SL', row: 'LGN + SL', settings: softmax(() => 1) },
  { id: 'lgn-bsl', label: 'LGN + BSL', row: 'LGN + BSL', settings: softmax(({ w }) => w) },
];

/** The losses of the paper on LightGCN, with what was found for them. */
export const lightGcnMethods: readonly Method[] = asGiven.map((method) => withTuned(method, tunedLightGcn));
