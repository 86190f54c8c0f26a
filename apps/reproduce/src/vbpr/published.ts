import { publishedSchema } from '../published.ts';
import cells from './published.json' with { type: 'json' };

/** Tables 1 and 2 of Variational BPR (arXiv 2503.11067v1), as printed; its method's name too, "Varitional". */
export const published = publishedSchema.parse(cells);
