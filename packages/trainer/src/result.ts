import type { Choice, MetricValues, RunResult, TrainEvent } from '@losslab/core';
import { peakMemoryBytes } from '#machine';
import type { Named } from './config.ts';
import { evaluatePart, type TimedEvaluation } from './evaluation.ts';
import type { Run } from './run.ts';
import { medianMilliseconds, type RunState } from './state.ts';
import { datasetStatistics } from './statistics.ts';
import { bestOfEach } from './stopping.ts';

type StoppedBy = RunResult['stoppedBy'];

/** Evaluates the test part (not after an interruption, when people wait), writes the result, and hands it out. */
export async function* conclude(
  run: Run,
  state: RunState,
  stoppedBy: StoppedBy,
): AsyncGenerator<TrainEvent, RunResult> {
  const measured = stoppedBy === 'interrupt' ? {} : yield* measure(run, state);
  const result = buildResult(run, state, stoppedBy, measured);
  if (measured.test) run.folder?.writePerUser(measured.test);
  run.folder?.writeResult(result);
  yield { kind: 'finish', result };
  return result;
}

interface Measured {
  readonly valid?: MetricValues;
  readonly test?: TimedEvaluation;
}

async function* measure(run: Run, state: RunState): AsyncGenerator<TrainEvent, Measured> {
  const { model, dataset } = run;
  const epoch = state.best?.epoch ?? 0;
  const isFittedWithValid = model.kind === 'fitted' && run.part === 'valid' && dataset.valid !== undefined;
  const valid = isFittedWithValid ? evaluatePart(run, model, 'valid') : undefined;
  if (valid) yield { kind: 'evaluate', epoch, part: 'valid', metrics: valid.metrics };
  const test = evaluatePart(run, model, 'test');
  yield { kind: 'evaluate', epoch, part: 'test', metrics: test.metrics };
  state.evaluateSeconds += test.seconds + (valid?.seconds ?? 0);
  return { test, valid: valid?.metrics ?? state.curve[epoch - 1]?.valid };
}

function buildResult(run: Run, state: RunState, stoppedBy: StoppedBy, { valid, test }: Measured): RunResult {
  const { dataset, config, parts } = run;
  const bestEpoch = state.best?.epoch ?? 0;
  const milliseconds = medianMilliseconds(state);
  const { epochs: metricEpochs, metrics: ownBest } = bestOfEach(state.curve, 'test');
  const eachItsOwn = config.metricBest && run.part === 'test' && run.model.kind === 'step';
  const { name, checksum, provenance } = dataset;
  const { engine, versions, machine } = run.sessions.at(-1)!;
  return {
    format: 'losslab-run/1',
    status: stoppedBy === 'interrupt' ? 'interrupted' : 'finished',
    dataset: { name, checksum, ...run.checksums, statistics: datasetStatistics(dataset), provenance },
    ...choices(run),
    ...passes(run),
    protocol: config.protocol,
    seed: config.seed,
    epochs: state.curve.length,
    bestEpoch,
    stoppedBy,
    metrics: eachItsOwn ? ownBest : (test?.metrics ?? state.curve[bestEpoch - 1]?.test ?? {}),
    ...(eachItsOwn && { metricEpochs }),
    ...(valid && { validation: valid }),
    definitions: test?.definitions ?? {},
    evaluatedUserCount: test?.evaluatedUserCount ?? 0,
    leftOutUserCount: test?.leftOutUserCount ?? 0,
    ...(test?.labelled && { labelled: test.labelled }),
    curve: state.curve,
    seconds: { load: parts.loadSeconds ?? 0, train: state.trainSeconds, evaluate: state.evaluateSeconds },
    ...(milliseconds !== undefined && { millisecondsPerStep: milliseconds }),
    steps: state.steps,
    peakMemoryBytes: peakMemoryBytes(),
    engine,
    options: { ...config },
    versions,
    machine,
    sessions: run.sessions,
    ...(parts.departures && { departures: parts.departures }),
    startedAt: run.sessions[0]!.startedAt,
    finishedAt: new Date().toISOString(),
  };
}

function passes({ parts }: Run): Pick<RunResult, 'passes'> {
  const passes = parts.optimizer?.passes;
  return passes && Object.keys(passes).length > 0 ? { passes } : {};
}

function choices({ model, config }: Run): Pick<RunResult, 'model' | 'loss' | 'sampler' | 'step' | 'optimizer'> {
  if (model.kind === 'fitted') return { model: choice(config.model) };
  return {
    model: choice(config.model),
    ...(config.loss && { loss: choice(config.loss) }),
    ...(config.sampler && { sampler: choice(config.sampler) }),
    ...(config.step && { step: choice(config.step) }),
    optimizer: choice(config.optimizer),
  };
}

function choice({ name, ...options }: Named): Choice {
  return { name, options };
}
