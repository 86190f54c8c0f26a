import { publishedSchema } from '../published.ts';
import cells from './published.json' with { type: 'json' };

/** Tables 1-3 of the debiased contrastive paper, as printed: metrics in per cent. */
export const published = publishedSchema.parse(cells);
