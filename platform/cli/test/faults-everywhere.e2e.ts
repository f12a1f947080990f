import assert from 'node:assert/strict';
import { request } from 'node:http';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { bringUp, CHECKOUT, journey, journeyWith, statusOf, until, values, type Up, type Value } from './journey.ts';

/** A workload of three processes behind one address: what is made to go wrong goes wrong at each of them. */
describe('a fault holds for every process of a workload', () => {
  let up: Up;
  before(async () => { up = await bringUp(); });
  after(async () => { await journey('down'); });
  const admin = (...args: string[]) => journeyWith({ input: `${up.password}\n` }, ...args, '--as', 'admin@journey.local', '--password-stdin');
  const address = () => up.services.find(({ name }) => name === 'configuration')?.url ?? '';

  /** Each on a connection of its own, so that any of the processes answers. */
  const statusOfOne = () => new Promise<number>((resolve, reject) => {
    request(new URL('/openapi.json', address()), { agent: false }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode ?? 0));
    }).once('error', reject).end();
  });
  const answers = async () => [...new Set(await Promise.all(Array.from({ length: 60 }, statusOfOne)))];
  const faults = async (): Promise<readonly Value[]> => (values(await journey('fault', '--json'))[0]?.['faults'] ?? []) as readonly Value[];
  /** All that run, from the runner's own file: the command line shows one for each workload. */
  const pids = (): readonly number[] => {
    const state = JSON.parse(readFileSync(join(CHECKOUT, '.journey', 'state.json'), 'utf8')) as { processes: readonly { name: string; identity?: { pid: number }; others?: readonly { pid: number }[] }[] };
    return state.processes.filter(({ name }) => name === 'configuration').flatMap(({ identity, others = [] }) => [...(identity ? [identity] : []), ...others].map(({ pid }) => pid));
  };

  test('it is scaled to three, by two people', async () => {
    const asked = await journey('change', 'scale', 'configuration', '3', '--reason', 'three of them', '--json');
    assert.equal(asked.code, 0, asked.err);
    const pull = String(values(asked)[0]?.['pull']);
    const approved = await admin('approve', pull);
    assert.equal(approved.code, 0, approved.err);
    const merged = await journey('merge', pull);
    assert.equal(merged.code, 0, merged.err);
    await until('three processes', 30, async () => (pids().length === 3 ? true : undefined));
    assert.deepEqual(await answers(), [200]);
  });

  test('one command, and none of the three answers as before', async () => {
    const began = await journey('fault', 'configuration', 'errors', '100', '--seconds', '600', '--reason', 'all of them');
    assert.equal(began.code, 0, began.err);
    assert.match(began.out, /at all 3 processes/);
    assert.deepEqual(await answers(), [500]);
    const [fault] = await faults();
    assert.deepEqual([fault?.['holding'], fault?.['answering']], [3, 3]);
  });

  test('a process that is killed comes back with it', async () => {
    const [victim = 0] = pids();
    process.kill(victim, 'SIGKILL');
    await until('another in its place', 30, async () => (pids().length === 3 && !pids().includes(victim) ? true : undefined));
    await until('it takes part', 30, async () => {
      const [fault] = await faults();
      return fault?.['holding'] === 3 && fault['answering'] === 3 ? true : undefined;
    });
    assert.deepEqual(await answers(), [500]);
  });

  test('ended, all answer again; with monitoring gone it ends by itself', async () => {
    const ended = await journey('fault', '--end');
    assert.equal(ended.code, 0, ended.err);
    assert.deepEqual(await answers(), [200]);
    const began = await journey('fault', 'configuration', 'errors', '100', '--seconds', '12', '--reason', 'until its end');
    assert.equal(began.code, 0, began.err);
    const monitoring = (await statusOf()).processes.find(({ name }) => name === 'monitoring')?.pid ?? 0;
    process.kill(monitoring, 'SIGSTOP');
    try {
      assert.deepEqual(await answers(), [500]);
      await until('it has ended', 20, async () => { const now = await answers(); return now.length === 1 && now[0] === 200 ? true : undefined; });
    } finally {
      process.kill(monitoring, 'SIGCONT');
    }
  });
});
