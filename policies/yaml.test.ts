import { expect, test } from '@jest/globals';
import { MAX_BYTES, parseYaml } from './yaml.ts';

const problems = (text: string) => parseYaml(text).problems;

test('every document of a file is read', () => {
  expect(parseYaml('a: 1\n---\nb: [x, "yes"]\n---\n# nothing\n')).toEqual({ documents: [{ a: 1 }, { b: ['x', 'yes'] }], problems: [] });
  expect(parseYaml('')).toEqual({ documents: [], problems: [] });
});

test.each([
  ['a duplicate key', 'a: 1\na: 2\n', /unique/],
  ['an alias', 'a: &a [x]\nb: *a\n', /alias \*a/],
  ['an alias without an anchor', 'b: *a\n', /alias|anchor/i],
  ['a merge key', 'a: &a {x: 1}\nb:\n  <<: *a\n', /alias|<</],
  ['a tag that constructs', 'a: !!js/function x\n', /tag/i],
  ['a known tag', 'a: !!str 1\n', /tag/],
  ['a binary tag', 'a: !!binary aGk=\n', /tag/i],
  ['depth', `${'['.repeat(65)}${']'.repeat(65)}`, /deeper/],
  ['a depth that exhausts the stack', '['.repeat(100_000), /stack|deeper/],
  ['size', `a: "${'x'.repeat(MAX_BYTES)}"`, /larger/],
  ['too many documents', 'a: 1\n---\n'.repeat(501), /more than 500/],
  ['a directive of another version', '%YAML 3.0\n---\na: 1\n', /version/i],
  ['broken text', 'a: [1\n', /./],
])('%s is refused, and nothing of the document is used', (_, text, message) => {
  const parsed = parseYaml(text);
  expect(parsed.documents).toEqual([]);
  expect(parsed.problems.join('\n')).toMatch(message);
});

test.each(['yes', 'No', 'ON', 'off', 'y', '0644', '1_000'])('%s means something else to the API server, unless it is quoted', (word) => {
  expect(problems(`a: ${word}\n`)).toEqual([`${word} is something else in YAML 1.1: put it in quotes`]);
  expect(problems(`${word}: a\n`)).toHaveLength(1);
  expect(problems(`a: "${word}"\n`)).toEqual([]);
});

test('the document is named where there are several', () => {
  expect(problems('a: 1\n---\na: yes\n')[0]).toMatch(/^document 2: /);
});

test('a document that cannot be read does not hide the others', () => {
  expect(parseYaml('a: 1\n---\nb: &b [x]\nc: *b\n---\nd: yes\n---\ne: 5\n')).toEqual({
    documents: [{ a: 1 }, { e: 5 }], problems: ['document 2: alias *b: write the value out', 'document 3: yes is something else in YAML 1.1: put it in quotes'],
  });
});

test('64 levels are enough for any manifest', () => {
  expect(problems(`${'['.repeat(64)}${']'.repeat(64)}`)).toEqual([]);
});
