import { appendFileSync, closeSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { styleFor } from '../style.ts';
import { lastWords } from './last-words.ts';
import { linesFrom, openLog, rotate, sizeOf, tail } from './log-file.ts';
import { entryOf, pretty } from './log-line.ts';

let path = '';
beforeEach(() => { path = join(mkdtempSync(join(tmpdir(), 'journey-log-')), 'below/x.log'); });
afterEach(() => rmSync(join(path, '../..'), { recursive: true }));

test('a log that is too long is moved away, and its writer goes on', () => {
  const file = openLog(path);
  writeSync(file, 'a'.repeat(20));
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(rotate(path, 20)).toBe(false);
  expect(rotate(path, 19)).toBe(true);
  writeSync(file, 'next\n');
  closeSync(file);
  expect(readFileSync(`${path}.1`, 'utf8')).toBe('a'.repeat(20));
  expect(readFileSync(path, 'utf8')).toBe('next\n');
  expect(rotate(`${path}.none`)).toBe(false);
});

test('only whole lines are read, and after a rotation from the start', () => {
  closeSync(openLog(path));
  writeFileSync(path, 'one\ntwo\nthr');
  expect(linesFrom(path, 0)).toEqual({ lines: ['one', 'two'], next: 8 });
  appendFileSync(path, 'ee\n');
  expect(linesFrom(path, 8)).toEqual({ lines: ['three'], next: 14 });
  writeFileSync(path, 'new\n');
  expect(linesFrom(path, 14)).toEqual({ lines: ['new'], next: 4 });
  expect(linesFrom(`${path}.none`, 3)).toEqual({ lines: [], next: 0 });
  expect([sizeOf(path), sizeOf(`${path}.none`)]).toEqual([4, 0]);
  expect(tail(path, 5)).toEqual(['new']);
});

test('a line longer than a reading is passed over, not waited for', () => {
  closeSync(openLog(path));
  writeFileSync(path, `${'x'.repeat(50)}\nend\n`);
  const first = linesFrom(path, 0, 20);
  expect(first).toEqual({ lines: [], next: 20 });
  expect(tail(path, 9, 30)).toEqual(['end']);
});

test('last words are the messages, safe to show', () => {
  closeSync(openLog(path));
  writeFileSync(path, '{"msg":"one","err":{"message":"because"}}\nplain \u001B[31m\n{"a":1}\n{broken\n');
  expect(lastWords(path, 4)).toBe('one: because | plain \\u001b[31m | {"a":1} | {broken');
});

test('a line of the kit, of pino and of anybody', () => {
  const style = styleFor(false, {});
  const kit = entryOf('gateway', '{"time":"2026-01-02T03:04:05.678Z","level":"warn","msg":"slow","trace_id":"4bf9"}');
  expect(pretty(kit, style, 8)).toBe('03:04:05.678 gateway  warn  slow  4bf9');
  expect(entryOf('x', '{"time":1000,"level":50,"message":"bad"}')).toMatchObject({ at: 1000, level: 'error', message: 'bad' });
  expect(entryOf('x', '{"time":9e99,"level":35,"msg":"odd"}')).toMatchObject({ at: 0, level: '35' });
  expect(entryOf('x', '{"level":{}}')).toMatchObject({ at: 0, level: '' });
  const plain = entryOf('postgres', 'LOG: \u0007 ready');
  expect(plain.json).toBe('{"service.name":"postgres","msg":"LOG: \\u0007 ready"}');
  expect(pretty(plain, style, 8)).toBe(`${' '.repeat(12)} postgres       LOG: \\u0007 ready`);
  expect(pretty({ ...plain, level: 'error' }, styleFor(true, {}), 8)).toContain('\u001B[31m');
});
