import { expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asProblem, isProblemCode, problem, problemBody, problems } from './problem.ts';

test('the table and the page name the same codes with the same status', async () => {
  const page = await readFile(join(import.meta.dirname, 'problems.md'), 'utf8');
  const documented = [...page.matchAll(/^## (\w+)\n(\d{3}) · /gm)].map(([, code, status]) => `${code} ${status}`);
  expect(documented.toSorted()).toEqual(Object.entries(problems).map(([code, { status }]) => `${code} ${status}`).toSorted());
});

test('every code has a title and a fix that are sentences to act on', () => {
  for (const { title, fix } of Object.values(problems)) {
    expect(title).toMatch(/^[A-Z].*[^.]$/);
    expect(fix).toMatch(/^[A-Z].*\.$/);
  }
});

test('what was not meant for the caller becomes `internal` without its message', () => {
  const secret = new Error('password=hunter2');
  const told = asProblem(secret);
  expect(told.cause).toBe(secret);
  expect(JSON.stringify(problemBody(told, 'x'))).not.toMatch(/hunter2/);
  expect(asProblem(told)).toBe(told);
});

test('the body carries what is there and leaves out what is not', () => {
  expect(problemBody(problem('unavailable', 'The database is away.', { at: 'auth', fix: 'Start it.', errors: [{ path: '/a', message: 'x' }] }), 'abc')).toEqual({
    type: '/problems#unavailable', title: problems.unavailable.title, status: 503, detail: 'The database is away.', code: 'unavailable',
    fix: 'Start it.', traceId: 'abc', at: 'auth', errors: [{ path: '/a', message: 'x' }],
  });
  expect(Object.keys(problemBody(problem('not_found', 'x'), 'abc'))).not.toContain('at');
});

test('headers that HTTP wants come with the code', () => {
  expect(problem('unauthenticated', 'x').headers).toHaveProperty('www-authenticate');
  expect(problem('unavailable', 'x').headers).toEqual({ 'retry-after': '2' });
  expect(problem('rate_limited', 'x', { headers: { 'retry-after': '9' } }).headers).toEqual({ 'retry-after': '9' });
});

test('inherited names are no codes', () => {
  expect([isProblemCode('frozen'), isProblemCode('toString'), isProblemCode(7)]).toEqual([true, false, false]);
});
