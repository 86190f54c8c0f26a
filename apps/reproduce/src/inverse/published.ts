import { publishedSchema } from '../published.ts';
import cells from './published.json' with { type: 'json' };

/** Tables 1 to 5 of Inverse Learning (WSDM 2024), as printed. The text has lost the second data set's counts in Table 3. */
export const published = publishedSchema.parse(cells);
