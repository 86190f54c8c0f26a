import { bsl, sl } from '@losslab/loss-bsl';
import { bce, bpr } from '@losslab/loss-classic';
import { metrics } from '@losslab/metrics';
import { itemPop, mf } from '@losslab/models';
import { samplers } from '@losslab/samplers';
import type { Plugins } from '@losslab/trainer';

export const plugins: Plugins = { losses: { bpr, bce, sl, bsl }, models: { mf, itempop: itemPop }, samplers, metrics };
