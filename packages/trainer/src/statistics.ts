import { type Dataset, type DatasetStatistics, interactionCount } from '@losslab/core';

/** Sizes of a data set's parts, for the result. */
export function datasetStatistics({ train, valid, test }: Dataset): DatasetStatistics {
  const { userCount: users, itemCount: items } = train;
  const counts = {
    train: interactionCount(train),
    valid: valid ? interactionCount(valid) : 0,
    test: interactionCount(test),
  };
  const all = counts.train + counts.valid + counts.test;
  return { users, items, ...counts, density: all / Math.max(1, users * items) };
}
