import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { bringUp, CHECKOUT, journey, journeyIn, statusOf, values, type Up } from './journey.ts';

/** A second checkout on the same host, in a folder whose name holds a space and parentheses. */
const NEIGHBOUR = join(CHECKOUT, '..', 'the other (one)');

describe('two checkouts side by side', () => {
  let up: Up;
  before(async () => {
    up = await bringUp();
    rmSync(NEIGHBOUR, { recursive: true, force: true });
    mkdirSync(join(NEIGHBOUR, '.journey'), { recursive: true });
    for (const entry of readdirSync(CHECKOUT).filter((name) => name !== '.journey')) execFileSync('cp', ['-al', join(CHECKOUT, entry), NEIGHBOUR]);
    for (const entry of ['installed', 'runtime'].filter((name) => existsSync(join(CHECKOUT, '.journey', name)))) execFileSync('cp', ['-al', join(CHECKOUT, '.journey', entry), join(NEIGHBOUR, '.journey')]);
    const ran = await journeyIn(NEIGHBOUR, {}, 'up', '--detach');
    assert.equal(ran.code, 0, ran.err);
  });
  after(async () => {
    await journeyIn(NEIGHBOUR, {}, 'down');
    rmSync(NEIGHBOUR, { recursive: true, force: true });
    await journey('down');
  });

  test('share no port, and each sends through its own', async () => {
    const [ours, theirs] = [await statusOf(), await statusOf(NEIGHBOUR)];
    const urls = (status: typeof ours) => status.processes.flatMap((p) => Object.values(p.urls));
    assert.deepEqual(urls(ours).filter((url) => urls(theirs).includes(url)), []);
    const [here, there] = await Promise.all([journey('send', '--json'), journeyIn(NEIGHBOUR, {}, 'send', '--json')]);
    for (const ran of [here, there]) assert.equal(ran.code, 0, ran.err);
    const trace = String(values(there).at(-1)?.['traceId']);
    assert.equal((await journey('trace', trace)).code, 1, 'a journey of one checkout is unknown in the other');
  });

  test('a token of one is worth nothing at the other', async () => {
    const theirs = (await statusOf(NEIGHBOUR)).processes.find((p) => p.name === 'gateway')?.urls['http'] ?? '';
    const body = JSON.stringify({ name: 'admin@journey.local', password: up.password });
    const headers = { 'content-type': 'application/json' };
    const { token } = await (await fetch(`${up.gateway}/v1/tokens`, { method: 'POST', headers, body })).json() as { token: string };
    assert.equal((await fetch(`${up.gateway}/v1/workloads`, { headers: { authorization: `Bearer ${token}` } })).status, 200);
    assert.equal((await fetch(`${theirs}/v1/workloads`, { headers: { authorization: `Bearer ${token}` } })).status, 401);
  });

  test('down in one leaves the other healthy', async () => {
    assert.equal((await journeyIn(NEIGHBOUR, {}, 'down')).code, 0);
    assert.ok((await statusOf()).processes.every((p) => p.health === 'Healthy'));
  });
});
