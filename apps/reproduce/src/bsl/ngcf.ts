import type { Method, Setting, Settings } from '../experiment.ts';
import { type Tuned, withTuned } from '../tuned.ts';
import { type Graph, graphSettings, oneUnseen } from './graph.ts';
import found from './tuned-ngcf.json' with { type: 'json' };

export const tunedNgcf: Tuned = found;

const learningRates = { smoke: 5e-3, quick: 1e-3, full: 1e-4 } as const;

// The command for Gowalla of NGCF's own authors; learning rate, layers, L2 and dropout are values of the paper's grid.
const model = { name: 'ngcf', layers: 3, normalise: true, messageDropout: 0.1, edgeDropout: 0.1, l2: 1e-5 };
const command = 'the paper gives none: NGCF’s own command for Gowalla, inside the paper’s grid';

type Change = Pick<Setting, 'loss' | 'reason'> & Partial<Setting>;

function settings(similarity: 'dot' | 'cosine', change: (graph: Graph) => Change): Settings {
  return graphSettings(learningRates, (graph, budget) => {
    const layers = budget === 'smoke' ? 1 : model.layers;
    return { model: { ...model, layers, similarity, rankBy: 'dot' }, ...change(graph) };
  });
}

const baseline = (name: string): Settings =>
  settings('dot', () => ({ loss: { name }, reason: `${command}, one unseen negative; not tuned`, ...oneUnseen }));

function softmax(weight: (graph: Graph) => number): Settings {
  const reason = `${command}, with the negatives, τ and w that the authors’ README has for LightGCN, and Table V’s similarities; not tuned`;
  return settings('cosine', (graph) => ({
    loss: { name: 'bsl-reference', variant: 'reweight', tau: graph.tau, w: weight(graph) },
    reason,
  }));
}

const asGiven: readonly Method[] = [
  { id: 'ngcf-bpr', label: 'NGCF + BPR', row: 'NGCF + BPR', settings: baseline('bpr') },
  { id: 'ngcf-bce', label: 'NGCF + BCE', row: 'NGCF + BCE', settings: baseline('bce') },
  { id: 'ngcf-mse', label: 'NGCF + MSE', row: 'NGCF + MSE', settings: baseline('mse') },
  { id: 'ngcf-sl', label: 'NGCF + SL', row: 'NGCF + SL', settings: softmax(() => 1) },
  { id: 'ngcf-bsl', label: 'NGCF + BSL', row: 'NGCF + BSL', settings: softmax(({ w }) => w) },
];

/** The losses of the paper on NGCF, with what was found for them. */
export const ngcfMethods: readonly Method[] = asGiven.map((method) => withTuned(method, tunedNgcf));
