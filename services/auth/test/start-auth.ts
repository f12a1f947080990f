import { generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import pg from 'pg';
import { openTokens } from '../../kit/identity.ts';
import type { Kit } from '../../kit/kit.ts';
import { migrate } from '../../kit/migrate.ts';
import { secretOf } from '../../kit/secret.ts';
import { start } from '../../kit/start.ts';
import { testKit } from '../../kit/test/kit.ts';
import { startPostgres, type TestPostgres } from '../../kit/test/postgres.ts';
import { signingKey } from '../adapters/signing-key.ts';
import { app } from '../app.ts';
import { auth } from '../contract.ts';

export interface TestAuth {
  readonly url: string;
  readonly postgres: TestPostgres;
  readonly database: string;
  readonly signingPem: string;
  readonly kit: Kit<typeof auth>;
  /** One statement on the service's own schema. */
  sql(text: string, params?: readonly unknown[]): Promise<readonly Record<string, unknown>[]>;
  /** How many rows a table has. */
  count(table: 'people' | 'links' | 'audit' | 'failures'): Promise<number>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<{ readonly status: number; readonly body: Record<string, unknown>; readonly headers: Headers }>;
  stop(): Promise<void>;
}

/** The real service on a free port, with a database of its own, trusting its own key. */
export async function startAuth(): Promise<TestAuth> {
  const postgres = await startPostgres();
  const database = await postgres.backing('identity');
  const signingPem = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const { jwk } = signingKey(secretOf(signingPem));
  const tokens = openTokens({
    call: async () => ({ status: 200, body: { keys: [jwk] }, headers: {} }),
    keysUrl: { service: 'auth', url: new URL('http://127.0.0.1:1'), reference: 'auth.KEYS_URL' }, audience: 'test',
  });
  const kit = testKit(auth, { DATABASE: database, SIGNING_KEY: signingPem }, { tokens });
  await migrate(kit.env.DATABASE, join(import.meta.dirname, '../migrations'), kit.log);
  const started = await start(kit, await app(kit));

  const sql: TestAuth['sql'] = async (text, params = []) => {
    const client = new pg.Client({ connectionString: postgres.url, options: '-c search_path=identity' });
    await client.connect();
    try {
      return (await client.query(text, [...params])).rows;
    } finally {
      await client.end();
    }
  };
  return {
    url: started.url, postgres, database, signingPem, kit, sql,
    count: async (table) => Number((await sql(`select count(*) as n from ${table}`))[0]?.['n']),
    async post(path, body, headers = {}) {
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      const response = await fetch(started.url + path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: text });
      return { status: response.status, body: await response.json(), headers: response.headers };
    },
    async stop() {
      await started.stop();
      await kit.close();
      await postgres.stop();
    },
  };
}
