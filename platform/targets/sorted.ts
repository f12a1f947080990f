/** Sorts by a text, by code unit: a locale would order the output differently from machine to machine. */
export function sortedBy<T>(all: Iterable<T>, textOf: (one: T) => string): T[] {
  return [...all].map((one) => ({ one, text: textOf(one) })).sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0)).map(({ one }) => one);
}
