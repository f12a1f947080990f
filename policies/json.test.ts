import { expect, test } from '@jest/globals';
import { entriesOf, get, includes, listOf, pointer, show, textsOf } from './json.ts';

test('a path is shown as people write it', () => {
  expect(show(['spec', 'template', 'spec', 'containers', 0, 'image'])).toBe('spec.template.spec.containers[0].image');
  expect(show(['metadata', 'labels', 'app.kubernetes.io/name'])).toBe('metadata.labels["app.kubernetes.io/name"]');
  expect(show(['app.kubernetes.io/name'])).toBe('["app.kubernetes.io/name"]');
  expect(show([])).toBe('');
});

test('a JSON pointer is a path', () => {
  expect(pointer('/metadata/labels/app.kubernetes.io~1name/0/a~0b')).toEqual(['metadata', 'labels', 'app.kubernetes.io/name', 0, 'a~b']);
});

test('get reaches own values only', () => {
  expect(get({ a: [{ b: 1 }] }, 'a', 0, 'b')).toBe(1);
  expect(get({}, 'constructor', 'name')).toBeUndefined();
  expect(get(null, 'a')).toBeUndefined();
});

test('what has another shape is empty', () => {
  expect([listOf({}), entriesOf([1]), entriesOf(null), textsOf(1)]).toEqual([[], [], [], []]);
  expect([textsOf('*'), textsOf(['a', 1])]).toEqual([['*'], ['a']]);
});

test('a selector asks for all of its labels', () => {
  expect(includes({ a: 1, b: 2 }, { a: 1 })).toBe(true);
  expect(includes({ a: 1 }, { a: 1, b: 2 })).toBe(false);
});
