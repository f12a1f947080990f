/** How many objects a written file holds: documents of a YAML file; a JSON file is one. */
export function countIn(path: string, text: string): number {
  if (!path.endsWith('.yaml')) return 1;
  let count = 1;
  for (let at = text.indexOf('\n---\n'); at !== -1; at = text.indexOf('\n---\n', at + 4)) count += 1;
  return count;
}
