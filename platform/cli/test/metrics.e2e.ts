import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { PATIENCE_MS, timed, type Timed } from '../../bench/figures/timed.ts';
import { bringUp, CHECKOUT, journey, statusOf, until, type Up, type Value } from './journey.ts';

/** What monitoring says was asked, beside what a driver of its own has asked; and who was seen to use what, beside what is declared. */
describe('figures and edges', () => {
  let up: Up;
  let token = '';
  before(async () => {
    up = await bringUp();
    const signedIn = await fetch(`${up.gateway}/v1/tokens`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name: 'admin@journey.local', password: up.password }) });
    token = ((await signedIn.json()) as { readonly token: string }).token;
    await until('every workload was looked at', 30, async () => (await read<{ looks: readonly { at: number | null }[] }>('/v1/metrics/names')).looks.every(({ at }) => at !== null) || undefined);
  });
  after(async () => { await journey('down'); });

  const ask = (path: string) => fetch(up.gateway + path, { headers: { authorization: `Bearer ${token}` } });
  const read = async <T>(path: string): Promise<T> => (await ask(path)).json() as Promise<T>;
  const edges = async () => (await read<{ readonly edges: readonly Edge[] }>('/v1/edges')).edges;

  test('counts of routes, services and edges equal those of the driver within 1 %, and no time is more than the driver waited', async () => {
    const from = Date.now() - 1000;
    const [good, refused]: [number[], number[]] = [[], []];
    const asking: Promise<void>[] = [];
    const agent = new Agent({ keepAlive: true, timeout: PATIENCE_MS });
    const began = performance.now();
    for (let sent = 0; sent < 600; sent += 1) {
      const wait = began + sent * 25 - performance.now();
      if (wait > 0) await new Promise<void>((resolve) => { setTimeout(resolve, wait); });
      asking.push(timed(`${up.gateway}${sent % 5 === 4 ? `/v1/journeys/${'ab'.repeat(16)}` : '/v1/workloads'}`, token, agent).then(({ status, tookMs }) => { if (status === 200) good.push(tookMs); else if (status === 404) refused.push(tookMs); }));
    }
    await Promise.all(asking);
    agent.destroy();
    assert.equal(good.length + refused.length, 600, 'everything was answered as it should be');
    const groups = async (by: string, service: string) => (await read<{ readonly groups: readonly Group[] }>(`/v1/metrics/red?by=${by}&service=${service}&from=${from}`)).groups;
    for (const service of ['gateway', 'monitoring']) {
      const seen = await until(`${service} has told all`, 15, async () => {
        const routes = await groups('route', service);
        const [one, other] = [routes.find(({ labels }) => labels['route'] === '/v1/workloads'), routes.find(({ labels }) => labels['route'] === '/v1/journeys/:traceId')];
        return one && other && one.requests + other.requests >= 600 ? { one, other } : undefined;
      });
      near(seen.one.requests, good.length, `${service}: answered`);
      near(seen.other.requests, refused.length, `${service}: not found`);
      near(seen.other.refused, refused.length, `${service}: not found is refused, no error`);
      const [p50, p99, mean] = [quantile(good, 0.5), quantile(good, 0.99), good.reduce((sum, one) => sum + one, 0) / good.length];
      console.log(`measured: ${service} mean ${ms(seen.one.mean)}, p50 ${ms(seen.one.p50)}, p99 ${ms(seen.one.p99)}; the driver ${mean.toFixed(1)}, ${p50.toFixed(1)} and ${p99.toFixed(1)} ms`);
      // To 2 ms by `./journey bench figures`, on a machine that does nothing else; what is behind the gateway takes a part of its time.
      for (const [what, shown, counted] of [['mean', seen.one.mean, mean], ['p50', seen.one.p50, p50], ['p99', seen.one.p99, p99]] as const) {
        assert.ok((shown ?? Infinity) * 1000 <= Math.max(counted + 2, nextBound(counted)), `${service}: ${what} ${ms(shown)} is more than the ${counted.toFixed(1)} ms of the driver`);
        // What is behind the door takes a part of it; the door itself nearly all.
        assert.ok((shown ?? 0) * 1000 > (service === 'gateway' ? counted / 3 : 0), `${service}: ${what} ${ms(shown)} is less than the driver waited: ${counted.toFixed(1)} ms`);
      }
    }
    const edge = (await groups('edge', 'gateway')).find(({ labels }) => labels['reference'] === 'gateway.MONITORING_URL');
    // Reading the figures is a request as well, a second or two old at most.
    assert.ok(edge && edge.requests >= 600 && edge.requests <= 700, `gateway → monitoring: ${edge?.requests}`);
    const queries = await groups('query', 'monitoring');
    const spans = queries.find(({ labels }) => labels['query'] === 'SELECT spans');
    near(spans?.requests ?? 0, refused.length, 'one statement for each journey that was looked for');
    console.log(`measured: SQL p99 of ${queries.length} statements, the slowest ${ms(Math.max(...queries.map(({ p99 }) => p99 ?? 0)))}`);
  });

  test('a journey says how long its request took, as who asked has measured it', async () => {
    const agent = new Agent({ keepAlive: true, timeout: PATIENCE_MS });
    const asked: Timed[] = [];
    // One after the other: who waits in a queue before the door waits for nobody's clock but his own.
    for (let sent = 0; sent < 21; sent += 1) asked.push(await timed(`${up.gateway}/v1/workloads`, token, agent));
    agent.destroy();
    const more: number[] = [];
    for (const { tookMs, traceId } of asked) {
      const root = await until('the journey is told', 15, async () => (await read<{ readonly hops?: readonly { readonly parentId: string | null; readonly durationMs: number }[] }>(`/v1/journeys/${traceId}`)).hops?.find(({ parentId }) => parentId === null));
      more.push(tookMs - root.durationMs);
    }
    const [waited, apart] = [quantile(asked.map(({ tookMs }) => tookMs), 0.5), quantile(more, 0.5)];
    console.log(`measured: the driver waited ${apart.toFixed(2)} ms longer than the journey says, of ${waited.toFixed(1)}, at the median of ${more.length}`);
    // To 2 ms by `./journey bench figures`. A door that waits for a processor ends its own time after the answer was heard: single ones may be longer.
    assert.ok(apart > -2 && apart <= Math.max(10, waited * 0.7), `journeys and driver: ${more.map((ms) => ms.toFixed(1)).join(', ')}`);
  });

  test('every edge that was seen is declared; one call around the kit makes exactly one that is not', async () => {
    const declared = new Set((JSON.parse(readFileSync(join(CHECKOUT, 'synth/local/journey.json'), 'utf8')) as { readonly edges: readonly { readonly reference: string; readonly to: string }[] }).edges.map(({ reference }) => reference));
    const page = up.services.find(({ name }) => name === 'dashboard')?.url ?? '';
    await until('the pages are seen to ask the gateway', 30, async () => {
      await (await fetch(`${page}/api/v1/sessions/current`)).arrayBuffer();
      return (await edges()).some(({ caller, callee }) => caller === 'dashboard' && callee === 'gateway') || undefined;
    });
    const outside = async () => (await edges()).filter((edge) => !isDeclared(edge, declared));
    assert.deepEqual(await outside(), []);
    const { processes } = await statusOf();
    const [auth, notification] = ['auth', 'notification'].map((name) => processes.find((one) => one.name === name));
    await inside(notification?.pid ?? 0, AROUND(new URL(auth?.urls['http'] ?? '').port));
    const [planted, ...more] = await until('the call is seen', 15, async () => {
      const found = await outside();
      return found.length > 0 ? found : undefined;
    });
    assert.deepEqual(more, []);
    assert.deepEqual({ ...planted, lastSeen: 0 }, { caller: 'notification', callee: 'auth', kind: 'call', reference: null, requests: 1, errors: 0, p99: null, lastSeen: 0, seenBy: 'callee' });
  });
});

