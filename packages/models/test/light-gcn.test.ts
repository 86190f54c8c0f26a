import { lightGcn } from '@losslab/models';
import { testModel } from '@losslab/testkit';
import { describe } from 'vitest';

const engines = ['simd', 'cpu'] as const;
const refuses = [
  [{ layers: 0 }, 'layers: must be >= 1, got 0'],
  [{ edgeDropout: 1 }, 'edgeDropout: must be in [0, 1), got 1'],
  [{ l2: -1 }, 'l2: must be >= 0, got -1'],
  [{ l2Layers: 'last' }, 'l2Layers: '],
  [{ rankBy: 'cos' }, 'rankBy: '],
] as const;

describe('dot', () => {
  testModel(lightGcn, { engines, options: { dimension: 8 }, dropout: { edgeDropout: 0.3 }, refuses });
});

describe('cosine, two layers, with a penalty on all of them', () => {
  const options = {
    dimension: 8,
    layers: 2,
    similarity: 'cosine',
    initialiser: 'normal',
    deviation: 0.3,
    l2: 0.01,
    l2Layers: 'all',
  };
  testModel(lightGcn, { engines, options, learning: { learningRate: 0.1, epochs: 20 }, dropout: { edgeDropout: 0.3 } });
});
