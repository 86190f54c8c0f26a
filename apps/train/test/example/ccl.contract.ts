import { testLoss } from '@losslab/testkit';
import { ccl } from './ccl.ts';

testLoss(ccl, {
  options: { w: 2, m: 0.1 },
  refuses: [[{ w: 0 }, 'w: must be > 0 (eq. 1), got 0']],
  naive({ positive, negative }) {
    const rows = positive.map(([s], b) => {
      const hinges = negative[b]!.map((t) => Math.max(0, t - 0.1));
      return 1 - s! + (2 / hinges.length) * hinges.reduce((sum, hinge) => sum + hinge, 0);
    });
    return rows.reduce((sum, row) => sum + row, 0) / rows.length;
  },
});
