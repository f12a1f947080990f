import { expect, test } from '@jest/globals';
import { everyMsOf, everything, questionOf, wantedIn } from './wanted.ts';

const asked = (text: string) => questionOf(wantedIn(new URLSearchParams(text)), 10_000_000);

test('every part of the address is asked for by the name that the API has for it', () => {
  expect(asked('service=auth&text=+freeze+&failed=1&longer=250&range=15m&demo=hidden')).toEqual({ service: 'auth', text: 'freeze', status: 'error', minMs: 250, traffic: 'other', from: 9_100_000 });
  expect(asked('from=1000&to=2000&range=15m')).toEqual({ from: 1000, to: 2000 });
});

test('what makes no sense is not asked, so that an address by hand is no error', () => {
  expect(asked('longer=-1&range=forever&failed=yes&text=+++&service=&from=9999999999999&to=1e9&demo=x')).toEqual(everything);
  expect(asked('range=all')).toEqual(everything);
});

test('a search is asked again less often than all, and a fixed time not at all', () => {
  const every = (text: string) => everyMsOf(wantedIn(new URLSearchParams(text)));
  expect(['', 'demo=hidden&range=1h', 'failed=1', 'text=x', 'service=auth', 'longer=1', 'text=x&from=1&to=2'].map(every)).toEqual([3000, 3000, 15_000, 15_000, 15_000, 15_000, false]);
});
