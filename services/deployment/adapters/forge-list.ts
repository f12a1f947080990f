/** Open ones that are listed; whoever has more has lost sight of them anyway. */
export const MOST_OPEN = 100;
/** Those that have ended, beside the open ones. */
export const MOST_ENDED = 50;

/** What a list shows: the open ones first, since somebody is waited for, however much ended after them; then what ended last. @param pulls newest first */
export function openFirst<T>(pulls: readonly T[], isOpen: (one: T) => boolean): readonly T[] {
  return [...pulls.filter(isOpen).slice(0, MOST_OPEN), ...pulls.filter((one) => !isOpen(one)).slice(0, MOST_ENDED)];
}
