import { publishedSchema } from '../published.ts';
import cells from './published.json' with { type: 'json' };

/** What NBPO (SIGIR 2020) prints: data statistics and gains in prose; and, named as such, the sheet beside its code. */
export const published = publishedSchema.parse(cells);
