import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { bringUp, CHECKOUT, journey, journeyWith, statusOf, until, values, type Up } from './journey.ts';

/** The loop from the command line, by two people: what a change does is seen before, while and after it happens. Everything is real. */
describe('a knob, from the wish to the rollback', () => {
  let up: Up;
  let pull = '';
  before(async () => { up = await bringUp(); });
  after(async () => { await journey('down'); });
  const admin = (...args: string[]) => journeyWith({ input: `${up.password}\n` }, ...args, '--as', 'admin@journey.local', '--password-stdin');
  /** What the gateway's process was really started with. */
  const rateLimit = async (): Promise<string | undefined> => {
    const pid = (await statusOf()).processes.find(({ name }) => name === 'gateway')?.pid ?? 0;
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').find((line) => line.startsWith('RATE_LIMIT_RPS='))?.slice('RATE_LIMIT_RPS='.length);
  };

  test('it waits as a pull request, and says who must do what', async () => {
    const asked = await journey('change', 'knob', 'rateLimit', '150', '--reason', 'fewer requests', '--json');
    assert.equal(asked.code, 0, asked.err);
    const [change] = values(asked);
    assert.equal(change?.['status'], 'proposed');
    pull = String(change['pull']);
    assert.match(asked.err, new RegExp(`Next: .*journey approve ${pull}.* by somebody else`));
    assert.equal(await rateLimit(), '200');
  });

  test('its diff has the bytes of `./journey diff`', async () => {
    const shown = await journey('pull', pull);
    const page = values(await journey('pull', pull, '--json'))[0]?.['pull'] as { base: string; head: string };
    const remote = join(CHECKOUT, '.journey', 'remote.git');
    const diff = await journey('diff', `${page.base}..${page.head}`, '--repository', remote);
    assert.equal(diff.code, 0, diff.err);
    assert.equal(shown.out, diff.out);
    // The checkout need not have the commit: the remote is looked into as well.
    assert.equal((await journey('diff', `${page.base.slice(0, 10)}..${page.head.slice(0, 10)}`)).out, diff.out);
    assert.match(shown.out, /rateLimit.*200.*150/);
    assert.match(execFileSync('git', ['--git-dir', remote, 'log', '-1', '--format=%an', page.head], { encoding: 'utf8' }), /cli@journey\.local/);
  });

  test('its author can neither approve nor merge it', async () => {
    const approved = await journey('approve', pull);
    assert.equal(approved.code, 1);
    assert.match(approved.err, /Nobody approves their own/);
    const merged = await journey('merge', pull);
    assert.equal(merged.code, 1);
    assert.match(merged.err, /1 more approval/);
  });

  test('a second person approves; merged, the gateway runs with it', async () => {
    assert.equal((await admin('approve', pull)).code, 0);
    const merged = await journey('merge', pull);
    assert.equal(merged.code, 0, merged.err);
    assert.match(merged.err, /succeeded/);
    assert.equal(await rateLimit(), '150');
    const [entry] = (values(await journey('history', '--json'))[0]?.['entries'] ?? []) as Record<string, unknown>[];
    assert.deepEqual([entry?.['requestedBy'], entry?.['approvedBy'], entry?.['reason'], entry?.['pull']], ['cli@journey.local', ['admin@journey.local'], 'fewer requests', Number(pull)]);
  });

  test('the file that changed is there, byte by byte, with the line of the model behind it', async () => {
    const listed = await journey('manifests', 'local');
    assert.deepEqual([listed.code, listed.out.split('\n').includes('plan.json')], [0, true], listed.err);
    const shown = await journey('manifests', 'local', 'plan.json');
    assert.equal(shown.out, execFileSync('git', ['--git-dir', join(CHECKOUT, '.journey', 'remote.git'), 'show', 'main:synth/local/plan.json'], { encoding: 'utf8' }));
    assert.match(shown.out, /"knob": "rateLimit",\s+"value": "150"|"value": "150",\s+"knob": "rateLimit"/);
    const policy = (await journey('manifests', 'production', 'kubernetes/gateway/deployment.yaml'));
    assert.match(policy.err, /line \d+ .*platform\/workloads\/gateway\.ts:\d+/, policy.err);
    const typo = await journey('manifests', 'local', 'plan.jsn');
    assert.equal(typo.code, 1);
    assert.match(typo.err, /plan\.json/);
  });

  test('a rollback wants a reason and a yes, shows what it changes, and holds what it took back', async () => {
    assert.equal((await journey('rollback', `#${pull}`)).code, 2);
    assert.equal((await journey('rollback', `#${pull}`, '--reason', 'too few')).code, 2);
    const back = await journey('rollback', `#${pull}`, '--reason', 'too few', '--yes');
    assert.equal(back.code, 0, back.err);
    assert.match(back.out, /rateLimit.*150.*200/);
    assert.match(back.err, /Hops that change: .*\bgateway\b/);
    assert.equal(await rateLimit(), '200');
    const again = await journey('change', 'knob', 'rateLimit', '150', '--reason', 'once more');
    assert.equal(again.code, 1);
    assert.match(again.err, /is held since it was taken back.*too few/);
  });

  test('an admin lifts the hold, an operator does not', async () => {
    const holds = values(await journey('holds', '--json'))[0]?.['holds'] as { id: number; subject: string; value: string }[];
    const hold = holds.find(({ subject, value }) => subject === 'knob/rateLimit' && value === '150');
    assert.equal((await journey('lift', String(hold?.id), '--reason', 'measured again')).code, 1);
    assert.equal((await admin('lift', String(hold?.id), '--reason', 'measured again')).code, 0);
    const asked = values(await journey('change', 'knob', 'rateLimit', '150', '--reason', 'once more', '--json'))[0];
    assert.equal(asked?.['status'], 'proposed');
    assert.equal((await journey('close', String(asked['pull']), '--reason', 'only tried')).code, 0);
  });

  test('a typo is asked back, from the names on main', async () => {
    const ran = await journey('deploy', 'gatewai', 'worktree', '--reason', 'x');
    assert.equal(ran.code, 1);
    assert.match(ran.err, /Did you mean "gateway"/);
  });
});

