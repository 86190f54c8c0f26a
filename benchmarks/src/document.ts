const [START, END] = ['<!-- bench -->\n', '<!-- /bench -->'];

/** Puts the tables between the two marks of a document. */
export function withTables(document: string, tables: string): string {
  const [start, end] = [document.indexOf(START), document.indexOf(END)];
  if (start < 0 || end < start) throw new Error(`expected ${START.trim()} and ${END} in the document`);
  return document.slice(0, start + START.length) + tables + document.slice(end);
}
