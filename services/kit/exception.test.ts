import { expect, test } from '@jest/globals';
import { withException } from './exception.ts';
import { redacted } from './redact.ts';

const written = (error: unknown) => redacted({ error, code: 'internal' }) as Record<string, unknown>;

test('an error with its causes becomes what OpenTelemetry calls an exception', () => {
  const cause = new TypeError('the socket is gone');
  const fields = withException(written(new Error('it failed for postgres://u:hunter2@h/x', { cause })));
  expect(fields).toMatchObject({ code: 'internal', 'exception.type': 'Error', 'exception.message': 'it failed for postgres://[secret]@h/x' });
  expect(fields['exception.stacktrace']).toMatch(/^Error: it failed for postgres:\/\/\[secret\]@h\/x\n {4}at .*exception\.test\.ts[^]*\ncaused by: TypeError: the socket is gone\n {4}at /);
  expect(fields).not.toHaveProperty('error');
});

test.each([[{ error: 'a text' }], [{ error: { message: 'no stack' } }], [{ other: 1 }], [{}]])('what is no error stays as it is: %j', (fields) => {
  expect(withException(fields)).toEqual(fields);
});

test('causes end somewhere', () => {
  let error = new Error('0');
  for (let depth = 1; depth < 30; depth += 1) error = new Error(String(depth), { cause: error });
  expect(String(withException(written(error))['exception.stacktrace']).match(/caused by/g)?.length).toBeLessThan(9);
});
