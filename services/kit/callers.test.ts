import { afterAll, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { callerHeader, callerProof, openProofs } from './caller.ts';
import { contract } from './contract.ts';
import { inodeOf } from './peer.ts';
import { secretOf } from './secret.ts';
import { start, type Started } from './start.ts';
import { testKit } from './test/kit.ts';

const key = secretOf('the key of the workloads');
const thing = contract({ name: 'auth', about: 'x', ports: { http: 1 }, env: {}, routes: { get: { method: 'get', path: '/v1/x', about: 'x', access: 'anyone', answers: { 200: { type: 'object' } } } } });
const stops: (() => Promise<void>)[] = [];
afterAll(async () => { for (const stop of stops) await stop(); });

/** A service, and who called it so far. */
async function listening({ ownTraces = false } = {}) {
  const kit = testKit(thing);
  const started: Started = await start(kit, { ownTraces, handlers: { get: () => Promise.resolve({ status: 200, body: {} }) }, ready: {}, stop: () => Promise.resolve() });
  stops.push(async () => { await started.stop(); await kit.close(); });
  const callers = async () => [...(await kit.metrics.metrics()).matchAll(/^http_server_callers_total\{caller="(.*)",journey_reference="(.*)",service_name="auth"\} (\d+)$/gm)].map(([, caller, reference, count]) => [caller, reference, Number(count)]);
  return { kit, url: new URL(started.url), callers };
}

test('a proof is believed, one of another key, of another reference or of nobody is not', () => {
  const proof = callerProof(key, 'gateway.AUTH_URL') ?? '';
  const proven = openProofs(key);
  expect([proven(proof), proven(proof), proven(undefined), proven(''), proven('gateway.AUTH_URL'), proven(proof.replace('AUTH', 'MAIN')), proven(`${proof}0`), proven(callerProof(secretOf('other'), 'gateway.AUTH_URL'))])
    .toEqual(['gateway.AUTH_URL', 'gateway.AUTH_URL', undefined, undefined, undefined, undefined, undefined, undefined]);
  expect([callerProof(undefined, 'gateway.AUTH_URL'), callerProof(key, 'no reference'), openProofs(undefined)(proof)]).toEqual([undefined, undefined, undefined]);
});

test('the kit\'s client proves by which reference it calls; servers that are not ours do not see it', async () => {
  const { url, callers, kit } = await listening();
  const caller = testKit(thing);
  await caller.call({ service: 'auth', url, reference: 'gateway.AUTH_URL' }, { method: 'GET', path: '/v1/x' });
  await caller.call({ service: 'auth', url, reference: 'gateway.AUTH_URL' }, { method: 'GET', path: '/v1/x' });
  await caller.call({ service: 'auth', url, reference: 'gateway.OTHER' }, { method: 'GET', path: '/v1/x', refused: () => { throw new Error('refused'); } });
  expect(await callers()).toEqual([['gateway', 'gateway.AUTH_URL', 2], ['unknown', '', 1]]);
  expect(kit.workloadKey).toBe(caller.workloadKey);
  await caller.close();
});

test('probes are not counted; at the door strangers are not, either', async () => {
  const [inside, door] = [await listening(), await listening({ ownTraces: true })];
  for (const { url } of [inside, door]) {
    for (const path of ['/livez', '/readyz']) await fetch(new URL(path, url));
    await fetch(new URL('/v1/x', url), { headers: { [callerHeader]: 'gateway.AUTH_URL;forged' } });
  }
  expect([await inside.callers(), await door.callers()]).toEqual([[['unknown', '', 1]], []]);
});

test('a raw socket of another workload\'s process is named by its process; our own command line is none', async () => {
  const { url, callers } = await listening();
  const folder = await mkdtemp(join(tmpdir(), 'journey-callers-'));
  const request = `import { connect } from 'node:net';
    const socket = connect(${url.port}, '127.0.0.1', () => socket.write('GET /v1/x HTTP/1.1\\r\\nhost: x\\r\\n\\r\\n'));
    socket.once('data', () => process.exit(0));`;
  for (const program of ['services/notification/main.ts', 'platform/cli/main.ts', 'elsewhere/main.ts']) {
    await mkdir(dirname(join(folder, program)), { recursive: true });
    await writeFile(join(folder, program), request);
    expect(await once(spawn(process.execPath, [program], { cwd: folder, stdio: 'ignore' }), 'exit')).toEqual([0, null]);
  }
  expect(await callers()).toEqual([['notification', '', 1], ['unknown', '', 1]]);
  await rm(folder, { recursive: true });
});

test('many strangers at once: each is counted, few are looked for', async () => {
  const { url, callers } = await listening();
  const sockets = await Promise.all(Array.from({ length: 30 }, async () => {
    const socket = connect(Number(url.port), '127.0.0.1');
    socket.write('GET /v1/x HTTP/1.1\r\nhost: x\r\n\r\n');
    await once(socket, 'data');
    return socket;
  }));
  expect(await callers()).toEqual([['unknown', '', 30]]);
  for (const socket of sockets) socket.destroy();
});

test('the table of connections is read by both ports', () => {
  const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 111 1
   1: 0100007F:C350 0100007F:1F90 01 00000000:00000000 00:00000000 00000000  1000        0 222 1
   2: 0100007F:1F90 0100007F:C350 01 00000000:00000000 00:00000000 00000000     0        0 333 1
   3: 0100007F:C351 0100007F:1F90 06 00000000:00000000 03:00000000 00000000     0        0 0 3`;
  expect([inodeOf(table, 50_000, 8080), inodeOf(table, 50_001, 8080), inodeOf(table, 1, 2), inodeOf(table, undefined, 2)]).toEqual(['222', undefined, undefined, undefined]);
});
