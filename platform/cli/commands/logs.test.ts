import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Interrupted } from '../report.ts';
import { folderOf, type Folder } from '../runner/folder.ts';
import { fakeIo } from '../test/fake-io.ts';
import { command as logs } from './logs.ts';

let folder: Folder;
beforeEach(() => {
  folder = folderOf(mkdtempSync(join(tmpdir(), 'journey-logs-')));
  mkdirSync(folder.logs, { recursive: true });
  writeFileSync(folder.log('a'), '{"time":1000,"level":"info","msg":"first"}\n{"time":3000,"level":"info","msg":"third \\u001b[31m"}\n');
  writeFileSync(folder.log('b'), '{"time":2000,"level":"error","msg":"second"}\n');
});
afterEach(() => rmSync(folder.root, { recursive: true }));

test('all logs in the order of their times, nothing in them can move the cursor', async () => {
  const io = fakeIo({ root: folder.root });
  expect(await logs.run(io, [], {})).toBe(0);
  expect(io.out.map((line) => line.replace(/ +/g, ' '))).toEqual(['00:00:01.000 a info first', '00:00:02.000 b error second', '00:00:03.000 a info third \\u001b[31m']);
});

test('one log, its last lines, as JSON', async () => {
  const io = fakeIo({ root: folder.root, json: true });
  await logs.run(io, ['a'], { lines: '1' });
  expect(io.out.map((line) => JSON.parse(line).time)).toEqual([3000]);
  const none = fakeIo({ root: folder.root });
  await logs.run(none, ['a'], { lines: '0' });
  expect(none.out).toEqual([]);
});

test('an unknown service, no logs at all, no number', async () => {
  const io = fakeIo({ root: folder.root });
  await expect(logs.run(io, ['../../etc/passwd'], {})).rejects.toMatchObject({ code: 2, why: 'there are logs of a, b' });
  await expect(logs.run(io, [], { lines: 'x' })).rejects.toMatchObject({ code: 2 });
  rmSync(folder.logs, { recursive: true });
  await expect(logs.run(io, [], {})).rejects.toMatchObject({ code: 2, fix: expect.stringContaining('up') });
});

test('new lines follow until ^C', async () => {
  const interrupt = new AbortController();
  const seen: string[] = [];
  const done = new Promise<void>((resolve) => {
    const io = { ...fakeIo({ root: folder.root, signal: interrupt.signal }), print(line: string) { seen.push(line); if (line.includes('new')) interrupt.abort(new Interrupted()); if (line.includes('third')) appendFileSync(folder.log('b'), '{"time":4000,"level":"info","msg":"new"}\n'); } };
    void expect(logs.run(io, [], { follow: true })).rejects.toBeInstanceOf(Interrupted).then(resolve);
  });
  await done;
  expect(seen.at(-1)).toContain('new');
});
