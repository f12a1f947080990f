import type { Response } from 'express';
import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import Agent from 'undici/lib/dispatcher/agent.js';
import { fakeService, type FakeService } from '../test/fake-service.ts';
import { upstream, type Outgoing } from './upstream.ts';

const outgoing: Outgoing = { method: 'GET', path: '/v1/things', route: '/v1/things', headers: {}, body: null, slow: false };
const agent = new Agent({ headersTimeout: 300, bodyTimeout: 300 });
let service: FakeService;
beforeAll(async () => { service = await fakeService(() => 'hang'); });
afterAll(async () => {
  await agent.destroy();
  await service.close();
});

/** Sends through a real response of a real server; answers what `send` threw. */
async function thrownFor(sent: Outgoing): Promise<unknown> {
  const { promise, resolve } = Promise.withResolvers<unknown>();
  const endpoint = { service: 'thing', url: new URL(`${service.url}/below/`), reference: 'gateway.THING_URL' };
  const server = createServer((_, response) => {
    upstream(agent, endpoint).send(sent, response as Response).then(() => null, (error: unknown) => error).then(resolve).finally(() => { response.end(); });
  });
  await new Promise<void>((listening) => { server.listen(0, '127.0.0.1', listening); });
  const address = server.address();
  await fetch(`http://127.0.0.1:${String(typeof address === 'object' && address !== null ? address.port : 0)}`);
  await new Promise((closed) => { server.close(closed); });
  return promise;
}

test('a service that says nothing is given up, by name', async () => {
  expect(await thrownFor(outgoing)).toMatchObject({ code: 'upstream_timeout', at: 'thing' });
});

test('one that may work longer is waited for', async () => {
  const asked = thrownFor({ ...outgoing, slow: true });
  // The clock of the HTTP client is coarse (about a second): what is not slow was given up long before that.
  expect(await Promise.race([asked, new Promise((resolve) => { setTimeout(() => resolve('still waiting'), 2500); })])).toBe('still waiting');
  await service.close();
  expect(await asked).toMatchObject({ code: 'upstream_unavailable', at: 'thing' });
  await service.open();
});

test('a path below the endpoint\'s own is kept', async () => {
  service.reply = () => ({ status: 204 });
  expect(await thrownFor(outgoing)).toBeNull();
  expect(service.seen.at(-1)?.url).toBe('/below/v1/things');
});

test('a target that is no path goes nowhere', async () => {
  const before = service.seen.length;
  expect(await thrownFor({ ...outgoing, path: 'http://other.example/v1/things' })).toMatchObject({ code: 'bad_request' });
  expect(service.seen).toHaveLength(before);
});
