import { expect, test } from '@jest/globals';
import { styleFor } from '../style.ts';
import { entryRows } from './entry-rows.ts';
import { entryLike } from './test/examples.ts';
import { aligned } from './table.ts';

const lines = (...more: Parameters<typeof entryLike>) => aligned(entryRows({ style: styleFor(false, {}) }, entryLike(...more)));

test('what was seen of a commit stands below it, in a row of its own', () => {
  const rows = lines({ reason: 'faster', undoneBy: 'e'.repeat(40), outcome: 'Taken back by itself.', evidence: ['gateway ended with exit code 1', 'Error: boom'] });
  expect(rows.slice(1).map((line) => line.trim())).toEqual(['why: faster', 'Taken back in eeeeeeee by itself. · gateway ended with exit code 1 · Error: boom']);
  expect(lines({ undoneBy: 'e'.repeat(40), outcome: 'It is well.' }).slice(1).map((line) => line.trim())).toEqual(['taken back in eeeeeeee', 'It is well.']);
});

test('a commit that went well has no such row', () => {
  expect(lines()).toHaveLength(1);
  expect(lines({ approvedBy: ['ada@example.com'] })).toHaveLength(2);
});
