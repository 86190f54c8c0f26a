/**
 * What the authors' code does the same for every method (Yu & Qin, SIGIR 2020), as a part of a run's configuration. η, λ_Θ and ρ are
 * the run's own; `optimizer.learningRate` is that of the first epoch, 0.99 η, since the code multiplies before it.
 */
export const referenceRegime = {
  model: { initialiser: 'uniform' }, // in [0, 1/√K)
  step: { name: 'nbpo-reference' },
  sampler: { order: 'sequential' },
  optimizer: { name: 'sgd' }, // its weight decay is over whole matrices
  schedule: { name: 'exponential', decay: 0.99 },
  batchSize: 5000,
  positives: 1,
  mask: 'train', // validation items are candidates at test
} as const;
