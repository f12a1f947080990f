/** Open ones that are listed; of the older ones only their number is told. */
export const MOST_OPEN = 100;
/** Those that have ended, beside the open ones. */
export const MOST_ENDED = 50;

export interface Shown<T> { readonly shown: readonly T[]; readonly unlisted: number }
/** What a list shows: the open ones first, since somebody is waited for, however much ended after them; then what ended last. @param open newest first @param ended newest first */
export function openFirst<T>(open: readonly T[], ended: readonly T[], mostOpen = MOST_OPEN): Shown<T> {
  return { shown: [...open.slice(0, mostOpen), ...ended.slice(0, MOST_ENDED)], unlisted: Math.max(0, open.length - mostOpen) };
}
