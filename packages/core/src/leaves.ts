/** The leaves of an object by their dotted paths, as JSON. */
export function leaves(value: object, prefix = ''): [path: string, json: string][] {
  return Object.entries(value).flatMap(([key, inner]): [string, string][] => {
    if (inner === undefined) return [];
    const path = `${prefix}${key}`;
    const isBranch = typeof inner === 'object' && inner !== null && !Array.isArray(inner);
    return isBranch ? leaves(inner, `${path}.`) : [[path, JSON.stringify(inner)]];
  });
}
