import { expect, test } from '@jest/globals';
import { problemFrom } from './problem.ts';

test('what is missing is said plainly', () => {
  expect(problemFrom(500, '<html>')).toEqual({ status: 500, title: 'The answer was 500', code: 'unknown', detail: 'The answer said nothing more.' });
  expect(problemFrom(500, { title: 7, traceId: '' }, 'abc')).toMatchObject({ title: 'The answer was 500', traceId: 'abc' });
});

test('the wrong places of a body are told', () => {
  const problem = problemFrom(400, { detail: 'Two faults.', errors: [{ path: '/reason', message: 'must not be empty' }, 'x', { message: 'is odd' }] });
  expect(problem.detail).toBe('Two faults. /reason must not be empty. / is odd.');
});

test('a text of any length is cut', () => {
  expect(problemFrom(400, { title: 'x'.repeat(10_000) }).title).toHaveLength(2000);
});
