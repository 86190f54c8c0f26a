import { ccl, debiasedCcl, debiasedInfoNce, debiasedMse, infoNce, mine, minePlus } from '@losslab/loss-debiased';
import { testReadme } from '@losslab/testkit';

testReadme(new URL('../README.md', import.meta.url), {
  example: new URL('./example.ts', import.meta.url),
  run: () => import('./example.ts'),
  definitions: [infoNce, debiasedInfoNce, mine, minePlus, ccl, debiasedCcl, debiasedMse],
});
