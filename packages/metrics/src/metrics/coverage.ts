import type { CatalogueMetric, MetricDefinition } from '@losslab/core';
import * as z from 'zod';
import { exposures } from './shared.ts';

const options = z.strictObject({});
export type CoverageOptions = z.output<typeof options>;

/** Coverage@k: the share of all items that are among the first k of at least one evaluated user. */
export const coverage: MetricDefinition<CoverageOptions> = {
  kind: 'metric',
  name: 'coverage',
  summary: 'share of the catalogue that is recommended to somebody',
  source: 'Ge, Delgado-Battenfeld & Jannach, Beyond accuracy (RecSys 2010), §2.1, catalogue coverage',
  options,
  create(_, { itemCount }): CatalogueMetric {
    return {
      kind: 'catalogue',
      name: 'coverage',
      definition: 'items among the first k of any user / all items',
      total: (users, k) => exposures(users, k, itemCount).filter((count) => count > 0).length / itemCount,
    };
  },
};
