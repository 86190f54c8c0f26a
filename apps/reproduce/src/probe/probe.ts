import type { BatchProbe } from './batch.ts';
import type { FlipsProbe } from './flips.ts';
import type { PlaneProbe } from './plane.ts';
import type { StepsProbe } from './steps.ts';

/** What a figure shows of a trained model beside its metrics. */
export type Probe = BatchProbe | FlipsProbe | PlaneProbe | StepsProbe;

/** Lists of numbers by name, of one training. */
export type Probed = Readonly<Record<string, readonly number[]>>;

/** Where a training leaves them, beside its result. */
export const probedFile = 'probed.json';
