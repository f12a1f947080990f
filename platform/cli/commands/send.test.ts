import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, beforeEach, expect, test } from '@jest/globals';
import { deploymentEnded } from '../../../services/deployment/contract.ts';
import { exit } from '../command.ts';
import { cellLike, changeLike, environmentLike, HEAD, ID, pageLike } from '../delivery/test/examples.ts';
import { failure, fakeGateway, TRACE } from '../delivery/test/fake-gateway.ts';
import { heard } from '../test/heard.ts';
import { command as send } from './send.ts';
import { command as trace } from './trace.ts';

const hop = (spanId: string, parentId: string | null, attributes = {}) => ({ spanId, parentId, service: 'gateway', name: 'hop', kind: 'server', startedAt: 1, durationMs: 1, status: 'ok', attributes });
const mail = [hop('1', null), hop('2', '1', { 'messaging.destination.name': deploymentEnded }), hop('3', '2', { 'mail.message_id': '<m>' })];
const journeyOf = (hops: unknown, connected = true) => [200, { traceId: TRACE, connected, hops, open: [], logs: [], omitted: { spans: 0, logs: 0 }, sources: { hops: 'own', logs: 'own' } }] as const;
const read = `GET /v1/deployments/${ID}`;
const world = await fakeGateway();
let commit: string;

