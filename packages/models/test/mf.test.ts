import { mf } from '@losslab/models';
import { testModel } from '@losslab/testkit';
import { describe } from 'vitest';

const engines = ['simd', 'cpu'] as const;
const refuses = [
  [{ dimension: 0 }, 'dimension: must be >= 1, got 0'],
  [{ dropout: 1 }, 'dropout: must be in [0, 1), got 1'],
  [{ l2: -1 }, 'l2: must be >= 0, got -1'],
  [{ deviation: 0 }, 'deviation: must be > 0, got 0'],
  [{ similarity: 'cos' }, 'similarity: '],
  [{ userRange: [0] }, 'userRange: must be two numbers, got [0]'],
] as const;

describe('dot', () => {
  testModel(mf, { engines, options: { dimension: 8 }, dropout: { dropout: 0.3 }, refuses });
});

describe('cosine, with a penalty', () => {
  const options = { dimension: 8, similarity: 'cosine', initialiser: 'normal', deviation: 0.3, l2: 0.01 };
  testModel(mf, { engines, options, learning: { learningRate: 0.1, epochs: 20 }, dropout: { dropout: 0.3 } });
});
