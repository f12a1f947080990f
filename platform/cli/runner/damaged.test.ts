import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { upWith } from '../commands/up.ts';
import { Interrupted, saidOf } from '../report.ts';
import { fakeIo } from '../test/fake-io.ts';
import { fixture, fixtureEnv, type Fixture } from '../test/fixture.ts';
import { folderOf } from './folder.ts';
import { prepare } from './prepare.ts';
import { startRunner } from './runner.ts';

let made: Fixture | undefined;
afterEach(() => made?.remove());

test('damaged notes and a damaged record of migrations are told, removed and made again', async () => {
  const { root, model } = made = fixture();
  const folder = folderOf(root);
  const told: string[] = [];
  const start = () => startRunner({ folder, model, env: fixtureEnv, signal: new AbortController().signal, tell: (line) => void told.push(line) });
  await (await start())?.stop();
  writeFileSync(folder.state, '{');
  writeFileSync(join(folder.data, 'migrated.json'), '{');
  const again = await start();
  expect(again?.state().processes.map(({ health }) => health)).toEqual(['Healthy', 'Healthy']);
  await again?.stop();
  expect(told.join('\n')).toMatch(/state\.json is damaged[\s\S]*migrated\.json is damaged.*the migrations run again/);
  expect(readFileSync(join(root, 'migrates'), 'utf8').trim().split('\n')).toHaveLength(2);
  expect(readFileSync(join(folder.data, 'migrated.json'), 'utf8')).toContain('keeper');
}, 30_000);

test('data whose secrets are gone is refused before new ones are made', async () => {
  const { root, model } = made = fixture();
  const folder = folderOf(root);
  const withDatabase = { ...model, plan: { ...model.plan, backings: [...model.plan.backings, { name: 'identity', kind: 'database', provider: 'embedded', override: 'IDENTITY_URL' } as const] } };
  mkdirSync(join(folder.data, 'postgres'), { recursive: true });
  await expect(prepare(folder, withDatabase, fixtureEnv)).rejects.toMatchObject({ code: 1, message: expect.stringContaining('secrets.json is gone'), fix: expect.stringContaining('./journey reset --yes') });
  expect(existsSync(folder.secrets)).toBe(false);
  // A database of one's own needs none of them.
  await prepare(folder, withDatabase, { ...fixtureEnv, IDENTITY_URL: 'postgres://127.0.0.1:1/x' });
});

test('up --detach whose runner is stopped by `down` says so, and is 130', async () => {
  const { root, model } = made = fixture();
  const script = join(root, 'runner.mjs');
  writeFileSync(script, `process.send(${JSON.stringify({ type: 'failed', ...saidOf(new Interrupted()) })});`);
  const up = upWith({ model: async () => model, script }).run(fakeIo({ root }), [], { detach: true });
  await expect(up).rejects.toMatchObject({ code: 130, why: expect.stringContaining('`./journey down`') });
});
