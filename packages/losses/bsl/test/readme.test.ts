import { bsl, bslReference, sl, slWithoutVariance } from '@losslab/loss-bsl';
import { testReadme } from '@losslab/testkit';

testReadme(new URL('../README.md', import.meta.url), {
  example: new URL('./example.ts', import.meta.url),
  run: () => import('./example.ts'),
  definitions: [sl, bsl, bslReference, slWithoutVariance],
});