/** Automatic sync is switched off and on again, and what is not as main says is named. */
describe('automatic sync by hand', () => {
  before(async () => { await bringUp(); });
  after(async () => { await journey('down'); });

  test('off, a merge changes nothing and is drift; sync makes it real', async () => {
    const [from, to] = await otherRelease();
    assert.equal((await journey('automatic', 'local', 'off', '--reason', 'to look at it')).code, 0);
    const deployed = await journey('deploy', 'notification', to, '--reason', 'a release', '--no-wait', '--json');
    assert.equal(deployed.code, 0, deployed.err);
    assert.equal(values(deployed)[0]?.['revision'], to);
    const drift = await until('drift of the release', 60, async () => {
      const ran = await journey('drift', '--json');
      const found = (values(ran)[0]?.['drift'] as Drift[] | undefined)?.find(({ workload, field }) => workload === 'notification' && field === 'release');
      return found && { ...found, code: ran.code };
    });
    assert.deepEqual(drift, { environment: 'local', workload: 'notification', field: 'release', desired: to, live: from, code: 4 });
    const envs = await journey('envs');
    assert.ok(envs.out.includes(`notification: release should be ${to} and is ${from}`), envs.out);
    assert.match(envs.out, /^production {2}No cluster is connected/m);
    const synced = await journey('sync', 'local', '--reason', 'now');
    assert.equal(synced.code, 0, synced.err);
    assert.equal((await journey('drift')).code, 0);
    assert.equal((await journey('automatic', 'local', 'on', '--reason', 'done')).code, 0);
  });

  interface Drift { readonly environment: string; readonly workload: string; readonly field: string; readonly desired: string; readonly live: string }
  /** What main says of notification, and what it does not say. */
  const otherRelease = async (): Promise<[string, string]> => {
    const { environments } = values(await journey('envs', '--json'))[0] as unknown as { environments: { name: string; workloads: { workload: string; release: string }[] }[] };
    const now = environments.find(({ name }) => name === 'local')?.workloads.find(({ workload }) => workload === 'notification')?.release ?? '';
    return [now, now === 'worktree' ? execFileSync('git', ['-C', CHECKOUT, 'rev-parse', 'HEAD'], { encoding: 'utf8' }).trim() : 'worktree'];
  };
});
