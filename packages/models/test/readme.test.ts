import { ease, gmf, ials, itemKnn, lightGcn, mf, mlp, neuMf, ngcf } from '@losslab/models';
import { testReadme } from '@losslab/testkit';

testReadme(new URL('../README.md', import.meta.url), {
  example: new URL('./example.ts', import.meta.url),
  run: () => import('./example.ts'),
  definitions: [mf, lightGcn, ngcf, gmf, mlp, neuMf, ials, ease, itemKnn],
});
