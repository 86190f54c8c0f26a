import { testModel, testSampler } from '@losslab/testkit';
import { plainMf } from './plain-mf.ts';
import { popularHalf } from './popular-half.ts';

testSampler(popularHalf, {
  law: (_user, item, train) => {
    const counts = new Int32Array(train.itemCount);
    for (const one of train.indices) counts[one]! += 1;
    const above = counts.filter((count, other) => count > counts[item]! || (count === counts[item] && other < item));
    return above.length < counts.length / 2 ? 1 : 0;
  },
});
testModel(plainMf, { options: { dimension: 8 } });