beforeAll(() => {
  for (const environment of ['local', 'dev']) {
    mkdirSync(join(world.root, 'synth', environment), { recursive: true });
    writeFileSync(join(world.root, 'synth', environment, 'journey.json'), JSON.stringify({ version: 1, environment, nodes: [], edges: [], secrets: [], knobs: [], delivery: { approvals: { release: 0, model: 1 } } }));
  }
  const git = (...args: string[]) => execFileSync('git', ['-C', world.root, '-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { encoding: 'utf8' }).trim();
  git('init', '--quiet');
  git('commit', '--quiet', '--allow-empty', '--message', 'first');
  commit = git('rev-parse', 'HEAD');
});
beforeEach(() => {
  world.answers = {
    'GET /v1/environments': [200, { head: null, environments: [environmentLike({ workloads: [cellLike({ workload: 'configuration' }), cellLike({ release: commit })] }), environmentLike({ name: 'dev', kind: 'image' })] }],
    'POST /v1/deployments': [202, changeLike()],
    [read]: [200, changeLike({ status: 'succeeded' })],
    [`GET /v1/journeys/${TRACE}`]: journeyOf(mail),
  };
});
const asked = () => world.asked.find(({ method }) => method === 'POST');

test('asks for the checkout\'s commit with a key of its own, and follows to the mail', async () => {
  const { io, printed, told } = heard(world.root);
  expect(await send.run(io, [], { reason: 'why' })).toBe(exit.ok);
  expect(asked()).toMatchObject({ path: '/v1/deployments', body: { workload: 'configuration', environment: 'local', revision: commit, reason: 'why' }, key: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  expect(printed[0]).toBe('succeeded  local  gateway → worktree');
  expect(printed.at(-1)).toContain('3 hops');
  expect(told[0]).toBe(`Asking for configuration ${commit.slice(0, 8)} in local (the commit of this checkout; it runs worktree now).`);
  expect(told).toContain('the mail was sent');
});

test('what runs the checkout\'s commit already gets the files on disk again, so that each is a real deployment', async () => {
  const { io, told } = heard(world.root, true);
  expect(await send.run(io, [], { workload: 'gateway' })).toBe(exit.ok);
  expect(asked()?.body).toMatchObject({ workload: 'gateway', revision: 'worktree' });
  expect(told[0]).toContain('the files on disk again');
});

test.each([[{ environment: 'dev' }, 'worktree'], [{ revision: 'worktree' }, 'worktree'], [{ revision: 'HEAD' }, ''], [{ workload: 'nobody' }, '']])('%j', async (options, revision) => {
  await send.run(heard(world.root).io, [], options);
  expect(asked()?.body).toMatchObject({ revision: revision || commit });
});

test('the mail of another event is not the one that says how it ended', async () => {
  world.answers[`GET /v1/journeys/${TRACE}`] = [journeyOf([hop('1', null), hop('3', '1', { 'mail.message_id': '<m>' })]), journeyOf([hop('3', '3', { 'mail.message_id': '<m>' })]), journeyOf(mail)];
  expect(await send.run(heard(world.root).io, [], {})).toBe(exit.ok);
  expect(world.lines().filter((line) => line.startsWith('GET /v1/journeys'))).toHaveLength(3);
});

test('as JSON: the request, each hop, then the sum', async () => {
  const { io, emitted } = heard(world.root, true);
  await send.run(io, [], {});
  expect(emitted).toMatchObject([{ id: ID, status: 'succeeded' }, { spanId: '1' }, { spanId: '2' }, { spanId: '3' }, { traceId: TRACE, connected: true, hops: 3 }]);
});

test('one that was taken back shows its hops and ends with 1', async () => {
  world.answers[read] = [200, changeLike({ status: 'rolledBack', outcome: 'Taken back by itself.' })];
  const { io, printed } = heard(world.root);
  expect(await failure(send.run(io, [], {}))).toMatchObject({ code: exit.failure, message: 'It was taken back.' });
  expect(printed.at(-1)).toContain('3 hops');
});

test('one that waits for a person shows the hops so far, and is no failure', async () => {
  world.answers[read] = [200, changeLike({ status: 'proposed', pull: 3 })];
  world.answers['GET /v1/pulls/3'] = [200, pageLike()];
  world.answers[`GET /v1/journeys/${TRACE}`] = journeyOf([hop('1', null)]);
  const { io, printed, told } = heard(world.root);
  expect(await send.run(io, [], {})).toBe(exit.ok);
  expect([printed.at(-1), told.at(-1)]).toEqual([expect.stringContaining('1 hops'), expect.stringContaining('./journey approve 3')]);
});

test('a refusal names the hop where it ended', async () => {
  world.answers['POST /v1/deployments'] = [502, { at: 'configuration', detail: 'does not answer', code: 'upstream_timeout' }];
  expect(await failure(send.run(heard(world.root).io, [], {}))).toMatchObject({ code: exit.unhealthy, message: 'The deployment of configuration to local was not taken. It ended at configuration.' });
});

test('an environment that was never rendered, and a person without a password, are wrong usage', async () => {
  expect((await failure(send.run(heard(world.root).io, [], { environment: 'moon' }))).code).toBe(exit.usage);
  expect((await failure(send.run(heard(world.root).io, [], { as: 'a@b.c' }))).code).toBe(exit.usage);
});

test('trace prints a journey, says when there is none, and knows what an id is', async () => {
  const { io, emitted } = heard(world.root, true);
  expect(await trace.run(io, [TRACE], { environment: 'dev' })).toBe(exit.ok);
  expect(emitted.at(-1)).toEqual({ traceId: TRACE, connected: true, hops: 3, omitted: { spans: 0, logs: 0 } });
  world.answers[`GET /v1/journeys/${HEAD.slice(0, 32)}`] = [404, {}];
  expect((await failure(trace.run(io, [HEAD.slice(0, 32)], {}))).message).toContain('No journey');
  expect((await failure(trace.run(io, ['x'], {}))).code).toBe(exit.usage);
  expect((await failure(trace.run(io, [], {}))).code).toBe(exit.usage);
});

test('any route: with a ticket of its own, its answer, then its hops', async () => {
  world.answers['POST /v1/tickets'] = [201, { traceId: TRACE, ticket: 'the ticket', expiresAt: 'soon' }];
  world.answers['GET /v1/settings/local/x'] = [200, { value: { frozen: false } }];
  const { io, emitted } = heard(world.root, true);
  expect(await send.run(io, ['get', '/v1/settings/local/x?a=b'], {})).toBe(exit.ok);
  expect(world.asked.find(({ path }) => path === '/v1/settings/local/x')).toMatchObject({ method: 'GET', query: { a: 'b' }, ticket: 'the ticket', body: undefined });
  expect(emitted[0]).toEqual({ status: 200, traceId: TRACE, body: { value: { frozen: false } } });
  expect(emitted.at(-1)).toEqual({ traceId: TRACE, connected: true, hops: 3, omitted: { spans: 0, logs: 0 } });
});

test('any route: a body is sent as it is; a refusal shows its answer and its hops, and ends with 1', async () => {
  world.answers['POST /v1/tickets'] = [201, { traceId: TRACE, ticket: 'the ticket', expiresAt: 'soon' }];
  world.answers['PUT /v1/settings/local/x'] = [409, { detail: 'Not now', code: 'frozen' }];
  const { io, printed } = heard(world.root);
  expect(await failure(send.run(io, ['PUT', '/v1/settings/local/x'], { body: '{"value":{}}' }))).toMatchObject({ code: exit.failure, message: 'PUT /v1/settings/local/x was refused.' });
  expect(world.asked.find(({ method }) => method === 'PUT')).toMatchObject({ body: { value: {} } });
  expect([printed[0], printed.at(-1)]).toEqual([expect.stringContaining('409'), expect.stringContaining('3 hops')]);
});

test.each([
  ['FETCH', '/v1/workloads', undefined], ['GET', '', undefined], ['GET', '//evil.example/v1/x', undefined], ['GET', 'http://evil.example/v1/x', undefined],
  ['POST', '/v1/tokens', undefined], ['DELETE', '/v1/sessions/current', undefined], ['GET', '/v1/journeys/x/events', undefined], ['PUT', '/v1/settings/local/x', '{'],
])('any route: %s "%s" with %s is wrong usage, and nothing is sent', async (method, path, body) => {
  expect((await failure(send.run(heard(world.root).io, [method, path], { body }))).code).toBe(exit.usage);
  expect(world.asked).toEqual([]);
});

test('where nothing runs, or the account is lost, the fix is `up`', async () => {
  const empty = mkdtempSync(join(tmpdir(), 'send-'));
  mkdirSync(join(empty, 'synth', 'local'), { recursive: true });
  writeFileSync(join(empty, 'synth', 'local', 'journey.json'), JSON.stringify({ version: 1, environment: 'local', nodes: [], edges: [], secrets: [], knobs: [], delivery: { approvals: { release: 0, model: 1 } } }));
  expect(await failure(send.run(heard(empty).io, [], {}))).toMatchObject({ code: exit.unhealthy, message: 'Nothing runs in this checkout.' });
  rmSync(empty, { recursive: true });
  rmSync(join(world.root, '.journey', 'credentials.json'));
  expect((await failure(send.run(heard(world.root).io, [], {}))).message).toContain('no account');
});
