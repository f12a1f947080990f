import { expect, test } from '@jest/globals';
import { imageReleases, ModelError, sourceReleases } from './release.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const refused = (act: () => unknown): ModelError => {
  try {
    act();
  } catch (error) {
    if (error instanceof ModelError) return error;
  }
  throw new Error('it was accepted');
};

test('a digest and `unbuilt` are releases; of a laptop a revision and `worktree`', () => {
  expect(imageReleases('dev', { a: { image: digest }, b: { image: 'unbuilt' } })).toEqual({ a: { image: digest }, b: { image: 'unbuilt' } });
  expect(sourceReleases('local', { a: { revision: 'worktree' }, b: { revision: '0'.repeat(40) } })).toHaveProperty('b');
});

test.each([
  ['a tag', { image: 'latest' }],
  ['a short digest', { image: 'sha256:abc' }],
  ['a number', { image: 1 }],
  ['no image', {}],
  ['nothing', null],
  ['a text', 'unbuilt'],
])('%s is refused by file, workload and fix', (_, entry) => {
  const error = refused(() => imageReleases('dev', { gateway: entry }));
  expect(error.where).toBe('environments/releases/dev.json');
  expect(error.message).toContain('"gateway"');
  expect(error.fix).toContain('sha256:');
});

test('an image may say what it was built from and who built it, as one line', () => {
  const whole = { image: digest, source: 'b'.repeat(40), provenance: 'https://example.com/attestations/7' };
  expect(imageReleases('dev', { a: whole })).toEqual({ a: whole });
  for (const [key, value] of [['source', 'main'], ['source', 7], ['provenance', ''], ['provenance', 'two\nlines'], ['provenance', 'a\u2028b'], ['provenance', 'x'.repeat(501)]]) {
    const error = refused(() => imageReleases('dev', { a: { ...whole, [String(key)]: value } }));
    expect(error.message).toContain(`"${key}"`);
  }
  expect(refused(() => sourceReleases('local', { a: { revision: 'worktree', source: 'b'.repeat(40) } })).message).toContain('"source"');
});

test.each(['constructor', 'toString', '__proto__'])('a key that every object inherits is a key too many: %s', (key) => {
  const entry: unknown = JSON.parse(`{"image":"unbuilt","${key}":"x"}`);
  expect(refused(() => imageReleases('dev', { a: entry })).message).toContain(`"${key}"`);
});

test('a key too many is refused, and a revision is not cut short', () => {
  expect(refused(() => imageReleases('dev', { a: { image: 'unbuilt', tag: 'x' } })).message).toContain('"tag"');
  expect(refused(() => sourceReleases('local', { a: { revision: 'main' } })).fix).toContain('40');
});
