import { expect, test } from '@jest/globals';
import { databaseProblem } from './postgres-error.ts';

const withCode = (code: string) => Object.assign(new Error('said'), { code });

test('a full disk is named, with its fix', () => {
  expect(databaseProblem('auth.DATABASE', withCode('53100'))).toMatchObject({
    code: 'unavailable', at: 'auth', detail: expect.stringContaining('its disk is full'), fix: expect.stringContaining('Free space'),
  });
});

test('a server without a free connection still does not answer', () => {
  expect(databaseProblem('auth.DATABASE', withCode('53300'))).toMatchObject({ code: 'unavailable', detail: 'The database auth.DATABASE does not answer.' });
});
