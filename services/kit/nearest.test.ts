import { expect, test } from '@jest/globals';
import { instead, nearest } from './nearest.ts';

const known = ['gateway', 'auth', 'deployment', 'configuration'];

test.each([['gatway', 'gateway'], ['gatewya', 'gateway'], ['deploiment', 'deployment'], ['aut', 'auth'], ['gateway', 'gateway'], ['zzzzzzzz', null], ['x', null]])(
  '%s means %s', (typed, meant) => {
    expect(nearest(typed, known)).toBe(meant);
  });

test('says what to write instead', () => {
  expect(instead('gatway', known)).toBe('Did you mean "gateway"?');
  expect(instead('zzzzzzzz', known)).toBe('There is: gateway, auth, deployment, configuration.');
  expect(instead('gateway', [])).toContain('./journey synth');
});
