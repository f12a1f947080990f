import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { lettersOfChanges } from '../../drills/letters.ts';
import { bringUp, CHECKOUT, journey, runs, statusOf, until, values, type Up } from './journey.ts';

/** What happens when a part of it stops, dies or is sent rubbish. Each test leaves everything healthy again. */
describe('faults', () => {
  let up: Up;
  let token = '';
  before(async () => {
    up = await bringUp();
    token = await tokenOf();
  });
  after(async () => { await journey('down'); });

  const tokenOf = async (): Promise<string> => {
    const account = JSON.parse(readFileSync(join(CHECKOUT, '.journey', 'credentials.json'), 'utf8')) as { name: string; password: string };
    return String((await ask('POST', '/v1/tokens', JSON.stringify(account))).body['token']);
  };
  const ask = async (method: string, path: string, body?: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(new URL(path, up.gateway), {
      method, headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...(token ? { authorization: `Bearer ${token}` } : {}), ...headers }, ...(body === undefined ? {} : { body }),
    });
    const text = await answer.text();
    return { status: answer.status, type: answer.headers.get('content-type'), body: (text.startsWith('{') ? JSON.parse(text) : {}) as Record<string, unknown>, text };
  };
  const golden = JSON.stringify({ workload: 'gateway', environment: 'local', revision: 'worktree', reason: 'a fault' });
  const requests = async () => ((await ask('GET', '/v1/deployments')).body['deployments'] as unknown[]).length;
  const letters = () => lettersOfChanges(join(CHECKOUT, '.journey', 'data'));
  const mails = () => letters().length;
  const healthy = () => until('everything healthy', 30, async () => ((await statusOf()).processes.every((p) => p.health === 'Healthy') ? true : undefined));
  /** Every request has come to its end, and has its one mail. */
  const quiet = () => until('every request ended, with its mail', 90, async () => {
    const all = (await ask('GET', '/v1/deployments')).body['deployments'] as { status: string }[];
    return all.every(({ status }) => !['requested', 'proposed', 'merged'].includes(status)) && mails() === all.length ? all.length : undefined;
  });
  /** A journey to which nothing was added for ten looks: senders wait 0.3 s at most. */
  const whole = (traceId: string) => {
    let [last, looks] = ['', 0];
    return until('a whole journey', 60, async () => {
      const { text, body } = await ask('GET', `/v1/journeys/${traceId}`);
      looks = body['connected'] === true && text === last ? looks + 1 : 0;
      last = text;
      return looks >= 10 ? body : undefined;
    });
  };
  const pidOf = async (name: string) => (await statusOf()).processes.find((p) => p.name === name)?.pid ?? 0;

  for (const stopped of ['auth', 'deployment', 'configuration']) {
    test(`with ${stopped} stopped the journey ends there, the answer names it, and nothing is half-done`, async () => {
      const before = { requests: await requests(), mails: mails() };
      const pid = await pidOf(stopped);
      process.kill(pid, 'SIGSTOP');
      try {
        const answer = await ask('POST', '/v1/deployments', golden);
        assert.ok(answer.status === 502 || answer.status === 504, `${answer.status} ${answer.text}`);
        assert.equal(answer.type?.split(';')[0], 'application/problem+json');
        assert.equal(answer.body['at'], stopped, answer.text);
        assert.ok(typeof answer.body['traceId'] === 'string' && typeof answer.body['fix'] === 'string');
        const sent = await journey('send');
        assert.notEqual(sent.code, 0);
        assert.match(sent.err, new RegExp(`\\b${stopped}\\b`));
      } finally {
        process.kill(pid, 'SIGCONT');
      }
      await healthy();
      // A stopped process may take up what waited in its socket; what nobody was told of must not be counted twice.
      assert.ok(await requests() - before.requests <= (stopped === 'deployment' ? 2 : 0), 'nothing half-done');
    });
  }

  test('with the gateway stopped the command line says so', async () => {
    const pid = await pidOf('gateway');
    process.kill(pid, 'SIGSTOP');
    try {
      const sent = await journey('send');
      assert.equal(sent.code, 4);
      assert.match(sent.err, /gateway does not answer/);
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    await healthy();
  });

  test('with notification stopped the request is taken, and its mail comes once when it is back', async () => {
    const pid = await pidOf('notification');
    const before = await quiet();
    process.kill(pid, 'SIGSTOP');
    try {
      const taken = await ask('POST', '/v1/deployments', golden);
      assert.equal(taken.status, 202);
      await until('its end', 60, async () => ((await ask('GET', `/v1/deployments/${String(taken.body['id'])}`)).body['status'] === 'unchanged' ? true : undefined));
      assert.equal(mails(), before);
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    await until('the mail', 20, async () => (mails() > before ? true : undefined));
    await healthy();
    assert.equal(await quiet(), before + 1);
  });

  test('with monitoring stopped requests are served, and its spans arrive when it is back', async () => {
    const pid = await pidOf('monitoring');
    process.kill(pid, 'SIGSTOP');
    let trace = '';
    try {
      const answer = await ask('POST', '/v1/deployments', golden);
      assert.equal(answer.status, 202);
      trace = String(answer.body['traceId']);
      const read = await ask('GET', `/v1/journeys/${trace}`);
      assert.equal(read.body['at'], 'monitoring', read.text);
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    await healthy();
    await quiet();
    await until('the journey', 20, async () => ((await ask('GET', `/v1/journeys/${trace}`)).body['connected'] === true ? true : undefined));
  });

  test('a killed service is started again, and every acknowledged request is still there', async () => {
    const before = await requests();
    const answer = await ask('POST', '/v1/deployments', golden);
    assert.equal(answer.status, 202);
    const pid = await pidOf('deployment');
    process.kill(pid, 'SIGKILL');
    await until('another process', 20, async () => { const now = await pidOf('deployment'); return now !== 0 && now !== pid ? now : undefined; });
    await healthy();
    assert.ok(await requests() > before || before >= 50);
    assert.equal((await ask('GET', `/v1/deployments/${String(answer.body['id'])}`)).status, 200);
  });

  test('a killed PostgreSQL: a clear answer, then it is back with everything acknowledged', async () => {
    const taken = await ask('POST', '/v1/deployments', golden);
    assert.equal(taken.status, 202);
    process.kill((await statusOf()).postgres.pid, 'SIGKILL');
    const during = await ask('POST', '/v1/deployments', golden).catch(() => undefined);
    if (during && during.status !== 202) assert.equal(during.type?.split(';')[0], 'application/problem+json');
    await healthy();
    await until('the request', 20, async () => ((await ask('GET', `/v1/deployments/${String(taken.body['id'])}`)).status === 200 ? true : undefined));
  });

  test('the same request twice is one request', async () => {
    const key = { 'idempotency-key': 'once-only-1' };
    const first = await ask('POST', '/v1/deployments', golden, key);
    const second = await ask('POST', '/v1/deployments', golden, key);
    assert.equal(second.body['id'], first.body['id']);
    assert.equal((await ask('POST', '/v1/deployments', golden.replace('a fault', 'another'), key)).status, 409);
  });

  test('rubbish is answered by problem+json without a stack', async () => {
    const bodies: [string, string, number[]][] = [
      ['not JSON', '{"workload":', [400]],
      ['10 MB', JSON.stringify({ reason: 'x'.repeat(10_000_000) }), [413]],
      ['10,000 levels', '['.repeat(10_000) + ']'.repeat(10_000), [400, 413, 422]],
      ['a wrong value', golden.replace('"local"', '"../../etc"'), [400, 422]],
      ['an unknown environment', golden.replace('"local"', '"moon"'), [400, 404, 422]],
      ['an unknown key', golden.replace('{', '{"extra":1,'), [400, 422]],
    ];
    for (const [what, body, statuses] of bodies) {
      const answer = await ask('POST', '/v1/deployments', body);
      assert.ok(statuses.includes(answer.status), `${what}: ${answer.status} ${answer.text.slice(0, 300)}`);
      assert.equal(answer.type?.split(';')[0], 'application/problem+json', what);
      assert.doesNotMatch(answer.text, /node_modules|\n\s+at |\.ts:\d/, what);
      for (const key of ['code', 'traceId', 'fix']) assert.equal(typeof answer.body[key], 'string', `${what}: ${key}`);
    }
  });

  test('somebody who may only look is refused with the reason', async () => {
    const admin = await fetch(new URL('/v1/tokens', up.gateway), { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name: 'admin@journey.local', password: up.password }) });
    const { token: adminToken } = await admin.json() as { token: string };
    const own = token;
    try {
      token = adminToken;
      assert.equal((await ask('POST', '/v1/people', JSON.stringify({ name: 'viewer@journey.local', password: 'only here to look', roles: ['viewer'] }))).status, 201);
      token = '';
      token = String((await ask('POST', '/v1/tokens', JSON.stringify({ name: 'viewer@journey.local', password: 'only here to look' }))).body['token']);
      const refused = await ask('POST', '/v1/deployments', golden);
      assert.equal(refused.status, 403);
      assert.match(String(refused.body['detail']), /viewer.*operator/);
      assert.equal(refused.body['at'], 'auth');
    } finally {
      token = own;
    }
  });

  test('a frozen environment refuses with its reason', async () => {
    const freeze = (frozen: boolean) => ask('PUT', '/v1/settings/local/deployment-freeze', JSON.stringify({ value: { frozen, reason: frozen ? 'audit week' : '' } }));
    assert.equal((await freeze(true)).status, 200);
    const refused = await ask('POST', '/v1/deployments', golden);
    assert.equal(refused.body['code'], 'frozen', refused.text);
    assert.match(refused.text, /audit week/);
    assert.equal((await freeze(false)).status, 200);
    assert.equal((await ask('POST', '/v1/deployments', golden)).status, 202);
  });

  test('kill -9 of the runner leaves no process and no port; the next up has everything', async () => {
    const kept = await ask('POST', '/v1/deployments', golden);
    const { processes, postgres, runner } = await statusOf();
    process.kill(runner.pid, 'SIGKILL');
    const down = await journey('down');
    assert.equal(down.code, 0, down.err);
    for (const { pid, name } of [...processes, postgres]) assert.ok(!runs(pid), name);
    for (const { url } of up.services) await assert.rejects(fetch(url));
    assert.equal((await journey('up', '--detach')).code, 0);
    token = await tokenOf();
    assert.equal((await ask('GET', `/v1/deployments/${String(kept.body['id'])}`)).status, 200);
  });

  let seen: Record<string, unknown> = {};
  test('a busy port: which, who holds it, and the fix, with exit code 5', async () => {
    const sent = await ask('POST', '/v1/deployments', golden);
    await until('its mail', 60, async () => letters().some((text) => text.includes(String(sent.body['id']))) || undefined);
    seen = await whole(String(sent.body['traceId']));
    await journey('down');
    const port = Number(new URL(up.gateway).port);
    const holder = createServer();
    await new Promise<void>((resolve) => { holder.listen(port, '127.0.0.1', () => resolve()); });
    try {
      const ran = await journey('up', '--detach');
      assert.equal(ran.code, 5);
      assert.match(ran.err, new RegExp(String(port)));
      assert.match(ran.err, new RegExp(String(process.pid)));
      assert.doesNotMatch(ran.err, /\n\s+at /);
    } finally {
      await new Promise<void>((resolve) => { holder.close(() => resolve()); });
    }
    assert.equal((await journey('up', '--detach')).code, 0);
    token = await tokenOf();
  });

  test('telemetry outlives down and up: a journey is the same afterwards, hop by hop and line by line', async () => {
    const { hops, logs, connected } = seen;
    assert.ok(Array.isArray(hops) && hops.length > 10 && Array.isArray(logs) && logs.length > 0 && connected === true, JSON.stringify(seen).slice(0, 300));
    assert.deepEqual((await ask('GET', `/v1/journeys/${String(seen['traceId'])}`)).body, seen);
  });

  test('wrong words: usage, did you mean, no stack', async () => {
    const typo = await journey('sned');
    assert.equal(typo.code, 2);
    assert.match(typo.err, /[Dd]id you mean.*send/);
    const unknown = await journey('synth', 'prodution', '--check');
    assert.equal(unknown.code, 2);
    assert.match(unknown.err, /production/);
    assert.ok(values(await journey('help', '--json')).length >= 12);
  });
});
