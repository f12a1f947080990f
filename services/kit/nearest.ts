/** The known name that a typo most likely meant, or `null` when none is near (more than a third of it wrong). */
export function nearest(typed: string, known: readonly string[]): string | null {
  let best: { readonly name: string; readonly distance: number } | null = null;
  for (const name of known) {
    const distance = edits(typed, name);
    if (best === null || distance < best.distance) best = { name, distance };
  }
  return best !== null && best.distance <= Math.max(2, Math.floor(best.name.length / 3)) ? best.name : null;
}

/** `Did you mean "gateway"?` or the whole list: what to write instead. */
export function instead(typed: string, known: readonly string[]): string {
  const near = nearest(typed, known);
  if (near !== null) return `Did you mean "${near}"?`;
  return known.length === 0 ? 'There is none yet: run ./journey synth.' : `There is: ${known.slice(0, 20).join(', ')}.`;
}

/** From one word to the other: a letter more, less, or another (Levenshtein 1966). Names are at most 63 characters (the contract's pattern), so the table stays small. */
export function edits(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
