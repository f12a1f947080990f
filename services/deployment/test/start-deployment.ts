import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '../../kit/migrate.ts';
import { start } from '../../kit/start.ts';
import { testKit, type TestKit } from '../../kit/test/kit.ts';
import { startPostgres, type TestPostgres } from '../../kit/test/postgres.ts';
import { app } from '../app.ts';
import { deployment } from '../contract.ts';

export interface TestDeployment {
  readonly url: string;
  readonly kit: TestKit<typeof deployment>;
  readonly postgres: TestPostgres;
  /** What configuration answers, and how often it was asked. */
  readonly configuration: { answer: { readonly status: number; readonly body: unknown }; asked: number; close(): Promise<void>; open(): Promise<void> };
  sql(text: string, params?: readonly unknown[]): Promise<readonly Record<string, unknown>[]>;
  /** Rows of request, audit and outbox, in this order. */
  counts(): Promise<readonly number[]>;
  call(method: string, path: string, o?: { readonly body?: unknown; readonly token?: string | null; readonly key?: string }): Promise<{ readonly status: number; readonly body: Record<string, unknown>; readonly headers: Headers }>;
  /** Ends the service and nothing else. */
  stopService(): Promise<void>;
  /** Another process of the service, on the same database and queue. */
  startService(): Promise<void>;
  stop(): Promise<void>;
}

const graph = { nodes: [{ name: 'gateway', kind: 'workload' }, { name: 'auth', kind: 'workload' }, { name: 'sessions', kind: 'backing' }], edges: [] };
export const notFrozen = { status: 200, body: { environment: 'local', name: 'deployment-freeze', value: { frozen: false }, version: 0, source: 'default' } };

/** The real service on a free port, a database and a queue of its own, and a configuration that answers what a test tells it to. */
export async function startDeployment(): Promise<TestDeployment> {
  const postgres = await startPostgres();
  const synth = await mkdtemp(join(tmpdir(), 'deployment-test-'));
  await mkdir(join(synth, 'local'));
  await writeFile(join(synth, 'local', 'journey.json'), JSON.stringify(graph));
  const configuration = await fakeConfiguration();
  const env = {
    DATABASE: await postgres.backing('deployments'), EVENTS: await postgres.backing('events'), CONFIGURATION_URL: configuration.url, SYNTH_FOLDER: synth,
  };
  const kit = testKit(deployment, env);
  await migrate(kit.env.DATABASE, join(import.meta.dirname, '../migrations'), kit.log);
  let started = await start(kit, await app(kit));
  const operator = kit.tokenFor('otto@example.com', 'operator');

  const sql: TestDeployment['sql'] = async (text, params = []) => {
    const client = new pg.Client({ connectionString: postgres.url, options: '-c search_path=deployments' });
    await client.connect();
    try {
      return (await client.query(text, [...params])).rows;
    } finally {
      await client.end();
    }
  };
  return {
    get url() { return started.url; },
    kit, postgres, configuration, sql,
    async counts() {
      const [row] = await sql('select (select count(*)::int from requests) as requests, (select count(*)::int from audit) as audit, (select count(*)::int from outbox) as outbox');
      return [row?.['requests'], row?.['audit'], row?.['outbox']].map(Number);
    },
    async call(method, path, { body, token = operator, key } = {}) {
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      const response = await fetch(started.url + path, {
        method,
        headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...(key === undefined ? {} : { 'idempotency-key': key }) },
        ...(body === undefined ? {} : { body: text }),
      });
      return { status: response.status, body: await response.json(), headers: response.headers };
    },
    stopService: () => started.stop(),
    async startService() {
      const next = testKit(deployment, env);
      started = await start(next, await app(next));
    },
    async stop() {
      await started.stop();
      await kit.close();
      await configuration.close();
      await postgres.stop();
      await rm(synth, { recursive: true });
    },
  };
}

async function fakeConfiguration() {
  let server: Server | undefined;
  let port = 0;
  const fake = {
    answer: notFrozen as { readonly status: number; readonly body: unknown }, asked: 0, url: '',
    async open() {
      server = createServer((_, response) => {
        fake.asked += 1;
        response.writeHead(fake.answer.status, { 'content-type': fake.answer.status < 400 ? 'application/json' : 'application/problem+json' });
        response.end(JSON.stringify(fake.answer.body));
      });
      await new Promise<void>((resolve) => { server?.listen(port, '127.0.0.1', resolve); });
      const address = server.address();
      port = typeof address === 'object' && address !== null ? address.port : 0;
      fake.url = `http://127.0.0.1:${String(port)}`;
    },
    async close() {
      server?.closeAllConnections();
      await new Promise((resolve) => { if (server === undefined) resolve(null); else server.close(resolve); });
    },
  };
  await fake.open();
  return fake;
}
