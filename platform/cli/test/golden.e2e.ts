import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { bringUp, CHECKOUT, journey, journeyWith, runs, statusOf, values, type Up, type Value } from './journey.ts';

/** The first day of a person with this repository: up, send, trace, status, down. Everything is real. */
describe('the golden journey from the command line', () => {
  let up: Up;
  /** What the first `send --json` printed; others look at it again. */
  let sent: readonly Value[] = [];
  before(async () => {
    up = await bringUp();
    console.log(`# offline: ${Object.keys(networkInterfaces()).every((name) => name === 'lo') ? 'yes, only lo' : 'no, this machine allows no network namespace'}`);
    console.log(`# measured: first up ${up.seconds.toFixed(1)} s (packages already installed)`);
  });
  after(async () => { await journey('down'); });
  /** The release that a workload says it is, asked of itself. */
  const answering = async (name: string): Promise<string> => {
    const url = (await statusOf()).processes.find((p) => p.name === name)?.urls['http'] ?? '';
    return ((await (await fetch(new URL('/openapi.json', url))).json()) as { info: { version: string } }).info.version;
  };

  test('seven workloads are healthy, each a process of its own, listening on loopback only', async () => {
    const { processes } = await statusOf();
    assert.deepEqual(processes.map((p) => p.name).toSorted(), ['auth', 'configuration', 'dashboard', 'deployment', 'gateway', 'monitoring', 'notification']);
    assert.equal(new Set(processes.map((p) => p.pid)).size, 7);
    for (const p of processes) assert.equal(p.health, 'Healthy', p.name);
    const foreign = execFileSync('ss', ['-Hltn'], { encoding: 'utf8' }).split('\n').filter((l) => l !== '' && !/\s(127\.0\.0\.1|\[::1\]):\d+\s/.test(l));
    if (Object.keys(networkInterfaces()).every((name) => name === 'lo')) assert.deepEqual(foreign, []);
  });

  test('the first run prints the administrator once; the files with secrets are for this account only', async () => {
    assert.match(up.link, /^http:\/\/127\.0\.0\.1:\d+\/sign-in#link=[A-Za-z0-9_-]{43}$/);
    const again = await journey('up', '--detach');
    assert.equal(again.code, 0, again.err);
    assert.ok(!`${again.out}${again.err}`.includes(up.password));
    for (const file of ['secrets.json', 'credentials.json']) assert.equal(statSync(join(CHECKOUT, '.journey', file)).mode & 0o777, 0o600, file);
  });

  test('a fresh up leaves git status clean', () => {
    assert.equal(execFileSync('git', ['-C', CHECKOUT, 'status', '--porcelain'], { encoding: 'utf8' }), up.gitBefore);
  });

  test('send is a real deployment: every hop from the request to the mail in one connected trace, and the workload answers with the new release', async () => {
    const ran = await journey('send', '--json');
    assert.equal(ran.code, 0, ran.err);
    console.log(`# measured: send, from the request to the mail, ${ran.seconds.toFixed(1)} s`);
    const all = values(ran);
    sent = all;
    const [change] = all;
    const hops = all.filter((v) => 'spanId' in v);
    const sum = all.at(-1);
    assert.equal(change?.['status'], 'succeeded');
    assert.equal(sum?.['connected'], true);
    for (const service of ['gateway', 'auth', 'deployment', 'configuration', 'notification']) assert.ok(hops.some((h) => h['service'] === service), `no hop of ${service}`);
    for (const h of hops) assert.match(String((h['attributes'] as Record<string, unknown>)['journey.config_version']), /^[0-9a-f]{12}$/, `${String(h['service'])} does not say what it is set to`);
    const story = ['propose', 'open', 'merge', 'reconcile', 'ready', 'end: succeeded'];
    const startOf = (name: string) => Number(hops.find((h) => h['name'] === name)?.['startedAt']);
    assert.deepEqual(story.filter((name) => Number.isNaN(startOf(name))), [], 'hops that are missing');
    assert.deepEqual(story.toSorted((a, b) => startOf(a) - startOf(b)), story, 'in this order');
    const mail = hops.find((h) => typeof (h['attributes'] as Record<string, unknown>)['mail.message_id'] === 'string');
    assert.ok(Number(mail?.['startedAt']) >= startOf('end: succeeded'), 'the mail comes last');
    const id = (mail?.['attributes'] as Record<string, unknown> | undefined)?.['mail.message_id'];
    const sink = join(CHECKOUT, '.journey', 'data', 'mail');
    const mails = readdirSync(sink).filter((f) => f.endsWith('.eml')).map((f) => readFileSync(join(sink, f), 'utf8')).filter((m) => m.includes(String(id)));
    assert.equal(mails.length, 1, 'the mail of this journey lies in the sink, once');
    const revision = String(change?.['revision']);
    assert.match(mails[0] ?? '', new RegExp(`^Subject: configuration now answers with ${revision.slice(0, 8)} in local\\b`, 'm'));
    assert.equal(await answering('configuration'), revision);
    const main = (...args: string[]) => execFileSync('git', ['--git-dir', join(CHECKOUT, '.journey', 'remote.git'), ...args], { encoding: 'utf8' });
    const releases = JSON.parse(main('show', 'main:environments/releases/local.json')) as Record<string, { revision: string }>;
    assert.equal(releases['configuration']?.revision, revision);
    assert.equal(main('rev-parse', 'main').trim(), change?.['commit']);
  });

  test('the next send takes the files on disk again: each is a deployment of its own', async () => {
    const [change] = values(await journey('send', '--json'));
    assert.equal(change?.['status'], 'succeeded');
    assert.equal(await answering('configuration'), change['revision']);
    const again = values(await journey('send', '--revision', String(change['revision']), '--json'));
    assert.equal(again[0]?.['status'], 'unchanged');
    assert.equal(again.at(-1)?.['connected'], true);
  });

  test('every declared call shows a line of the model whose text holds the reference', () => {
    const hops = sent.filter((h) => typeof h['spanId'] === 'string');
    const referenced = hops.flatMap((h) => {
      const reference = (h['attributes'] as Record<string, unknown>)['journey.reference'];
      return typeof reference === 'string' && !/\.(TELEMETRY_URL|KEYS_URL|WORKLOADS)$/.test(reference) ? [{ reference, line: String(h['line']), manifests: h['manifests'] }] : [];
    });
    assert.ok(referenced.length >= 6);
    for (const { reference, line, manifests } of referenced) {
      const [file = '', number = '0'] = line.split(':');
      assert.ok(readFileSync(join(CHECKOUT, file), 'utf8').split('\n')[Number(number) - 1]?.includes(reference.split('.')[1] ?? '?'), `${reference} at ${line}`);
      assert.ok(Array.isArray(manifests) && manifests.every((m) => statSync(join(CHECKOUT, String(m))).isFile()), `${reference}: ${String(manifests)}`);
    }
  });

  test('trace prints the same journey again; an unknown one says so', async () => {
    const told = await journey('trace', String(sent.at(-1)?.['traceId']));
    assert.equal(told.code, 0, told.err);
    assert.match(told.out, /one connected trace/);
    const unknown = await journey('trace', '0'.repeat(31) + '1');
    assert.equal(unknown.code, 1);
    assert.match(unknown.err, /No journey/);
    assert.equal((await journey('trace', 'rubbish')).code, 2);
  });

  test('nothing is accepted without a token', async () => {
    for (const [method, path] of [['POST', '/v1/deployments'], ['GET', '/v1/deployments'], ['GET', '/v1/workloads'], ['PUT', '/v1/settings/local/deployment-freeze'], ['POST', '/v1/people']] as const) {
      const answer = await fetch(new URL(path, up.gateway), { method, ...(method === 'GET' ? {} : { body: '{}', headers: { 'content-type': 'application/json' } }) });
      assert.equal(answer.status, 401, `${method} ${path}`);
      assert.equal(answer.headers.get('content-type')?.split(';')[0], 'application/problem+json');
    }
    for (const { name, url } of up.services.filter((s) => s.name !== 'dashboard')) {
      const spec = await (await fetch(new URL('/openapi.json', url))).json() as { paths: Record<string, unknown> };
      assert.ok(Object.keys(spec.paths).length > 0, name);
    }
  });

  test('somebody with the wrong password is told so, and send needs a person', async () => {
    const ran = await journeyWith({ input: 'not the password\n' }, 'send', '--as', 'admin@journey.local', '--password-stdin');
    assert.equal(ran.code, 1);
    assert.doesNotMatch(ran.err, /\n\s+at /);
  });

  test('down takes every process and every port with it', async () => {
    const { processes } = await statusOf();
    const down = await journey('down');
    assert.equal(down.code, 0, down.err);
    console.log(`# measured: down ${down.seconds.toFixed(1)} s`);
    for (const { pid, name } of processes) assert.ok(!runs(pid), name);
    for (const { url } of up.services) await assert.rejects(fetch(url));
  });
});
