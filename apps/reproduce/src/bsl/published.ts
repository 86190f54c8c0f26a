import { publishedSchema } from '../published.ts';
import cells from './published.json' with { type: 'json' };

/** Tables I-IV of BSL (ICDE 2024), as printed. */
export const published = publishedSchema.parse(cells);
