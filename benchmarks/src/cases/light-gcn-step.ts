import { bpr } from '@losslab/loss-classic';
import type { Case } from './case.ts';
import { lightGcnCase } from './light-gcn-case.ts';

export const lightGcnStep = (): Case =>
  lightGcnCase({
    name: 'lightgcn-step',
    title: 'one BPR step, LightGCN, 3 layers, B 2,048, D 64, Gowalla’s graph',
    layers: 3,
    loss: bpr,
    similarity: 'dot',
    torch: 'lightgcn-bpr',
    budgets: [{ peer: 'PyTorch', most: 1 / 4 }],
  });
