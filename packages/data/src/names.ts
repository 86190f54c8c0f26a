/** Ids of things that have no name but their number: "0", "1", "2" ... */
export function numberNames(count: number): string[] {
  const names = new Array<string>(count);
  for (let k = 0; k < count; k++) names[k] = String(k);
  return names;
}
