/** Everything that is not a plain visible character, quotes and backslash; unpaired surrogates, too. */
const UNSAFE = /[\p{C}\p{Zl}\p{Zp}\p{Cs}'\\]/gu;
const SHORT: Readonly<Record<string, string>> = { "'": "\\'", '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * The one way that we write a value in TypeScript: a number, or a string in single quotes that cannot end early. No template, so `${` is text.
 * @throws {RangeError} for a number that has no literal of its own: NaN, the infinities, minus zero
 */
export function literalOf(value: string | number): string {
  if (typeof value === 'string') return `'${value.replaceAll(UNSAFE, (c) => SHORT[c] ?? escaped(c))}'`;
  if (!Number.isFinite(value) || Object.is(value, -0)) throw new RangeError('not a number that can be written down');
  return String(value);
}

function escaped(character: string): string {
  return Array.from({ length: character.length }, (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`).join('');
}
