import { expect, test } from '@jest/globals';
import { readsFile } from './application.ts';
import { globOf, isPattern } from './glob.ts';

test.each([
  ['kubernetes/gateway/*', ['kubernetes/gateway/a.yaml', 'kubernetes/gateway/deep/a.yaml'], ['kubernetes/gateway', 'kubernetes/gateway-2/a.yaml', 'x/kubernetes/gateway/a.yaml']],
  ['{kubernetes/a/*,observability/a.yaml}', ['kubernetes/a/x.yaml', 'observability/a.yaml'], ['observability/aa.yaml', 'observability/a-yaml', 'kubernetes/b/x.yaml']],
  ['{a,{b,c}}.yaml', ['a.yaml', 'b.yaml', 'c.yaml'], ['d.yaml', 'a,b.yaml']],
  ['a?[b-d][!x].yaml', ['a/by.yaml', 'azcy.yaml'], ['aby.yaml', 'azbx.yaml', 'azey.yaml']],
  ['a,b+(c)|d$^', ['a,b+(c)|d$^'], ['a', 'a,bb(c)']],
  ['\\*.yaml', ['*.yaml'], ['a.yaml']],
  ['**', ['', 'a/b\nc'], []],
])('%s', (pattern, matching, others) => {
  for (const text of matching) expect([text, globOf(pattern)?.test(text)]).toEqual([text, true]);
  for (const text of others) expect([text, globOf(pattern)?.test(text)]).toEqual([text, false]);
});

test.each(['{a', 'a}', '[a', '{a}}'])('%s cannot be read', (pattern) => {
  expect(globOf(pattern)).toBeNull();
});

test('what matches more than itself is a pattern', () => {
  expect(['*', 'a?', '[ab]', '{a,b}', '!a', 'a-b.c/d'].map(isPattern)).toEqual([true, true, true, true, true, false]);
});

const source = (path: string, directory?: object) => ({ repo: '', revision: '', path, json: { path, directory }, at: [] });

test.each<[string, object | undefined, string, boolean]>([
  ['synth/dev', { recurse: true }, 'synth/dev/kubernetes/a.yaml', true],
  ['/synth/./dev/', { recurse: true }, 'synth/dev/kubernetes/a.yaml', true],
  ['synth/dev', undefined, 'synth/dev/kubernetes/a.yaml', false],
  ['synth/dev', undefined, 'synth/dev/a.json', true],
  ['synth/dev', undefined, 'synth/development/a.json', false],
  ['synth', { recurse: true }, 'synth/dev/a.yml', true],
  ['.', { recurse: true }, 'synth/dev/a.yaml', true],
  ['', { recurse: true }, 'synth/dev/a.yaml', true],
  ['synth/production/../dev', { recurse: true }, 'synth/dev/a.yaml', true],
  ['synth/dev', { recurse: true }, 'synth/dev/README.md', false],
  ['synth/dev', { recurse: true, include: 'b/*' }, 'synth/dev/a.yaml', false],
  ['synth/dev', { recurse: true, exclude: 'a*' }, 'synth/dev/a.yaml', false],
  ['synth/dev', { recurse: true, include: '{a' }, 'synth/dev/a.yaml', false],
])('path %s, directory %j: does it read %s?', (path, directory, file, reads) => {
  expect(readsFile(source(path, directory), file)).toBe(reads);
});
