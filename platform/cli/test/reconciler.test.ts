import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { deployment } from '../../../services/deployment/contract.ts';
import { editEnvironment } from '../../drills/edit-environment.ts';
import type { LiveEnvironment, LiveWorkload } from '../reconciler/live.ts';
import { secretsFile } from '../runner/secrets.ts';
import { folderOf } from '../runner/folder.ts';
import { gitFixture, type GitFixture } from './git-fixture.ts';

const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);
const isLive = ajv.compile(deployment.routes.sync.answers[202]);

describe('the local reconciler', () => {
  let site: GitFixture;
  let api: (method: string, path: string, body?: unknown, key?: string) => Promise<Response>;
  beforeAll(async () => {
    site = await gitFixture();
    const folder = folderOf(site.root);
    const { engine: port } = JSON.parse(readFileSync(folder.ports, 'utf8')) as { engine: number };
    const own = secretsFile(folder.secrets).read()?.passwords['engine'] ?? '';
    api = (method, path, body, key = own) => fetch(`http://127.0.0.1:${port}/v1/environments${path}`, {
      method, headers: { authorization: `Bearer ${key}` }, ...(body === undefined ? {} : { body: JSON.stringify(body) }), signal: AbortSignal.timeout(10_000),
    });
  }, 60_000);
  afterAll(() => site.stop(), 30_000);

  const live = async (): Promise<LiveWorkload> => {
    const state = await (await api('GET', '/local')).json() as LiveEnvironment;
    const found = state.workloads.find(({ name }) => name === 'keeper');
    if (!found) throw new Error('no keeper');
    return found;
  };
  const until = async (what: string, is: (one: LiveWorkload) => boolean, seconds = 15): Promise<LiveWorkload> => {
    for (const end = Date.now() + seconds * 1000; ;) {
      const one = await live();
      if (is(one)) return one;
      if (Date.now() > end) throw new Error(`not ${what} after ${seconds} s: ${JSON.stringify(one)}`);
      await wait(50);
    }
  };
  const says = async () => (await fetch((await site.keeper()).url, { signal: AbortSignal.timeout(5000) })).text();
  /** A kept connection gets a last answer of the release that leaves. */
  const answers = async (text: string) => {
    for (const end = Date.now() + 5000; await says() !== text;) if (Date.now() > end) throw new Error(`it answers "${await says()}" and not "${text}"`);
  };
  /** Back to the work tree, settled. */
  const back = async () => {
    site.want({ release: 'worktree', replicas: 1, env: { ...(await wantedEnv()), LIMIT: { from: 'literal', value: '10', knob: 'limit' } } });
    await until('back', ({ sync, health, rollout }) => sync === 'Synced' && health === 'Healthy' && rollout?.phase === 'Healthy');
  };
  const wantedEnv = async () => site.model.plan.processes.find(({ name }) => name === 'keeper')?.env ?? {};

  test('says what the contract says it says, and only to who has the key', async () => {
    const state: unknown = await (await api('GET', '/local')).json();
    expect([isLive(state), isLive.errors]).toEqual([true, null]);
    expect(state).toMatchObject({ engine: 'local reconciler', automatic: true, revision: expect.stringMatching(/^[0-9a-f]{40}$/) });
    expect(await (await api('GET', '')).json()).toEqual({ environments: ['local'] });
    expect((await api('GET', '/local', undefined, 'another')).status).toBe(401);
    expect([(await api('GET', '/dev')).status, (await api('DELETE', '/local')).status, (await api('PUT', '/local/automatic', { automatic: 'yes' })).status]).toEqual([404, 404, 400]);
    expect(await (await api('POST', '/local/prepare', { workload: 'keeper', release: 'a'.repeat(40) })).json()).toMatchObject({ status: 409, detail: expect.stringContaining('is not in .journey/remote.git') });
  });

  test('a new release takes over without a failed request, is watched, and is Healthy then', async () => {
    const two = site.build("['worktree', false]", "['two', false]");
    const heard: string[] = [];
    const asks = { on: true };
    const load = Array.from({ length: 3 }, async () => { while (asks.on) { heard.push(await says()); await wait(15); } });
    site.want({ release: two });
    const during = await until('rolled out', ({ live: now }) => now.release === two);
    expect(during.rollout?.phase).toBe('Progressing');
    const after = await until('Healthy', ({ rollout }) => rollout?.phase === 'Healthy');
    asks.on = false;
    await Promise.all(load);
    expect(after).toMatchObject({ sync: 'Synced', health: 'Healthy', drift: [], rollout: { release: two, evidence: [] } });
    expect(new Set(heard)).toEqual(new Set(['worktree 10', 'two 10']));
    await answers('two 10');
    await back();
    await answers('worktree 10');
  }, 60_000);

  test('one that never becomes ready never takes over; the old one answers all the time', async () => {
    const never = site.build("process.env.NEVER === 'ready'", 'true');
    site.want({ release: never });
    const degraded = await until('Degraded', ({ rollout }) => rollout?.phase === 'Degraded');
    expect(degraded).toMatchObject({ health: 'Degraded', sync: 'OutOfSync', live: { release: 'worktree', ready: 1 }, drift: [{ field: 'release', desired: never, live: 'worktree' }] });
    expect(degraded.rollout?.evidence.join()).toMatch(/not ready after 4 s: \/readyz answers 503/);
    await answers('worktree 10');
    await back();
  }, 60_000);

  test('one that ends after it took over is Degraded with its last words', async () => {
    const crashing = site.build("const names =", "setTimeout(() => { console.log('out of luck'); process.exit(9); }, 1000); const names =");
    site.want({ release: crashing });
    const degraded = await until('Degraded', ({ rollout }) => rollout?.phase === 'Degraded');
    expect(degraded.rollout?.evidence.join()).toMatch(/ended \d s after it began to answer: ended with code 9.*out of luck/s);
    await back();
  }, 60_000);

  test('one that fails a quarter of its requests burns its budget; the same load on a good one does not', async () => {
    const bad = site.build("['worktree', false]", "['bad', true]");
    const good = site.build("['worktree', false]", "['good', false]");
    const asks = { on: true };
    const load = (async () => { while (asks.on) { await says(); await wait(10); } })();
    site.want({ release: good });
    await until('Healthy', ({ rollout }) => rollout?.release === good && rollout.phase === 'Healthy');
    site.want({ release: bad });
    const degraded = await until('Degraded', ({ rollout }) => rollout?.release === bad && rollout.phase === 'Degraded');
    expect(degraded.rollout?.evidence.join()).toMatch(/burns its error budget: \d+ of \d+ answers failed/);
    asks.on = false;
    await load;
    await back();
  }, 60_000);

  test('a killed process is shown and started again', async () => {
    const { pid } = await site.keeper();
    process.kill(pid, 'SIGKILL');
    const shown = await until('shown', ({ drift }) => drift.length > 0, 10);
    expect(shown).toMatchObject({ sync: 'OutOfSync', drift: [{ field: 'process', desired: 'running', live: expect.stringContaining('SIGKILL') }] });
    await until('healed', ({ sync, health }) => sync === 'Synced' && health === 'Healthy', 30);
    expect((await site.keeper()).pid).not.toBe(pid);
  }, 60_000);

  test('an edited environment is shown with its field, and the process is renewed', async () => {
    const { pid } = await site.keeper();
    editEnvironment(pid, 'LIMIT=10', 'LIMIT=99');
    const shown = await until('shown', ({ drift }) => drift.length > 0, 10);
    expect(shown.drift).toEqual([{ field: 'env.LIMIT', desired: '10', live: '99' }]);
    await until('healed', ({ sync }) => sync === 'Synced', 30);
    expect((await site.keeper()).pid).not.toBe(pid);
  }, 60_000);

  test('a process that claims to be of this installation is shown and ended', async () => {
    const stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', 'services/keeper/main.mjs'], { env: { INSTALLATION: site.runner.state().installation }, stdio: 'ignore' });
    const gone = once(stranger, 'exit');
    const shown = await until('shown', ({ drift }) => drift.length > 0, 10);
    expect(shown.drift).toEqual([{ field: 'process', desired: 'none besides its own', live: expect.stringContaining(`pid ${stranger.pid}: `) }]);
    await gone;
    await until('healed', ({ sync }) => sync === 'Synced', 30);
  }, 60_000);

  test('with automatic sync off the exact field is shown and nothing is done, until somebody says so', async () => {
    await api('PUT', '/local/automatic', { automatic: false });
    site.want({ replicas: 2, env: { ...(await wantedEnv()), LIMIT: { from: 'literal', value: '20', knob: 'limit' } } });
    const shown = await until('OutOfSync', ({ sync }) => sync === 'OutOfSync', 10);
    expect(shown.drift).toEqual([{ field: 'env.LIMIT', desired: '20', live: '10' }, { field: 'replicas', desired: '2', live: '1' }]);
    await answers('worktree 10');
    expect((await api('POST', '/local/sync')).status).toBe(202);
    await until('Synced', ({ sync, live: now }) => sync === 'Synced' && now.ready === 2);
    await answers('worktree 20');
    await api('PUT', '/local/automatic', { automatic: true });
    await back();
  }, 60_000);

  test('changes are streamed to who listens', async () => {
    const answer = await api('GET', '/local/events');
    expect(answer.headers.get('content-type')).toBe('text/event-stream');
    const events: LiveEnvironment[] = [];
    const reading = (async () => {
      const decoder = new TextDecoder();
      for await (const chunk of answer.body ?? []) {
        for (const line of decoder.decode(chunk).split('\n')) if (line.startsWith('data: ')) events.push(JSON.parse(line.slice(6)) as LiveEnvironment);
        if (events.some(({ workloads }) => workloads.some(({ desired }) => desired.replicas === 2))) break;
      }
    })();
    site.want({ replicas: 2 });
    await reading;
    expect(events.every((one) => isLive(one))).toBe(true);
    await back();
  }, 60_000);

  test('what main drops is stopped, and runs again when main has it again; what only main has is shown with what to do', async () => {
    const { plan } = site.model;
    const main = (processes: readonly unknown[]) => site.push({ 'synth/local/plan.json': JSON.stringify({ ...plan, processes }) });
    const state = async () => await (await api('GET', '/local')).json() as LiveEnvironment;
    const untilState = async (is: (one: LiveEnvironment) => boolean) => {
      for (const end = Date.now() + 15_000; ; await wait(50)) {
        const one = await state();
        if (is(one)) return one;
        if (Date.now() > end) throw new Error(JSON.stringify(one));
      }
    };
    const others = plan.processes.filter(({ name }) => name !== 'keeper');
    const { pid } = await site.keeper();
    await api('PUT', '/local/automatic', { automatic: false });
    main(others);
    expect((await until('shown', ({ sync }) => sync === 'OutOfSync')).drift).toEqual([{ field: 'workload', desired: 'absent', live: 'present' }]);
    process.kill(pid, 0);
    await api('PUT', '/local/automatic', { automatic: true });
    await untilState(({ workloads }) => !workloads.some(({ name }) => name === 'keeper'));
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    main([...plan.processes, { ...plan.processes[0], name: 'newcomer', folder: 'services/newcomer' }]);
    const both = await untilState(({ workloads }) => workloads.find(({ name }) => name === 'keeper')?.health === 'Healthy');
    expect([isLive(both), isLive.errors]).toEqual([true, null]);
    expect(both.workloads.find(({ name }) => name === 'newcomer')).toMatchObject({ sync: 'OutOfSync', health: 'Missing', why: expect.stringContaining('git pull'), drift: [{ field: 'workload', desired: 'present', live: 'absent' }] });
    await answers('worktree 10');
    main(plan.processes);
    await untilState(({ workloads }) => workloads.length === plan.processes.length);
  }, 60_000);

  test('a main that says nothing readable changes nothing, and is told', async () => {
    site.push({ 'synth/local/plan.json': '{"processes": 1}' });
    const unknown = await until('Unknown', ({ sync }) => sync === 'Unknown');
    expect(unknown.why).toMatch(/main cannot be followed: synth\/local\/plan.json of [0-9a-f]{10} is no plan/);
    await answers('worktree 10');
    site.push({ 'synth/local/plan.json': JSON.stringify(site.model.plan) });
    await until('Synced', ({ sync }) => sync === 'Synced');
  }, 60_000);
});
