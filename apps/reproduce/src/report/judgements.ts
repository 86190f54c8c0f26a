import type { Protocol } from '@losslab/core';
import { pointsOf } from '../axis.ts';
import { type Judgement, judge } from '../claims/judge.ts';
import type { Claim, Ours } from '../claims/statement.ts';
import type { SweepSummary } from './build.ts';
import { anyUnder, type Measured, readUnder } from './measured.ts';

/** Every claim on every data set of the sweep that it is about. */
export function judgementsOf(summary: SweepSummary, measured: readonly Measured[]): Judgement[] {
  const { experiment, budget, protocols, outcomes, store } = summary;
  if (budget === 'smoke') return []; // decides nothing
  const metrics = experiment.metrics.map((metric) => metric.name);
  const run = new Set(outcomes.map(({ cell }) => cell.dataset));
  const oursOf = (protocol: Protocol, { quantities = [] }: Claim): Ours => {
    const any = anyUnder(measured, protocol, store.readProbed);
    const read = readUnder(measured, protocol, store.readProbed, quantities);
    return (...at) => read(...at) ?? any(...at);
  };
  return experiment.claims.flatMap((claim) =>
    claim.datasets
      .filter((dataset) => run.has(dataset))
      .flatMap((dataset) => {
        const points = pointsOf(experiment.axes ?? [], budget, dataset);
        return protocols.map((protocol) =>
          judge(claim, protocol, { dataset, metrics, points, ours: oursOf(protocol, claim) }),
        );
      }),
  );
}
