import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { command } from '../../cli/commands/drill.ts';
import { world, type World } from '../../cli/propose/test/world.ts';
import { heard } from '../../cli/test/heard.ts';
import { decoys } from './decoys.ts';
import { incidentOf } from './kinds.ts';

/** Tokens that live for seconds. */
const SEED = 30;
const CLAIMS = 'services/auth/domain/claims.ts';
const { title, symptom, hop } = incidentOf(SEED);
let w: World;
let server: Server;

/** What main says that auth should run, and does: a workload that follows main. */
const release = () => (JSON.parse(w.git('show', 'main:synth/local/plan.json')) as { processes: { name: string; release: string }[] }).processes.find(({ name }) => name === 'auth')?.release ?? '';
const lives = () => Number(/tokenSeconds = (\d+)/.exec(w.git('show', `${release() === 'worktree' ? 'main~0' : release()}:${CLAIMS}`))?.[1]);
async function rollBack(commit: string): Promise<void> {
  const made = await w.propose({ kind: 'rollback', environment: 'local', commit });
  w.git('update-ref', 'refs/heads/main', made.commit);
}

beforeAll(async () => {
  w = await world();
  for (const path of [CLAIMS, ...decoys.map(({ edit }) => edit.path)]) await w.checkout.write(path, readFileSync(path, 'utf8'));
  await w.push();
  server = createServer((request, response) => {
    const send = (status: number, body: unknown) => response.writeHead(status).end(JSON.stringify(body));
    const token = ['{}', JSON.stringify({ iat: 1000, exp: 1000 + lives() }), ''].map((part) => Buffer.from(part).toString('base64url')).join('.');
    if (request.url === '/v1/tokens') return send(201, { token });
    if (request.url === '/openapi.json') return send(200, { info: { version: release() } });
    // It takes no rollback: the loop itself may be what is broken.
    return send(404, { code: 'not_found' });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const urls = { http: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
  const base = join(w.checkout.root, '.journey');
  mkdirSync(base, { recursive: true });
  symlinkSync(w.repository, join(base, 'remote.git'));
  const process = (name: string) => ({ name, about: '', release: '', health: 'Healthy', restarts: 0, urls, log: '' });
  writeFileSync(join(base, 'credentials.json'), JSON.stringify({ name: 'ada@example.com', password: 'correct horse battery' }), { mode: 0o600 });
  writeFileSync(join(base, 'state.json'), JSON.stringify({
    runner: { pid: 2, started: '1' }, environment: 'local', installation: 'x', phase: 'running', startedAt: '', backings: [], helpers: [], processes: ['gateway', 'auth', 'dashboard'].map(process),
  }));
}, 120_000);
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => { server.close(resolve); });
  await w.remove();
});

async function drill(options: Record<string, string | boolean> = {}, json = false) {
  const { io, printed, emitted } = heard(w.checkout.root, json);
  const code = await command.run(io, ['incident'], { seed: String(SEED), ...options }).catch((error: unknown) => error);
  return { code, out: printed.join('\n'), emitted };
}

test('where nothing runs nothing can happen; what has not begun cannot be graded', async () => {
  const elsewhere = mkdtempSync(join(tmpdir(), 'incident-'));
  await expect(command.run(heard(elsewhere).io, ['incident'], {})).rejects.toMatchObject({ code: 4, fix: expect.stringContaining('./journey up') });
  rmSync(elsewhere, { recursive: true });
  expect(await drill({ grade: true })).toMatchObject({ code: { code: 2, message: `There is no incident ${SEED} here.` } });
});

test('planted, it is told by what people see; it is not passed until somebody has taken it back', async () => {
  const before = w.head();
  const planted = await drill();
  expect(planted.code).toBe(0);
  expect(planted.out).toContain(symptom);
  for (const secret of [hop, title, CLAIMS, 'auth']) expect(planted.out).not.toContain(secret);

  expect(w.git('rev-list', '--first-parent', '--count', `${before}..main`)).toBe('3');
  expect(w.git('log', '--format=%(trailers:key=Drill,valueonly,separator=%x2C)', `${before}..main`).split('\n')).toEqual(Array.from({ length: 4 }, () => 'incident'));
  expect(w.git('log', '--first-parent', '--format=%s', `${before}..main`)).not.toMatch(/drill|incident/i);
  const bad = w.git('rev-parse', 'main~1');
  expect(w.changed(w.git('rev-parse', `${bad}^1`), bad)).toEqual(['environments/releases/local.json', CLAIMS, 'synth/local/journey.json', 'synth/local/plan.json']);
  expect(release()).toBe(w.git('rev-parse', `${bad}^2`));

  const graded = await drill({ grade: true });
  expect(graded).toMatchObject({ code: 1, out: expect.stringMatching(/✗ git: main still says that it should run\n✗ what people see: .*lasts \d\d s\nNot yet/) });
  for (const secret of [hop, title, CLAIMS]) expect(graded.out).not.toContain(secret);
  expect(await drill()).toMatchObject({ code: { message: `Incident ${SEED} has begun already.` } });

  await rollBack(bad);
  expect(await drill({ grade: true })).toMatchObject({ code: 0, out: expect.stringMatching(/✓ git: .*\n✓ what people see: .*3600 s\nWell done\. It was gateway → auth/) });
  expect((await drill({ grade: true }, true)).emitted).toEqual([expect.objectContaining({ seed: SEED, passed: true })]);
}, 120_000);

test('whoever gives up is shown the commit, the line and the hop, and it is taken back, by a commit if need be', async () => {
  expect((await drill({}, true)).emitted).toEqual([expect.objectContaining({ symptom })]);
  const bad = w.git('rev-parse', 'main~1');
  const line = readFileSync(CLAIMS, 'utf8').split('\n').findIndex((one) => one.includes('tokenSeconds = 3600')) + 1;
  expect(await drill({ giveUp: true })).toMatchObject({ code: 0, out: expect.stringContaining(`commit  ${bad}  ${title}\nhop     ${hop}\nline    ${CLAIMS}:${line}`) });
  expect([release(), lives()]).toEqual(['worktree', 3600]);
}, 120_000);
