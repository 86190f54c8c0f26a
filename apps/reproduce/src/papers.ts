import { bsl } from './bsl/index.ts';
import { debiased } from './debiased/index.ts';
import { inverse } from './inverse/index.ts';
import { nbpo } from './nbpo/index.ts';
import type { Paper } from './paper.ts';
import { vbpr } from './vbpr/index.ts';

/** Every paper that can be rerun, by name. */
export const papers: Readonly<Record<string, Paper>> = { bsl, vbpr, debiased, nbpo, inverse };
