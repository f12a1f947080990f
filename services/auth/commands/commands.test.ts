import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newLink } from '../adapters/links.ts';
import { startAuth, type TestAuth } from '../test/start-auth.ts';
import { bootstrap } from './bootstrap.ts';
import { link } from './link.ts';

let auth: TestAuth;
beforeAll(async () => { auth = await startAuth(); }, 60_000);
afterAll(() => auth.stop());

/** A command as `run()` calls it, with streams in place of the process's own. */
async function main([word, ...args]: readonly string[], stdin = '') {
  const stdout = new PassThrough();
  const command = word === 'bootstrap' ? bootstrap : link;
  await command(auth.kit, args, { stdin: Readable.from([Buffer.from(stdin)]), stdout });
  stdout.end();
  return text(stdout);
}
const lines = (out: string) => out.trim().split('\n').map((line) => JSON.parse(line));
const byLink = (token: string) => auth.post('/v1/tokens', { link: token });
const people = [
  { name: 'Admin@Example.com', password: 'first password here', roles: ['admin'] },
  { name: 'viewer@example.com', password: 'other password here', roles: ['viewer'] },
];

test('bootstrap makes people and a link once, however often it runs', async () => {
  const token = newLink();
  const line = `${JSON.stringify({ people, link: { for: 'admin@example.com', token } })}\n`;
  expect(lines(await main(['bootstrap'], line)).at(-1)).toEqual({ created: ['admin@example.com', 'viewer@example.com'], link: true });
  expect(JSON.stringify(await auth.sql('select * from links'))).not.toContain(token);

  const changed = { people: people.map((person) => ({ ...person, password: 'changed password' })), link: { for: 'admin@example.com', token } };
  expect(lines(await main(['bootstrap'], JSON.stringify(changed))).at(-1)).toEqual({ created: [], link: true });
  expect([await auth.count('people'), await auth.count('links')]).toEqual([2, 1]);
  expect((await auth.post('/v1/tokens', { name: 'admin@example.com', password: 'first password here' })).status).toBe(201);

  const answers = await Promise.all([byLink(token), byLink(token), byLink(token)]);
  expect(answers.map((answer) => answer.status).sort()).toEqual([201, 401, 401]);
  expect(answers.find((answer) => answer.status === 201)?.body).toMatchObject({ name: 'admin@example.com', roles: ['admin'] });
  await main(['bootstrap'], line);
  expect((await byLink(token)).status).toBe(401);
}, 60_000);

test('link makes a new one for somebody who exists; it dies of age', async () => {
  const { link: made, name, minutes } = lines(await main(['link', 'viewer@example.com'])).at(-1);
  expect([name, minutes]).toEqual(['viewer@example.com', 15]);
  await auth.sql(`update links set expires_at = now() where used_at is null`);
  expect((await byLink(made)).status).toBe(401);
  await auth.sql(`update links set expires_at = now() + interval '1 minute', used_at = null where person = (select id from people where name = 'viewer@example.com')`);
  await auth.sql(`update people set active = false where name = 'viewer@example.com'`);
  expect((await byLink(made)).status).toBe(401);
  await auth.sql(`update people set active = true where name = 'viewer@example.com'`);
}, 60_000);

test.each<[string, string[], string, string]>([
  ['nobody', ['link', 'nobody@example.com'], '', 'nobody called nobody@example.com'], ['no name', ['link'], '', 'Say for whom'],
  ['no JSON', ['bootstrap'], 'hunter2-in-clear', 'not JSON'], ['nothing', ['bootstrap'], '', 'Nothing came on stdin'],
  ['a short password', ['bootstrap'], JSON.stringify({ people: [{ name: 'a@b.c', password: 'hunter2', roles: ['viewer'] }] }), 'fewer than 12'],
  ['a link for nobody', ['bootstrap'], JSON.stringify({ people: [], link: { for: 'x@y.z', token: newLink() } }), 'nobody called x@y.z'],
])('%s: says what is wrong, without the secrets', async (_, args, stdin, why) => {
  const before = await auth.count('people');
  const said = await main(args, stdin).catch((error: unknown) => String(error));
  expect(said).toContain(why);
  expect(said).not.toContain('hunter2');
  expect(await auth.count('people')).toBe(before);
});

test('main.ts runs it as a process: one line on stdout, exit code 0', async () => {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../main.ts'), 'bootstrap'], {
    env: {
      HOST: '127.0.0.1', PORT: '0', METRICS_PORT: '0', ENVIRONMENT: 'test', INSTALLATION: 'test', REVISION: 'worktree', LOG_LEVEL: 'info',
      TELEMETRY_URL: 'http://127.0.0.1:1', WORKLOAD_KEY: 'k', KEYS_URL: 'http://127.0.0.1:1', DATABASE: auth.database, SIGNING_KEY: auth.signingPem.replaceAll('\n', '\\n'),
    },
  });
  child.stdin.end(JSON.stringify({ people: [{ name: 'process@example.com', password: 'first password here', roles: ['viewer'] }] }));
  const [out, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  expect(code).toBe(0);
  expect(lines(out).at(-1)).toEqual({ created: ['process@example.com'], link: false });
}, 60_000);
