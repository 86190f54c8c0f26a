import { gmf, mlp, neuMf } from '@losslab/models';
import { testModel } from '@losslab/testkit';
import { describe } from 'vitest';

const engines = ['simd', 'cpu'] as const;
/** Inputs so large that a step of the differences seldom crosses a kink. */
const tower = { layers: [8, 4], mlpDimension: 5, deviation: 2 };
const deep = { kinks: true, tolerance: 2e-2, learning: { epochs: 60 } } as const;

testModel(gmf, {
  engines,
  options: { dimension: 8, deviation: 0.5 },
  refuses: [
    [{ dimension: 0 }, 'dimension: must be >= 1, got 0'],
    [{ deviation: 0 }, 'deviation: must be > 0, got 0'],
  ],
});

testModel(mlp, {
  engines,
  options: tower,
  dropout: { dropout: 0.3 },
  ...deep,
  learning: { learningRate: 0.1, epochs: 60 },
  refuses: [
    [{ layers: [] }, 'layers: must have at least 1 entry, got []'],
    [{ layers: [8, 0] }, 'layers.1: must be >= 1, got 0'],
    [{ mlpDimension: 0 }, 'mlpDimension: must be >= 1, got 0'],
    [{ dropout: 1 }, 'dropout: must be in [0, 1), got 1'],
  ],
});

testModel(neuMf, {
  engines,
  options: { dimension: 5, ...tower },
  dropout: { dropout: 0.3 },
  ...deep,
  refuses: [
    [{ pretrained: { gmf: 'a' } }, 'pretrained.mlp: must be text, got nothing'],
    [{ pretrained: { gmf: 'a', mlp: 'b', alpha: 1 } }, 'pretrained.alpha: must be in (0, 1) (§3.4.1), got 1'],
  ],
});

describe('one layer', () => {
  testModel(neuMf, { options: { dimension: 4, layers: [9], deviation: 2 }, ...deep });
});
