import { expect, test } from '@jest/globals';
import { isPlainPattern, patternFits } from './pattern.ts';

test('a pattern that would keep a regular expression busy for a minute takes a look at each character per sign', () => {
  const value = 'a'.repeat(1000);
  for (const pattern of ['.*a.+a.*a.+ab', '.*a'.repeat(66), '.+b'.repeat(66), `${'.*a.+ab|'.repeat(24)}b`, `.*${'a'.repeat(190)}b.*`]) {
    expect(isPlainPattern(pattern)).toBe(true);
    let steps = 0;
    patternFits(pattern, value, () => { steps += 1; });
    expect(steps).toBeGreaterThan(0);
    expect(steps).toBeLessThanOrEqual(pattern.length * value.length);
  }
  expect([patternFits('.*a.+a.*a.+ab', value), patternFits('.*a.+a.*a.+ab', `${value}b`)]).toEqual([false, true]);
});

test('it fits what the regular expression of the same text fits', () => {
  const next = random(7);
  const text = (signs: readonly string[], most: number) => Array.from({ length: Math.floor(next() * (most + 1)) }, () => signs[Math.floor(next() * signs.length)] ?? '').join('');
  let fitted = 0;
  for (let i = 0; i < 20_000; i += 1) {
    const [pattern, value] = [text(['a', 'b', 'a', '.', '.*', '.+', '|', '/', '-'], 7), text(['a', 'b', 'a', 'b', '/', '-', '\n', '😀'], 8)];
    if (!isPlainPattern(pattern)) throw new Error(`${pattern} is a plain one.`);
    const expected = new RegExp(`^(?:${pattern.replaceAll('/', '\\/')})$`, 'u').test(value);
    if (expected) fitted += 1;
    if (patternFits(pattern, value) !== expected) expect([pattern, value]).toEqual(expected ? 'a fit' : 'none');
  }
  expect(fitted).toBeGreaterThan(1000);
});

/** mulberry32: the same texts for the same seed. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
