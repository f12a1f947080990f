/** A piece of an alternative between two `.*`: what each character must be, null where any will do. */
type Piece = readonly (string | null)[];
const LINE_ENDS = /[\n\r\u2028\u2029]/;

/** Letters, digits and a few signs, `|` between alternatives, `.`, `.*` and `.+`. No groups, no classes, no other repetition. */
export const isPlainPattern = (pattern: string): boolean => pattern.length <= 200 && /^[A-Za-z0-9 _:./|+*-]*$/.test(pattern) && !/(^|[^.])[+*]/.test(pattern);

/** What is said of another one, after whose it is. */
export const PLAIN = 'may hold letters, digits, spaces, "-", "_", ":", ".", "/", "|", ".*" and ".+" only, 200 characters at most.';

/**
 * Does a plain pattern fit the whole value, as the regular expression of the same text would? Never backtracks: pieces are
 * looked for from left to right, and the first place where one fits leaves most to those behind it. So it compares at most as many characters
 * as the pattern has, times those of the value, whatever somebody wrote.
 * @param compared told of every comparison; for tests
 */
export function patternFits(pattern: string, value: string, compared: () => void = () => undefined): boolean {
  // A dot stands for no end of a line, and no other sign of a pattern is one.
  if (!isPlainPattern(pattern) || LINE_ENDS.test(value)) return false;
  const characters = [...value];
  return pattern.split('|').some((alternative) => alternativeFits(piecesOf(alternative), characters, compared));
}

/** Between two pieces anything may stand, or nothing: `.+` is `.` and `.*`. */
function piecesOf(alternative: string): readonly Piece[] {
  return alternative.replaceAll('.+', '..*').split('.*').map((piece) => [...piece].map((sign) => (sign === '.' ? null : sign)));
}

function alternativeFits(pieces: readonly Piece[], value: readonly string[], compared: () => void): boolean {
  const fitsAt = (piece: Piece, at: number) => piece.every((sign, i) => {
    compared();
    return sign === null || sign === value[at + i];
  });
  const [first = [], ...others] = pieces;
  const last = others.pop();
  if (last === undefined) return first.length === value.length && fitsAt(first, 0);
  // The last one has its place too: what is between must end before it.
  const end = value.length - last.length;
  let at = first.length;
  if (at > end || !fitsAt(first, 0) || !fitsAt(last, end)) return false;
  for (const piece of others) {
    while (at + piece.length <= end && !fitsAt(piece, at)) at += 1;
    if (at + piece.length > end) return false;
    at += piece.length;
  }
  return true;
}
