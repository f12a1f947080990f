import { expect, test } from '@jest/globals';
import { parse, parseAllDocuments } from 'yaml';
import { toYaml, type Yaml } from './yaml.ts';

const both = (text: string) => [parse(text, { version: '1.2' }), parse(text, { version: '1.1' })] as unknown[];

test('writes blocks in the order of the keys', () => {
  expect(toYaml({ kind: 'Pod', list: [{ a: 1, b: [] }, ['x', 'z']], none: undefined, empty: {}, deep: { er: true } })).toBe(`kind: Pod
list:
  - a: 1
    b: []
  - - x
    - z
empty: {}
deep:
  er: true
`);
});

test('separates documents', () => {
  const text = toYaml({ a: 1 }, { a: 2 });
  expect(text).toBe('a: 1\n---\na: 2\n');
  expect(parseAllDocuments(text)).toHaveLength(2);
});

test('keeps lines of a script readable', () => {
  expect(toYaml({ script: 'set -e\n\nif true; then\n  echo "#"\nfi\n' })).toBe('script: |\n  set -e\n\n  if true; then\n    echo "#"\n  fi\n');
  expect(toYaml({ list: ['a\nb'] })).toBe('list:\n  - |-\n    a\n    b\n');
});

test.each([
  'yes', 'No', 'ON', 'off', 'y', 'N', 'true', 'null', '~', '', ' a', 'a ', 'a  b', '1', '-1', '1_000', '0x1f', '0o17', '017', '1e3', '1e1234567890', '000000000000', '.5', '.inf', '.NaN',
  '12:30', '2026-11-23', '2026-11-23T10:00:00Z', '- a', '? a', 'a: b', 'a:', 'a #b', '#a', '&a', '*a', '!a', '|', '>', '%a', '@a', '`a', '{a}', '[a]', ',a', '=', '<<', "'a'", '"a"',
  'a\tb', 'a\n', '\na', 'a\n\n', 'a\n b', ' a\nb', 'a \nb', 'a\n\tb', 'a\rb', 'a\r\nb', '\u0000', '\u007f', '\u0085', '\u00a0', '\u2028', '\ufeff', 'é', '😀', '---', '...', 'a\n---\nb', 'http://auth:8080', 'sha256:00', 'a\\b',
])('a reader of YAML 1.1 and one of 1.2 get %j back', (value) => {
  for (const holder of [{ key: value }, [value], { [value]: 'x' }] as Yaml[]) for (const read of both(toYaml(holder))) expect(read).toEqual(holder);
});

test.each([0, -0, 1, -7, 0.1, 1e21, 1e-9, Number.MAX_SAFE_INTEGER, true, false, null])('%p comes back as it is', (value) => {
  for (const read of both(toYaml({ value }))) expect(read).toEqual({ value });
});

test('writes plainly what needs no quotes', () => {
  for (const plain of ['gateway', 'request-journey.dev/x', 'http://auth:8080', 'sha256:ab', '/livez', 'Only a sentence (so far)', 'node services/x/main.ts', '100m', '64Mi', '30s']) expect(toYaml([plain])).toBe(`- ${plain}\n`);
});

test.each([[[undefined]], [Number.NaN], [{ at: new Date(0) }], [{ list: new Map() }], [10n]])('refuses what it cannot hold: %p', (value) => {
  expect(() => toYaml(value as unknown as Yaml)).toThrow(TypeError);
});

/** Values from a seed (mulberry32), with every awkward character in reach: a failure names its seed. */
function random(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)] as T;
  const ALPHABET = [...'abyn019 \n\t:#-?[]{},&*!|>\'"%@`~=<.\\/+_$', 'é', '\u0007', '\u0085', '\u2028', '😀', 'true', 'no', 'null', '---'];
  const text = () => Array.from({ length: Math.floor(next() * 9) }, () => pick(ALPHABET)).join('');
  const value = (depth: number): Yaml => {
    const kind = depth > 3 ? 0 : Math.floor(next() * 6);
    if (kind === 1) return Array.from({ length: Math.floor(next() * 4) }, () => value(depth + 1));
    if (kind === 2 || kind === 3) return Object.fromEntries(Array.from({ length: Math.floor(next() * 4) }, () => [text(), value(depth + 1)]));
    if (kind === 4) return pick([0, 1, -1, 1.5, true, false, null, 1e21]);
    return text();
  };
  return value(0);
}

test('2,000 random values come back unchanged, from both readers, and are written the same way twice', () => {
  for (let seed = 1; seed <= 2000; seed++) {
    const value = random(seed);
    const text = toYaml(value);
    for (const read of both(text)) expect({ seed, read }).toEqual({ seed, read: value });
    expect(toYaml(value)).toBe(text);
  }
});
