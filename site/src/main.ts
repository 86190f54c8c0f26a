// pnpm site: builds the documentation into site/dist.
import { relative } from 'node:path';
import { buildSite } from './build.ts';
import { root } from './contents.ts';

const out = `${root}site/dist`;
const warnings = await buildSite(out);
if (warnings > 0) process.exitCode = 1;
else console.log(`site: ${relative(process.cwd(), `${out}/index.html`)}`);
