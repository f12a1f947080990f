import { edits } from '../../services/kit/nearest.ts';

/** `Did you mean staging?`, when a known word is close to what was typed. */
export function didYouMean(typed: string, known: readonly string[]): string | undefined {
  const [nearest] = known.map((word) => ({ word, far: edits(typed.slice(0, 100).toLowerCase(), word.toLowerCase()) })).toSorted((a, b) => a.far - b.far);
  return nearest && nearest.far <= Math.max(1, Math.floor(nearest.word.length / 3)) ? `Did you mean ${nearest.word}?` : undefined;
}
