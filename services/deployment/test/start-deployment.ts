import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import type { Role } from '../../kit/contract.ts';
import { migrate } from '../../kit/migrate.ts';
import { start } from '../../kit/start.ts';
import { testKit, type TestKit } from '../../kit/test/kit.ts';
import { startPostgres, type TestPostgres } from '../../kit/test/postgres.ts';
import { until } from '../../kit/test/until.ts';
import { app } from '../app.ts';
import { deployment } from '../contract.ts';
import type { DeploymentRequest } from '../domain/request.ts';
import { startFakeConfiguration, type FakeConfiguration } from './fake-configuration.ts';
import { startFakeReconciler, type FakeReconciler } from './fake-reconciler.ts';
import { makeRepository } from './fixture-repository.ts';

export interface TestDeployment {
  readonly url: string;
  readonly kit: TestKit<typeof deployment>;
  readonly postgres: TestPostgres;
  readonly configuration: FakeConfiguration;
  readonly reconciler: FakeReconciler;
  /** The bare repository, and the commit that main began with. */
  readonly repository: string;
  readonly first: string;
  sql(text: string, params?: readonly unknown[]): Promise<readonly Record<string, unknown>[]>;
  /** Rows of request, audit and outbox, in this order. */
  counts(): Promise<readonly number[]>;
  call(method: string, path: string, o?: CallOptions): Promise<Said>;
  /** Waits until the request is in one of these states. */
  becomes(id: unknown, ...statuses: readonly string[]): Promise<DeploymentRequest>;
  token(name: string, role: Role): string;
  /** Ends the service and nothing else. */
  stopService(): Promise<void>;
  /** Another process of the service, on the same database, queue and repository. */
  startService(): Promise<void>;
  stop(): Promise<void>;
}
export interface CallOptions { readonly body?: unknown; readonly token?: string | null; readonly key?: string }
export interface Said { readonly status: number; readonly body: Record<string, unknown>; readonly headers: Headers }

const graph = { nodes: [{ name: 'gateway', kind: 'workload' }, { name: 'auth', kind: 'workload' }, { name: 'sessions', kind: 'backing' }], edges: [] };

/**
 * The real service on a free port: a database and a queue of its own, the real local forge over a real repository, a
 * configuration and an engine that answer what a test tells them to, and a command line that knows the small model of the test.
 * @param more other values of its environment, which may need the repository
 */
export async function startDeployment(more: Readonly<Record<string, string>> | ((repository: string) => Promise<Readonly<Record<string, string>>>) = {}): Promise<TestDeployment> {
  const postgres = await startPostgres();
  const root = await makeRoot();
  const repository = join(root, 'remote.git');
  const first = await makeRepository(repository);
  const [configuration, reconciler] = [await startFakeConfiguration(), await startFakeReconciler(repository)];
  const [events, env] = [await postgres.backing('events'), {
    DATABASE: await postgres.backing('deployments'), CONFIGURATION_URL: configuration.url, SYNTH_FOLDER: join(root, 'synth'),
    REPOSITORY: pathToFileURL(repository).href, ENGINE: reconciler.url, ...(typeof more === 'function' ? await more(repository) : more),
  }];
  const kit = testKit(deployment, { ...env, EVENTS: events, REQUESTS: events });
  await migrate(kit.env.DATABASE, join(import.meta.dirname, '../migrations'), kit.log);
  let started = await start(kit, await app(kit, root));

  const sql: TestDeployment['sql'] = async (text, params = []) => {
    const client = new pg.Client({ connectionString: postgres.url, options: '-c search_path=deployments' });
    await client.connect();
    try {
      return (await client.query(text, [...params])).rows;
    } finally {
      await client.end();
    }
  };
  const token = (name: string, role: Role) => kit.tokenFor(name, role);
  const operator = token('otto@example.com', 'operator');
  const test: TestDeployment = {
    get url() { return started.url; },
    kit, postgres, configuration, reconciler, repository, first, sql, token,
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
    async becomes(id, ...statuses) {
      let last: unknown;
      return until(`${String(id)} is ${statuses.join(' or ')}`, async () => {
        last = (await test.call('GET', `/v1/deployments/${String(id)}`)).body;
        return statuses.includes(String((last as DeploymentRequest).status)) ? last as DeploymentRequest : undefined;
      }, 30_000).catch((error: unknown) => { throw new Error(`${String(error)}; it is ${JSON.stringify(last)}; ${JSON.stringify(kit.lines.filter(({ level }) => level === 'warn' || level === 'error').slice(-5))}`); });
    },
    stopService: () => started.stop(),
    async startService() {
      const next = testKit(deployment, { ...env, EVENTS: events, REQUESTS: events });
      started = await start(next, await app(next, root));
    },
    async stop() {
      await started.stop();
      await kit.close();
      await reconciler.stop();
      await configuration.close();
      await postgres.stop();
      await rm(root, { recursive: true, force: true });
    },
  };
  return test;
}

/** A checkout as the service sees one: `synth/`, and the command line of a test in place of the real one. */
export async function makeRoot(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'deployment-test-'));
  for (const folder of ['synth/local', 'platform/cli']) await mkdir(join(root, folder), { recursive: true });
  await writeFile(join(root, 'synth/local/journey.json'), JSON.stringify(graph));
  await writeFile(join(root, 'package.json'), '{"type":"module"}');
  const fake = pathToFileURL(join(import.meta.dirname, 'fake-journey.ts')).href;
  await writeFile(join(root, 'platform/cli/main.ts'), `import { main } from ${JSON.stringify(fake)};\nprocess.exitCode = await main(process.argv.slice(2));\n`);
  return root;
}
