import * as z from 'zod';

/** t of `equation`, on every score: the paper writes ŷ/t in eq. 16 alone, and t in the floor of eq. 7. */
export const temperatureOption = (equation: string) =>
  z
    .number()
    .positive(`must be > 0 (${equation})`)
    .default(0.4)
    .describe('Temperature t > 0 that divides every score. Paper: 0.4 and 0.5 for MINE+ (Table 4).');
