import { bsl } from './bsl/index.ts';
import type { Paper } from './paper.ts';

/** Every paper that can be rerun, by name. */
export const papers: Readonly<Record<string, Paper>> = { bsl };
