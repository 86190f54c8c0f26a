import type { Method } from '../experiment.ts';
import { type Tuned, withTuned } from '../tuned.ts';
import { baselineSettings } from './baselines.ts';
import { bslSettings, eq18Settings, multiSlSettings, slSettings } from './settings.ts';
import found from './tuned.json' with { type: 'json' };

export const tuned: Tuned = found;

const asGiven: readonly Method[] = [
  { id: 'bpr', label: 'MF + BPR', row: 'MF + BPR', settings: baselineSettings('bpr') },
  { id: 'bce', label: 'MF + BCE', row: 'MF + BCE', settings: baselineSettings('bce') },
  { id: 'mse', label: 'MF + MSE', row: 'MF + MSE', settings: baselineSettings('mse') },
  {
    id: 'sl',
    label: 'MF + SL',
    row: 'MF + SL',
    note: 'eq. 5 divided by τ: mode reweight of the authors’ code with w = 1',
    settings: slSettings,
  },
  {
    id: 'bsl',
    label: 'MF + BSL (reference)',
    row: 'MF + BSL',
    note: 'as the authors’ code computes it: mode multi, one τ, weight w',
    settings: bslSettings,
  },
  {
    id: 'bsl-eq18',
    label: 'MF + BSL (eq. 18)',
    row: 'MF + BSL',
    note: 'as printed, with four positives of the user in a row',
    settings: eq18Settings,
  },
  {
    id: 'sl-multi',
    label: 'MF + SL (as logged)',
    row: 'MF + SL',
    note: 'what the authors’ logs called SL ran: mode multi with w = 1, which is not SL; at budget full',
    settings: multiSlSettings,
  },
];

/** The losses of the paper on matrix factorisation, with what was found for them. */
export const methods: readonly Method[] = asGiven.map((method) => withTuned(method, tuned));
