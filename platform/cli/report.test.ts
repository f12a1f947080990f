import { CommanderError } from 'commander';
import { expect, test } from '@jest/globals';
import { ModelError } from '../model/index.ts';
import { CliError, exit } from './command.ts';
import { Interrupted, report, saidOf } from './report.ts';

function reported(error: unknown, verbose = false) {
  const told: string[] = [];
  return { code: report(error, { verbose, tell: (line) => void told.push(line) }), told };
}

test('an error is three lines: what, why, fix', () => {
  expect(reported(new CliError(exit.missing, { what: 'w\u001B', why: 'y', fix: 'f' }))).toEqual({ code: 5, told: ['✗ w\\u001b', '  why: y', '  fix: f'] });
});

test('the stack, and that of the cause, come with --verbose alone', () => {
  const error = new CliError(exit.failure, { what: 'w', why: 'y', fix: 'f' }, new Error('deeper'));
  expect(reported(error, true).told.join('\n')).toMatch(/report\.test\.ts[\s\S]*caused by:[\s\S]*deeper/);
  expect(reported('no error at all', true).told).toHaveLength(3);
});

test('^C says nothing and is 130', () => {
  expect(reported(new Interrupted())).toEqual({ code: 130, told: [] });
});

test('a runner that was stopped while it started says so', () => {
  expect(saidOf(new Interrupted())).toMatchObject({ code: 130, why: expect.stringContaining('`./journey down`') });
});

test.each([
  ['the model', new ModelError('environments/x.ts', 'bad', 'mend'), 3, /environments\/x\.ts/],
  ['JSON of the model', new SyntaxError('/r/environments/releases/local.json: Unexpected end of JSON input'), 3, /releases\/local\.json cannot/],
  ['a missing package', Object.assign(new Error("Cannot find package 'pg' imported from /x"), { code: 'ERR_MODULE_NOT_FOUND' }), 5, /package pg/],
  ['a missing file', Object.assign(new Error("Cannot find module '/x/y.ts' imported from /x"), { code: 'ERR_MODULE_NOT_FOUND' }), 3, /does not exist/],
  ['anything else', new Error('odd'), 1, /odd/],
  ['an error without words', new Error(''), 1, /without saying why/],
])('%s has its exit code', (_, error, code, what) => {
  const said = saidOf(error);
  expect(said.code).toBe(code);
  expect(said.what).toMatch(what);
});

test('a syntax error names the file, whatever its path holds', () => {
  const error = new SyntaxError('Unexpected token');
  error.stack = 'file:///tmp/a%20(b)/platform/workloads/gateway.ts:28\nexport {\n\nSyntaxError: Unexpected token';
  expect(saidOf(error).what).toBe('/tmp/a (b)/platform/workloads/gateway.ts:28 cannot be read');
  error.stack = '';
  expect(saidOf(error).what).toBe('a file of the model cannot be read');
});

test('a typo is answered with the nearest word', () => {
  const error = new CommanderError(1, 'commander.unknownCommand', "error: unknown command 'upp'\n(Did you mean up?)");
  expect(saidOf(error)).toMatchObject({ code: 2, what: "unknown command 'upp'", fix: expect.stringContaining('Did you mean up?') });
  expect(saidOf(new CommanderError(1, 'x', 'error: missing'))).toMatchObject({ code: 2, fix: expect.stringContaining('help') });
});
