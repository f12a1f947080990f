/** A piece of a text, from `start` up to and without `end`, and what stands there instead. */
export interface Range { readonly start: number; readonly end: number }
export interface Replacement extends Range { readonly by: string }

/** Everything outside of the ranges stays as it is, byte by byte. The ranges do not overlap. */
export function replaced(text: string, replacements: readonly Replacement[]): string {
  const fromTheEnd = replacements.toSorted((a, b) => b.start - a.start);
  return fromTheEnd.reduce((all, { start, end, by }) => `${all.slice(0, start)}${by}${all.slice(end)}`, text);
}
