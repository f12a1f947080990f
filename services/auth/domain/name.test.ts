import { expect, test } from '@jest/globals';
import { nameOf, recordedName } from './name.ts';

test('capitals and blanks around it make no other person', () => {
  expect(nameOf(' Anna@Example.COM ')).toBe('anna@example.com');
});

test('a password in the wrong box is not written down', () => {
  expect(recordedName('Anna@example.com')).toBe('anna@example.com');
  for (const typed of ['correct horse battery staple', 'hunter2', '@', 'a@b@c', 'a b@c']) expect(recordedName(typed)).toBe('(not an address)');
});
