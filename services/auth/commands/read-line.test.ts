import { Readable } from 'node:stream';
import { expect, test } from '@jest/globals';
import { readLine } from './read-line.ts';

test('reads to the first line end, over pieces that cut a character', async () => {
  const bytes = Buffer.from('{"a":"ä"}\nmore');
  expect(await readLine(Readable.from([bytes.subarray(0, 7), bytes.subarray(7)]))).toBe('{"a":"ä"}');
  expect(await readLine(Readable.from([Buffer.from('{} ')]))).toBe('{}');
});

test('nothing and too much are refused', async () => {
  await expect(readLine(Readable.from([]))).rejects.toThrow('Nothing came on stdin');
  await expect(readLine(Readable.from([Buffer.alloc(70_000, 'a')]))).rejects.toThrow('longer than 65536');
});
