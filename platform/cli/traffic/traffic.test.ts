import { afterEach, expect, test } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import { auth } from '../../../services/auth/contract.ts';
import { configuration } from '../../../services/configuration/contract.ts';
import { deployment } from '../../../services/deployment/contract.ts';
import { demoDrawn as drawn, demoMix as mix, gateway as door } from '../../../services/gateway/contract.ts';
import type { Contract, Route } from '../../../services/kit/contract.ts';
import { monitoring } from '../../../services/monitoring/contract.ts';
import { drive } from './drive.ts';
import { openTally } from './tally.ts';

let server: Server | undefined;
afterEach(() => new Promise<void>((resolve) => { if (server) server.close(() => resolve()); else resolve(); }));

async function answering(status: (path: string) => number) {
  const heard: { readonly path: string; readonly label: string | undefined; readonly token: boolean }[] = [];
  server = createServer((request, response) => {
    heard.push({ path: request.url ?? '', label: String(request.headers['journey-traffic']), token: request.headers.authorization !== undefined });
    request.resume();
    response.writeHead(status(request.url ?? ''), { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((resolve) => { server?.listen(0, '127.0.0.1', resolve); });
  const address = server.address();
  const gateway = new URL(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`);
  return { heard, gateway };
}

test('every kind comes as often as its weight says', () => {
  const all = mix.reduce((sum, { weight }) => sum + weight, 0);
  const counts = new Map<string, number>();
  for (let at = 0; at < all; at += 1) counts.set(drawn((at + 0.5) / all).name, (counts.get(drawn((at + 0.5) / all).name) ?? 0) + 1);
  expect(counts).toEqual(new Map(mix.map(({ name, weight }) => [name, weight])));
});

const routesOf = (contract: Contract): readonly Route[] => Object.values(contract.routes);
const open = [...routesOf(door), ...[auth, configuration, deployment, monitoring].flatMap(routesOf).filter((route) => route.public === true)];

test.each(mix.map((kind) => [kind.name, kind] as const))('%s asks a route that the gateway has', (_, { method, path }) => {
  const [asked = ''] = path.split('?');
  expect(open.filter((route) => route.method === method.toLowerCase() && new RegExp(`^${route.path.replace(/:[a-zA-Z]+/g, '[^/]+')}$`).test(asked))).toHaveLength(1);
});

test('a steady rate for so long, every request labelled, wrong answers counted as failures', async () => {
  const { heard, gateway } = await answering((path) => (path.includes('history') ? 503 : 200));
  const tally = openTally();
  const began = performance.now();
  await drive({ gateway, token: 'a', signal: new AbortController().signal }, tally, { perSecond: 100, seconds: 1, each: () => undefined });
  expect(performance.now() - began).toBeGreaterThan(900);
  expect(heard).toHaveLength(100);
  expect(heard.every(({ label }) => label === 'demo')).toBe(true);
  const rows = tally.rows();
  expect(rows.reduce((sum, { sent }) => sum + sent, 0)).toBe(100);
  for (const { name, sent, failed } of rows) expect([name, failed]).toEqual([name, mix.find((kind) => kind.name === name)?.good.includes(200) && name !== 'look at the history' ? 0 : sent]);
});

test('it stops when it is told to', async () => {
  const { heard, gateway } = await answering(() => 200);
  const stop = new AbortController();
  const driving = drive({ gateway, token: 'a', signal: stop.signal }, openTally(), { perSecond: 50, seconds: 3600, each: (sent) => { if (sent > 50) stop.abort(); } });
  await driving;
  expect(heard.length).toBeLessThan(60);
});
