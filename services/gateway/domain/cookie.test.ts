import { randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { cookieIn, cookieName, sealed, setCookie, unsealed } from './cookie.ts';

const id = randomBytes(32).toString('base64url');

test('only what this key sealed is opened', () => {
  const value = sealed(id, 'key one');
  expect(unsealed(value, 'key one')).toBe(id);
  expect(unsealed(value, 'key two')).toBeNull();
  const other = randomBytes(32).toString('base64url');
  expect(unsealed(`${other}${value.slice(43)}`, 'key one')).toBeNull();
  for (const rubbish of ['', '.', id, `${id}.`, `${id}.x`, `${value}x`, 'a'.repeat(100_000)]) expect(unsealed(rubbish, 'key one')).toBeNull();
});

test('finds its cookie among others; twice is none', () => {
  expect(cookieIn('a=1; journey-session-x=v; b=2', 'journey-session-x')).toBe('v');
  expect(cookieIn('journey-session-xy=v', 'journey-session-x')).toBeNull();
  expect(cookieIn('journey-session-x=v; journey-session-x=w', 'journey-session-x')).toBeNull();
  expect(cookieIn(undefined, 'journey-session-x')).toBeNull();
});

test('the browser keeps it from scripts and from other sites', () => {
  expect(setCookie('n', 'v', { seconds: 60, secure: true })).toBe('n=v; HttpOnly; SameSite=Strict; Path=/; Max-Age=60; Secure');
  expect(setCookie('n', '', { seconds: 0, secure: false })).toBe('n=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0');
});

test('an installation that is no part of a name is refused', () => {
  expect(cookieName('main-1')).toBe('journey-session-main-1');
  for (const name of ['', 'a b', 'a;b', 'a=b']) expect(() => cookieName(name)).toThrow('INSTALLATION');
});
