import { ngcf } from '@losslab/models';
import { testModel } from '@losslab/testkit';
import { describe } from 'vitest';

const engines = ['simd', 'cpu'] as const;
const refuses = [
  [{ layers: 0 }, 'layers: must be >= 1, got 0'],
  [{ messageDropout: 1 }, 'messageDropout: must be in [0, 1), got 1'],
  [{ edgeDropout: -0.1 }, 'edgeDropout: must be in [0, 1), got -0.1'],
  [{ l2: -1 }, 'l2: must be >= 0, got -1'],
] as const;

describe('dot', () => {
  testModel(ngcf, {
    engines,
    options: { dimension: 8, layers: 2 },
    dropout: { messageDropout: 0.3 },
    kinks: true,
    tolerance: 1e-2,
    refuses,
  });
});

describe('cosine, normalised layers, with a penalty', () => {
  const options = { dimension: 8, layers: 1, similarity: 'cosine', normalise: true, l2: 0.001 };
  testModel(ngcf, { engines, options, dropout: { edgeDropout: 0.3 }, kinks: true, tolerance: 1e-2 });
});
