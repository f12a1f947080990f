import { parseOptions } from '@node-rs/argon2';
import { expect, test } from '@jest/globals';
import { openPasswords } from './passwords.ts';

const passwords = await openPasswords();
const median = (times: number[]) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;

test('argon2id with the cost that is written down', async () => {
  const stored = await passwords.hash('correct horse battery');
  expect(parseOptions(stored)).toMatchObject({ memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32, saltLen: 16 });
  expect(stored).toMatch(/^\$argon2id\$v=19\$/);
  expect(await passwords.hash('correct horse battery')).not.toBe(stored);
});

test('only the right password, in whatever way its letters are composed', async () => {
  const stored = await passwords.hash('caf\u00e9 au lait au matin');
  expect(await passwords.verify(stored, 'cafe\u0301 au lait au matin')).toBe(true);
  expect(await passwords.verify(stored, 'cafe au lait au matin')).toBe(false);
});

test('nobody takes as long as somebody', async () => {
  const stored = await passwords.hash('correct horse battery');
  const times = { somebody: [] as number[], nobody: [] as number[] };
  for (let i = 0; i < 9; i += 1) {
    for (const who of ['somebody', 'nobody'] as const) {
      const began = performance.now();
      expect(await passwords.verify(who === 'somebody' ? stored : null, 'wrong')).toBe(false);
      times[who].push(performance.now() - began);
    }
  }
  const [somebody, nobody] = [median(times.somebody), median(times.nobody)];
  // Without the dummy hash the ratio is about 1000.
  expect(somebody / nobody).toBeLessThan(3);
  expect(nobody / somebody).toBeLessThan(3);
});
