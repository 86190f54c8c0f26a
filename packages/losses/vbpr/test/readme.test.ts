import { vbpr, vbprV2Plugin } from '@losslab/loss-vbpr';
import { testReadme } from '@losslab/testkit';

testReadme(new URL('../README.md', import.meta.url), {
  example: new URL('./example.ts', import.meta.url),
  run: () => import('./example.ts'),
  definitions: [vbpr, vbprV2Plugin],
});
