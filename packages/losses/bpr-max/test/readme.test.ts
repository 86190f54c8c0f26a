import { bprMax } from '@losslab/loss-bpr-max';
import { testReadme } from '@losslab/testkit';

testReadme(new URL('../README.md', import.meta.url), {
  example: new URL('./example.ts', import.meta.url),
  run: () => import('./example.ts'),
  definitions: [bprMax],
});
