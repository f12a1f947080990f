import { expect, test } from '@jest/globals';
import { clientAddress } from './address.ts';

test('without a proxy in front only the socket counts', () => {
  expect(clientAddress('127.0.0.1', '6.6.6.6', false)).toBe('127.0.0.1');
  expect(clientAddress('::ffff:127.0.0.1', undefined, false)).toBe('127.0.0.1');
  expect(clientAddress(undefined, undefined, false)).toBe('unknown');
});

test('behind a proxy its own entry counts, not what the client wrote before it', () => {
  expect(clientAddress('10.0.0.1', '6.6.6.6, 203.0.113.9', true)).toBe('203.0.113.9');
  expect(clientAddress('10.0.0.1', '6.6.6.6, <script>', true)).toBe('10.0.0.1');
  expect(clientAddress('10.0.0.1', undefined, true)).toBe('10.0.0.1');
});
