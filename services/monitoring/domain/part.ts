/** How much is read at most: so many, which take so much room as JSON. Attributes may be large, so that a count alone bounds nothing. */
export interface Most { readonly count: number; readonly bytes: number }
/** What was read, and how many more there are. */
export interface Part<T> { readonly found: readonly T[]; readonly omitted: number }

/** The first of them. */
export function partOf<T>(all: readonly T[], { count, bytes }: Most): Part<T> {
  let size = 0;
  const end = all.findIndex((one, index) => {
    size += Buffer.byteLength(JSON.stringify(one));
    return index >= count || size > bytes;
  });
  const found = end < 0 ? all : all.slice(0, end);
  return { found, omitted: all.length - found.length };
}
