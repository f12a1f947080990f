export const LONGEST = 4096;

/** Text that PostgreSQL can keep, cut to a length. */
export function textOf(value: unknown, longest: number = LONGEST): string | null {
  if (typeof value !== 'string') return null;
  const cut = value.length > longest ? `${value.slice(0, longest)}…` : value;
  return cut.replaceAll('\0', '\uFFFD').toWellFormed();
}
