import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { bringUp, CHECKOUT, journey, journeyWith, runs, statusOf, values, type Up } from './journey.ts';

/** The first day of a person with this repository: up, send, trace, status, down. Everything is real. */
describe('the golden journey from the command line', () => {
  let up: Up;
  before(async () => {
    up = await bringUp();
    console.log(`# offline: ${Object.keys(networkInterfaces()).every((name) => name === 'lo') ? 'yes, only lo' : 'no, this machine allows no network namespace'}`);
    console.log(`# measured: first up ${up.seconds.toFixed(1)} s (packages already installed)`);
  });
  after(async () => { await journey('down'); });

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

  test('send prints at least six hops of one connected trace, ending with the mail in the sink', async () => {
    const ran = await journey('send', '--json');
    assert.equal(ran.code, 0, ran.err);
    const all = values(ran);
    const hops = all.filter((v) => 'spanId' in v);
    const sum = all.at(-1);
    assert.equal(sum?.['connected'], true);
    assert.ok(hops.length >= 6, `${hops.length} hops`);
    for (const service of ['gateway', 'auth', 'deployment', 'configuration', 'notification']) assert.ok(hops.some((h) => h['service'] === service), `no hop of ${service}`);
    const id = hops.map((h) => (h['attributes'] as Record<string, unknown>)['mail.message_id']).find((v) => typeof v === 'string');
    const sink = join(CHECKOUT, '.journey', 'data', 'mail');
    const mails = readdirSync(sink).filter((f) => f.endsWith('.eml')).map((f) => readFileSync(join(sink, f), 'utf8'));
    assert.equal(mails.filter((m) => m.includes(String(id))).length, 1, 'the mail of this journey lies in the sink, once');
  });

  test('every declared call shows a line of the model whose text holds the reference', async () => {
    const hops = values(await journey('send', '--json')).filter((h) => typeof h['spanId'] === 'string');
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
    const sent = values(await journey('send', '--json')).at(-1);
    const told = await journey('trace', String(sent?.['traceId']));
    assert.equal(told.code, 0, told.err);
    assert.match(told.out, /one connected trace/);
    const unknown = await journey('trace', '0'.repeat(31) + '1');
    assert.equal(unknown.code, 1);
    assert.match(unknown.err, /No journey/);
    assert.equal((await journey('trace', 'rubbish')).code, 2);
  });

  test('nothing is accepted without a token', async () => {
    for (const [method, path] of [['POST', '/v1/deployments'], ['GET', '/v1/deployments'], ['GET', '/v1/workloads'], ['PUT', '/v1/settings/dev/deployment-freeze'], ['POST', '/v1/people']] as const) {
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
