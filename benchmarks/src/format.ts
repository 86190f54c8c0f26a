/** Milliseconds with three figures or more: 0.123, 1.23, 12.3, 1,235. */
export function ms(value: number): string {
  if (value >= 1000) return Math.round(value).toLocaleString('en');
  return value < 1 ? value.toFixed(3) : value < 10 ? value.toFixed(2) : value.toFixed(1);
}

/** A ratio: 0.012, 0.34, 1.23. */
export const ratio = (value: number): string => (value < 0.1 ? value.toFixed(3) : value.toFixed(2));
