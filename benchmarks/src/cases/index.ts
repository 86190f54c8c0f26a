import { bprScale } from './bpr-scale.ts';
import { bprStep } from './bpr-step.ts';
import { bslStep } from './bsl-step.ts';
import type { Case, CaseOptions } from './case.ts';
import { denseNeuMf, matmul } from './dense.ts';
import { easeOf } from './ease.ts';
import { epoch } from './epoch.ts';
import { ialsIterations } from './ials.ts';
import { igEpoch } from './ig-epoch.ts';
import { lightGcnInBatch } from './light-gcn-in-batch.ts';
import { lightGcnStep } from './light-gcn-step.ts';
import { lossAlone } from './loss-alone.ts';
import { machine } from './machine.ts';
import { minePlusStep } from './mine-plus-step.ts';
import { nbpoEpoch, nbpoEpochMovieLens } from './nbpo-epoch.ts';
import { neuMfStep } from './neumf-step.ts';
import { ranking } from './ranking.ts';
import { reading } from './reading.ts';
import { sampling } from './sampling.ts';
import { samplingShare } from './sampling-share.ts';
import { scaleBpr, scaleSl } from './scale.ts';
import { vbprStep, vbprStepDecay } from './vbpr-step.ts';

export const cases: readonly ((options: CaseOptions) => Case)[] = [
  machine,
  bslStep,
  lossAlone,
  bprStep,
  bprScale,
  lightGcnStep,
  lightGcnInBatch,
  minePlusStep,
  nbpoEpoch,
  nbpoEpochMovieLens,
  igEpoch,
  ialsIterations,
  easeOf(3500),
  easeOf(10_000),
  ranking,
  sampling('all'),
  sampling('unseen'),
  sampling('popular'),
  samplingShare,
  reading,
  epoch,
  matmul,
  denseNeuMf,
  scaleBpr,
  scaleSl,
  vbprStep,
  vbprStepDecay,
  neuMfStep,
];
