import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { memoryOf } from './memory.ts';
import { messageFrom } from './message.ts';

let proc = '';
beforeAll(() => {
  proc = mkdtempSync(join(tmpdir(), 'journey-proc-'));
  const processes = { 10: [1, 1024], 11: [10, 2048], 12: [11, 512], 20: [1, 4096], 30: [20, undefined] };
  for (const [pid, [parent, kib]] of Object.entries(processes)) {
    mkdirSync(join(proc, pid));
    writeFileSync(join(proc, pid, 'stat'), `${pid} (a) b) S ${parent} 0`);
    if (kib !== undefined) writeFileSync(join(proc, pid, 'smaps_rollup'), `x [rollup]\nRss: 9 kB\nPss:      ${kib} kB\nPss_Dirty: 1 kB\n`);
  }
});
afterAll(() => rmSync(proc, { recursive: true }));

test('a process counts with its descendants; whoever is asked for by itself counts for itself', () => {
  expect(memoryOf([10], proc)).toEqual(new Map([[10, 3.5]]));
  expect(memoryOf([10, 11, 30], proc)).toEqual(new Map([[10, 1], [11, 2.5]]));
  expect(memoryOf([10], '/nowhere')).toEqual(new Map());
  if (process.platform === 'linux') expect(memoryOf([process.pid]).get(process.pid)).toBeGreaterThan(10);
});

test('only whole messages of the runner are taken', () => {
  expect(messageFrom({ type: 'tell', line: 'x' })).toEqual({ type: 'tell', line: 'x' });
  expect(messageFrom({ type: 'failed', code: 4, what: 'a', why: 'b', fix: 'c' })).toMatchObject({ code: 4 });
  expect(messageFrom({ type: 'failed', code: 130, what: 'a', why: 'b', fix: 'c' })).toMatchObject({ code: 130 });
  for (const other of [null, 1, {}, { type: 1 }, { type: 'tell' }, { type: 'constructor' }, { type: 'failed', code: 9, what: 'a', why: 'b', fix: 'c' }]) expect(messageFrom(other)).toBeUndefined();
});
