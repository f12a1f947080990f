import { expect, test } from '@jest/globals';
import { inspect } from 'node:util';
import { openLog, type Level } from './log.ts';
import { problem } from './problem.ts';
import { redacted } from './redact.ts';
import { isSecret, secretOf } from './secret.ts';

function capture(level: Level = 'debug') {
  const lines: string[] = [];
  const tapped: unknown[] = [];
  const log = openLog({ service: 'thing', level, destination: { write: (line) => { lines.push(line); } }, tap: (...said) => { tapped.push(said); } });
  return { log, lines, tapped, last: () => JSON.parse(lines.at(-1) ?? '') as Record<string, unknown> };
}

test('one event is one line of JSON with the service and the level', () => {
  const { log, lines, last } = capture();
  log.info('two\nlines', { answer: 42 });
  expect(lines[0]?.trimEnd()).not.toContain('\n');
  expect(last()).toMatchObject({ level: 'info', 'service.name': 'thing', message: 'two\nlines', answer: 42, time: expect.stringMatching(/^\d{4}-.*Z$/) });
});

test('levels below the chosen one are not written and not sent', () => {
  const { log, lines, tapped } = capture('warn');
  log.debug('x');
  log.info('x');
  log.warn('x');
  expect([lines.length, tapped.length]).toEqual([1, 1]);
});

test('control characters and marks that move or hide text are escaped', () => {
  const { log, lines, last } = capture();
  const nasty = 'a\u001b[31m\u0007\u009b\u2028\u202e\u200b\ufeff\u0000b';
  log.info(nasty, { nasty });
  // oxlint-disable-next-line no-control-regex
  expect(lines[0]?.trimEnd()).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\ufeff]/);
  expect(last()).toMatchObject({ message: nasty, nasty });
});

test('a field cannot pose as part of the line itself', () => {
  const { log, last } = capture();
  log.info('true', { message: 'false', level: 'fatal', 'service.name': 'other', trace_id: 'x' });
  expect(last()).toMatchObject({ message: 'true', level: 'info', 'service.name': 'thing', 'field.message': 'false', 'field.trace_id': 'x' });
});

test('secrets are masked by type and by key, at any depth, in the line and in what is sent on', () => {
  const { log, lines, tapped } = capture();
  log.info('signing in with Bearer abcdefghijkl and eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.abc', {
    a: { b: { c: [{ Password: 'hunter2', 'x-request-key': 'kept', 'x-api-key': 'hunter2', api_key: 'hunter2', refreshToken: 'hunter2', 'http.request.header.set_cookie': ['hunter2'], 'headers[authorization]': 'hunter2', [`${'x.'.repeat(200)}password`]: 'hunter2' }] } },
    typed: secretOf('hunter2'), url: new URL('postgres://u:hunter2@db/x'), text: 'redis://:hunter2@cache',
    error: new Error('at postgres://u:hunter2@db', { cause: problem('internal', 'x', { cause: secretOf('hunter2') }) }),
    headers: new Map([['authorization', 'hunter2']]), list: new Set(['ok']),
  });
  for (const said of [lines.join(''), JSON.stringify(tapped)]) {
    expect(said).not.toMatch(/hunter2|abcdefghijkl|eyJ/);
    expect(said).toMatch(/"x-request-key":"kept"/);
  }
});

test('a secret prints as a mask however it is printed', () => {
  const one = secretOf('hunter2');
  expect([`${one}`, String(one), JSON.stringify({ one }), inspect(one), inspect({ one }), '' + one, Object.keys(one).join()].join()).not.toMatch(/hunter2/);
  expect([one.reveal(), isSecret(one), isSecret({ reveal: () => 'x' })]).toEqual(['hunter2', true, false]);
});

test('nothing that is logged can break the log: rings, depth, giants, odd values', () => {
  const ring: Record<string, unknown> = { name: 'ring' };
  ring['self'] = ring;
  const deep = Array.from({ length: 50 }).reduce<object>((inner) => ({ inner }), {});
  expect(redacted({ ring, deep, long: 'x'.repeat(10_000), many: Array.from({ length: 500 }, () => 1), big: 10n, fn: () => 1, sym: Symbol('x'), bytes: Buffer.from('abc'), bad: new Date(Number.NaN), day: new Date(0), nothing: null })).toMatchObject({
    ring: { name: 'ring', self: '[circular]' }, big: '10', fn: '[function]', sym: '[symbol]', bytes: '[3 bytes]', bad: null, day: '1970-01-01T00:00:00.000Z', nothing: null,
    many: { length: 100 }, long: expect.stringMatching(/… \(10000 characters\)$/),
  });
  expect(JSON.stringify(redacted(deep))).toMatch(/\[deeper\]/);
  expect(redacted(new AggregateError([new Error('a')], 'b'))).toMatchObject({ type: 'AggregateError', errors: [{ message: 'a' }] });
});
