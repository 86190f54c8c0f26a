import type { Budget, Setting, Settings } from '../experiment.ts';

/** What the losses have in common on a model that propagates over the graph. */
export interface Graph {
  readonly layers: number;
  readonly l2: number;
  readonly batchSize: number;
  readonly negatives: number | 'in-batch';
  readonly rankBy: 'dot' | 'cosine';
  readonly tau: number;
  readonly w: number;
}

// LightGCN's in the authors' README; ML-1M's L2 is not in it.
const theirs: Readonly<Record<string, Graph>> = {
  'ml-1m-bsl': { layers: 1, l2: 1e-5, batchSize: 1024, negatives: 800, rankBy: 'cosine', tau: 0.15, w: 1.1 },
  gowalla: { layers: 1, l2: 1e-5, batchSize: 2048, negatives: 'in-batch', rankBy: 'dot', tau: 0.12, w: 0.84 },
  yelp2018: { layers: 3, l2: 1e-5, batchSize: 1024, negatives: 'in-batch', rankBy: 'dot', tau: 0.15, w: 1.12 },
};
const small: Graph = { layers: 1, l2: 1e-5, batchSize: 1024, negatives: 32, rankBy: 'cosine', tau: 0.15, w: 1.1 };

const quicker = (graph: Graph): Graph => ({
  ...graph,
  batchSize: 2048,
  negatives: graph.negatives === 800 ? 64 : graph.negatives,
});

type Of = (graph: Graph, budget: Budget) => Pick<Setting, 'model' | 'loss' | 'reason'> & Partial<Setting>;

/** How the models' own authors train: one item that the user has not seen for each positive. */
export const oneUnseen = { sampler: { name: 'uniform', exclude: 'seen' }, negatives: 1 } as const;

/** The settings of a model and loss by data set and budget. */
export function graphSettings(learningRates: Readonly<Record<Budget, number>>, of: Of): Settings {
  const at = (graph: Graph, budget: Budget): Setting => ({
    sampler: graph.negatives === 'in-batch' ? { name: 'in-batch' } : { name: 'uniform', exclude: 'nobody' },
    optimizer: { name: 'adam', learningRate: learningRates[budget] },
    batchSize: graph.batchSize,
    positives: 1,
    negatives: graph.negatives,
    ...of(graph, budget),
  });
  const smoke = at(small, 'smoke');
  const paper = Object.entries(theirs).map(([name, graph]) => [
    name,
    { smoke, quick: at(quicker(graph), 'quick'), full: at(graph, 'full') },
  ]);
  const standIn = at({ ...theirs['ml-1m-bsl']!, batchSize: 1024, negatives: 64 }, 'quick');
  return { generated: { smoke }, 'ml-100k': { smoke, quick: standIn }, ...Object.fromEntries(paper) };
}
