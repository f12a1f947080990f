import { expect, test } from '@jest/globals';
import { exit } from '../command.ts';
import { heard } from '../test/heard.ts';
import type { Step } from '../green/step.ts';
import { command, runAll } from './test.ts';

const step = (name: string, passed: number, failed: number, skipped = 0): Step => ({ name, about: 'about', run: async () => ({ passed, failed, skipped, details: [`detail of ${name}`, 'slowest:    9 s  a file'] }) });

test('adds the steps up, and one failure is red', async () => {
  const { io, printed, told } = heard('/');
  expect(await runAll(io, [step('a', 2, 0, 1), step('b', 1, 1)], false)).toBe(exit.failure);
  expect(printed).toEqual(['3 passed, 1 failed, 1 skipped']);
  expect(told).toContain('    detail of b');
  expect(told).toContain('    slowest:    9 s  a file');
  // Once more at the end, and only that: of a long run often nothing but the end is at hand.
  expect(told.slice(told.indexOf('What failed, once more:'))).toEqual(['What failed, once more:', '    b:', '      detail of b']);
});

test('green needs something that passed', async () => {
  expect(await runAll(heard('/').io, [step('a', 0, 0)], false)).toBe(exit.failure);
  const { io, emitted } = heard('/', true);
  expect(await runAll(io, [step('a', 1, 0)], false)).toBe(exit.ok);
  expect(emitted).toEqual([{ step: 'a', passed: 1, failed: 0, skipped: 0, details: ['detail of a', 'slowest:    9 s  a file'] }]);
});

test('an unknown step is a wrong word; --list names them', async () => {
  const { io, told, printed } = heard('/');
  expect(await command.run(io, ['lnit'], {})).toBe(exit.usage);
  expect(told[0]).toContain('lint');
  expect(await command.run(io, [], { list: true })).toBe(exit.ok);
  expect(printed.length).toBeGreaterThan(7);
});
