import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { folderOf, type Folder } from './folder.ts';
import { credentialsFile, firstPeople, newLink } from './people.ts';

let folder: Folder;
let asked: { people: { name: string; password: string; roles: string[] }[]; link?: { for: string; token: string } }[] = [];
beforeEach(() => {
  folder = folderOf(mkdtempSync(join(tmpdir(), 'journey-people-')));
  asked = [];
});
afterEach(() => rmSync(folder.root, { recursive: true }));
/** As auth's bootstrap: makes who is not there, prints whom it made. */
const auth = (known: string[] = []) => async (line: string) => {
  const wanted = JSON.parse(line);
  asked.push(wanted);
  const created = wanted.people.map((one: { name: string }) => one.name).filter((name: string) => !known.includes(name));
  return `{"level":"info"}\n${JSON.stringify({ created })}\n`;
};
const at = (bootstrap: (line: string) => Promise<string>, database = 'postgres://a') => ({ folder, database, dashboard: 'http://127.0.0.1:1', bootstrap });

test('the first run makes an administrator, shown once, and an account for the command line, kept for this account alone', async () => {
  const first = await firstPeople(at(auth()));
  expect(first).toEqual({ name: 'admin@journey.local', password: asked[0]?.people[0]?.password, link: `http://127.0.0.1:1/sign-in#link=${asked[0]?.link?.token}` });
  expect(first?.link).toMatch(/#link=[A-Za-z0-9_-]{43}$/);
  expect(asked[0]?.people.map(({ name, roles }) => [name, roles])).toEqual([['admin@journey.local', ['admin']], ['cli@journey.local', ['operator']]]);
  expect(credentialsFile(folder.credentials).read()).toEqual({ name: 'cli@journey.local', password: asked[0]?.people[1]?.password });
  expect(statSync(folder.credentials).mode & 0o777).toBe(0o600);
  expect(await firstPeople(at(auth()))).toBeUndefined();
  expect(asked).toHaveLength(1);
});

test('lost credentials: another account for the command line, and no new administrator', async () => {
  await firstPeople(at(auth()));
  rmSync(folder.credentials);
  expect(await firstPeople(at(auth(['admin@journey.local', 'cli@journey.local'])))).toBeUndefined();
  expect(credentialsFile(folder.credentials).read()?.name).toMatch(/^cli-[0-9a-f]{6}@journey\.local$/);
});

test('another database gets its people; an administrator who is there keeps the password, which is not printed', async () => {
  await firstPeople(at(auth()));
  const second = await firstPeople(at(auth(['admin@journey.local']), 'postgres://b'));
  expect(second).toEqual({ name: 'admin@journey.local', link: expect.any(String) });
});

test('an account that somebody else made cannot be used', async () => {
  await expect(firstPeople(at(auth(['cli@journey.local'])))).rejects.toMatchObject({ code: 1, message: expect.stringContaining('cli@journey.local exists') });
  await expect(firstPeople(at(async () => 'rubbish'))).rejects.toThrow(/exists/);
  expect(credentialsFile(folder.credentials).read()).toBeUndefined();
});

test('a new link whenever it is asked for', async () => {
  const { link } = await newLink(at(auth()));
  expect(asked).toEqual([{ people: [], link: { for: 'admin@journey.local', token: link.split('=')[1] } }]);
});