interface Group { readonly labels: Readonly<Record<string, string>>; readonly requests: number; readonly refused: number; readonly p50: number | null; readonly p99: number | null; readonly mean: number | null }
interface Edge { readonly caller: string; readonly callee: string; readonly reference: string | null }

/** By its reference; the pages hold no key to prove theirs, and are known by their process. */
function isDeclared({ caller, callee, reference }: Edge, declared: ReadonlySet<string>): boolean {
  return declared.has(reference ?? '') || (caller === 'dashboard' && callee === 'gateway' && declared.has('dashboard.GATEWAY_URL'));
}

const near = (seen: number, counted: number, what: string) => assert.ok(Math.abs(seen - counted) <= counted / 100, `${what}: ${seen} seen, ${counted} counted`);
const quantile = (all: readonly number[], q: number) => all.toSorted((a, b) => a - b)[Math.min(all.length - 1, Math.floor(all.length * q))] ?? 0;
/** A quantile is exact up to the bucket that it lies in (services/kit/measures.ts). */
const nextBound = (value: number) => [10, 20, 31, 40, 50, 60, 75, 100, 125, 150, 200, 250, 350, 500, 750, 1000, 2500, 5000, 7500, 10_000].find((bound) => bound >= value) ?? Infinity;
const ms = (seconds: number | null) => `${((seconds ?? 0) * 1000).toFixed(1)} ms`;

/** A request on a bare handle, which the guard (it watches node:net and node:dgram) does not see. */
const AROUND = (port: string) => `new Promise((resolve, reject) => {
  const { TCP, TCPConnectWrap, constants } = process.binding('tcp_wrap');
  const { WriteWrap } = process.binding('stream_wrap');
  const handle = new TCP(constants.SOCKET);
  const request = new TCPConnectWrap();
  request.oncomplete = (status) => {
    if (status !== 0) return reject(new Error('connect ' + status));
    handle.writeUtf8String(new WriteWrap(), 'GET /v1/around HTTP/1.1\\r\\nhost: auth\\r\\n\\r\\n');
    setTimeout(() => { handle.close(); resolve('sent'); }, 500);
  };
  const failed = handle.connect(request, '127.0.0.1', ${port});
  if (failed !== 0) reject(new Error('connect ' + failed));
})`;

/** Runs an expression in a process by Node's inspector, as somebody with this account could. */
async function inside(pid: number, expression: string): Promise<void> {
  process.kill(pid, 'SIGUSR1');
  const [target] = await until('the inspector listens', 5, async () => (await fetch('http://127.0.0.1:9229/json/list').then((answer) => answer.json(), () => undefined)) as readonly { readonly webSocketDebuggerUrl: string }[] | undefined);
  const socket = new WebSocket(target?.webSocketDebuggerUrl ?? '');
  await new Promise((resolve) => { socket.addEventListener('open', resolve, { once: true }); });
  const said = new Promise<Value>((resolve) => { socket.addEventListener('message', ({ data }) => resolve(JSON.parse(String(data)) as Value), { once: true }); });
  socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params: { expression, awaitPromise: true, returnByValue: true } }));
  const answer = await said;
  socket.close();
  assert.match(JSON.stringify(answer), /"value":"sent"/);
}
