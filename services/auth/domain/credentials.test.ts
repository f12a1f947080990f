import { expect, test } from '@jest/globals';
import { credentialsOf } from './credentials.ts';
import { newPersonOf } from './new-person.ts';

test('a password or a link', () => {
  expect(credentialsOf({ name: 'a', password: 'b' })).toEqual({ name: 'a', password: 'b' });
  expect(credentialsOf({ link: 'x' })).toEqual({ link: 'x' });
  for (const wrong of [null, 'x', {}, { name: 'a' }, { password: 'b' }, { link: 1 }, { name: 1, password: 'b' }]) expect(credentialsOf(wrong)).toBeNull();
});

test('a new person has a normalized name and real roles', () => {
  const whole = { name: 'Anna@Example.com', password: 'p', roles: ['viewer'] };
  expect(newPersonOf(whole)).toEqual({ name: 'anna@example.com', password: 'p', roles: ['viewer'] });
  for (const wrong of [null, 'x', {}, { ...whole, name: 1 }, { ...whole, password: 1 }, { ...whole, roles: 'admin' }, { ...whole, roles: ['root'] }]) expect(newPersonOf(wrong)).toBeNull();
});
