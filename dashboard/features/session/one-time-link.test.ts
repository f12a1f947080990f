import { expect, test } from '@jest/globals';
import { linkIn } from './one-time-link.ts';

const secret = 'a'.repeat(42) + '_';

test('from the fragment or the query; the address keeps the rest', () => {
  expect(linkIn(new URL(`http://x/sign-in?to=%2Fjourneys#link=${secret}`))).toEqual({ link: secret, rest: '/sign-in?to=%2Fjourneys' });
  expect(linkIn(new URL(`http://x/sign-in?link=${secret}`))).toEqual({ link: secret, rest: '/sign-in' });
});

test('something that cannot be a link is told apart from nothing', () => {
  expect(linkIn(new URL('http://x/sign-in#link=short'))).toEqual({ link: undefined, rest: '/sign-in' });
  expect(linkIn(new URL('http://x/sign-in'))).toBeUndefined();
});
