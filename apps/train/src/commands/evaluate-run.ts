import { LosslabError } from '@losslab/core';
import { evaluate } from '@losslab/metrics';
import { formatCount, formatTextTable } from '@losslab/report';
import type { LoadedRun } from '@losslab/trainer';
import { makeOutput } from '../cli/output.ts';
import { type Loaded, withReference } from '../plugins/contract.ts';
import { registry } from '../registry.ts';
import { buildRequest } from '../run/build-config.ts';
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
    const { metrics, known, loaded } = await metricsOf(flags, config.metrics);
    const measured = naming(loaded, () =>
      evaluate({ ranker: run.ranker, ...partsFor(run, flags.part), at, metrics, known }),
    );
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

/** Does the work; a metric that breaks its contract is told with its file. */
function naming<Result>(loaded: readonly Loaded[], work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw withReference(error, loaded);
  }
}

type Metrics = LoadedRun['config']['metrics'];

/** The metrics asked for, or the run's own, and what their names mean. */
async function metricsOf({ metrics: asked }: EvaluateFlags, own: Metrics) {
  if (asked !== undefined) {
    const { config, plugins, loaded } = await buildRequest({ metrics: own }, { metrics: asked }, registry);
    return { metrics: config.metrics as Metrics, known: plugins.metrics, loaded };
  }
  const names = own.map((metric) => (typeof metric === 'string' ? metric : metric.name));
  const stranger = names.find((name) => !Object.hasOwn(registry.metrics, name));
  if (stranger === undefined) return { metrics: own, known: registry.metrics, loaded: [] };
  const known = names.filter((name) => name !== stranger);
  throw new LosslabError(
    'unknown-name',
    `[losslab] expected metrics that losslab has, got "${stranger}" of the run; name its file: --metrics ${[...known, './FILE'].join(',')}`,
    { where: '--metrics' },
  );
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
