/** `Did you mean staging?`, when a known word is close to what was typed. */
export function didYouMean(typed: string, known: readonly string[]): string | undefined {
  const [nearest] = known.map((word) => ({ word, far: distance(typed.toLowerCase(), word.toLowerCase()) })).toSorted((a, b) => a.far - b.far);
  return nearest && nearest.far <= Math.max(1, Math.floor(nearest.word.length / 3)) ? `Did you mean ${nearest.word}?` : undefined;
}

/** Edits from one word to the other: a letter more, less, or another (Levenshtein 1966). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of Array.from(a.slice(0, 100)).entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, (row[j] ?? 0) + (letter === other ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
