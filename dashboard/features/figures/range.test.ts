import { expect, test } from '@jest/globals';
import { rangeIn, spanOf } from './range.ts';

const range = (text: string) => rangeIn(new URLSearchParams(text));

test('a range is read from the address; what makes no sense means the first choice', () => {
  expect(range('range=1h')).toMatchObject({ kind: 'last', seconds: 3600 });
  expect(range('from=1000&to=61000')).toEqual({ kind: 'fixed', from: 1000, to: 61_000 });
  for (const text of ['', 'range=forever', 'from=5&to=1', 'from=1e9&to=2e9', 'from=-1&to=99', 'from=1000']) expect(range(text)).toMatchObject({ kind: 'last', name: '5m' });
});

test('a range up to now ends with the last whole second', () => {
  expect(spanOf(range('range=5m'), 1_000_999)).toEqual({ from: 700_000, to: 1_000_000 });
});
