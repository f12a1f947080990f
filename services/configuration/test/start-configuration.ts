import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '../../kit/migrate.ts';
import { start } from '../../kit/start.ts';
import { testKit, type TestKit } from '../../kit/test/kit.ts';
import { startPostgres, type TestPostgres } from '../../kit/test/postgres.ts';
import { app } from '../app.ts';
import { configuration } from '../contract.ts';

export interface TestConfiguration {
  readonly url: string;
  readonly metricsUrl: string;
  readonly kit: TestKit<typeof configuration>;
  readonly postgres: TestPostgres;
  /** Makes an environment known, as `./journey synth` would. */
  synthesize(environment: string): Promise<void>;
  get(path: string, token?: string | null): Promise<Said>;
  put(path: string, body: unknown, token?: string | null): Promise<Said>;
  sql(text: string, params?: readonly unknown[]): Promise<readonly Record<string, unknown>[]>;
  stop(): Promise<void>;
}
export interface Said { readonly status: number; readonly body: Record<string, unknown>; readonly headers: Headers }

/** The real service on a free port with a database and a cache of its own, or with the cache that `cacheUrl` names. */
export async function startConfiguration(cacheUrl?: string): Promise<TestConfiguration> {
  const postgres = await startPostgres();
  const synth = await mkdtemp(join(tmpdir(), 'configuration-test-'));
  const kit = testKit(configuration, { SYNTH_FOLDER: synth, DATABASE: await postgres.backing('settings'), SETTINGS_CACHE: cacheUrl ?? await postgres.backing('settings-cache') });
  await migrate(kit.env.DATABASE, join(import.meta.dirname, '../migrations'), kit.log);
  const started = await start(kit, await app(kit));
  const operator = kit.tokenFor('otto@example.com', 'operator');

  async function call(method: string, path: string, token: string | null = operator, body?: unknown): Promise<Said> {
    const response = await fetch(started.url + path, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json(), headers: response.headers };
  }
  return {
    url: started.url, metricsUrl: started.metricsUrl ?? started.url, kit, postgres,
    async synthesize(environment) {
      await mkdir(join(synth, environment));
      await writeFile(join(synth, environment, 'journey.json'), '{}');
    },
    get: (path, token) => call('GET', path, token),
    put: (path, body, token) => call('PUT', path, token, body),
    async sql(text, params = []) {
      const client = new pg.Client({ connectionString: postgres.url, options: '-c search_path=settings' });
      await client.connect();
      return client.query(text, [...params]).then(({ rows }) => rows).finally(() => client.end());
    },
    async stop() {
      await started.stop();
      await kit.close();
      await postgres.stop();
      await rm(synth, { recursive: true });
    },
  };
}
