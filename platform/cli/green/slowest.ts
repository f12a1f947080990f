/** One thing of a long step that took its time: a file of tests, a drill. `parts` are the tests in it. */
export interface Took { readonly what: string; readonly seconds: number; readonly parts?: readonly Took[] }

const [MOST, PARTS] = [5, 2];
/** How each line begins, so that who repeats failures can leave them out. */
export const SLOWEST = 'slowest: ';

/** Where the time of a long step went: its longest parts, one line each. A step that grows is seen to grow, in every run. */
export function slowest(all: readonly Took[]): string[] {
  return longest(all, MOST).map(({ what, seconds, parts = [] }) => {
    const inside = longest(parts, PARTS).map((part) => `${part.seconds.toFixed(0)} s ${short(part.what)}`);
    return `${SLOWEST}${seconds.toFixed(0).padStart(4)} s  ${what}${inside.length > 0 ? `  (${inside.join('; ')})` : ''}`;
  });
}

const longest = (all: readonly Took[], most: number) => all.toSorted((one, other) => other.seconds - one.seconds).slice(0, most);
const short = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text);
