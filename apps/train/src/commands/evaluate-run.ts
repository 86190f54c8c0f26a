import { LosslabError } from '@losslab/core';
import { evaluate } from '@losslab/metrics';
import { formatCount, formatTextTable } from '@losslab/report';
import type { LoadedRun } from '@losslab/trainer';
import { makeOutput } from '../cli/output.ts';
import { registry } from '../registry.ts';
import { openRun } from '../run/open-run.ts';
import { metricTable } from '../run/result-text.ts';
import type { EvaluateFlags } from './evaluate.ts';

/** `losslab evaluate`. */
export async function evaluateCommand(flags: EvaluateFlags): Promise<number> {
  const output = makeOutput(flags.json);
  const run = await openRun(flags.run, registry, flags.model);
  try {
    const { config, epoch, result } = run;
    const at = flags.at ?? config.at;
    const metrics = flags.metrics ?? config.metrics;
    const measured = evaluate({ ranker: run.ranker, ...partsFor(run, flags.part), at, metrics });
    const { evaluatedUserCount, leftOutUserCount, definitions } = measured;
    const method = config.loss === undefined ? config.model.name : `${config.model.name} with ${config.loss.name}`;
    const name = result?.dataset.name ?? config.data?.name ?? 'its data';
    const table = metricTable(measured.metrics, undefined, flags.part);
    output.print(`${method} on ${name}, weights of epoch ${epoch}\n\n${formatTextTable(table)}\n`);
    output.print(
      `${formatCount(evaluatedUserCount)} users evaluated, ${formatCount(leftOutUserCount)} without items in the part left out`,
    );
    await output.writeJson({
      part: flags.part,
      epoch,
      metrics: measured.metrics,
      definitions,
      evaluatedUserCount,
      leftOutUserCount,
    });
    return 0;
  } finally {
    run.dispose();
  }
}

/** At test, training and validation items are masked, as the run says; at validation, training items. */
function partsFor({ config, train, valid, test, labelled }: LoadedRun, part: string) {
  if (part === 'test') {
    return { train, ...(valid && config.mask !== 'train' && { valid }), test, pairs: labelled?.test };
  }
  if (part === 'valid' && valid !== undefined) return { train, test: valid, pairs: labelled?.valid };
  const known = valid === undefined ? 'test' : 'test or valid';
  throw new LosslabError('bad-option', `[losslab] expected ${known}, got "${part}"; name a part that the run has`, {
    where: '--part',
  });
}
