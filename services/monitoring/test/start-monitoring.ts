import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '../../kit/migrate.ts';
import { start } from '../../kit/start.ts';
import { testKit } from '../../kit/test/kit.ts';
import { startPostgres } from '../../kit/test/postgres.ts';
import { app } from '../app.ts';
import { monitoring } from '../contract.ts';

/** The whole service on a PostgreSQL of its own, and ways to ask it. */
export async function startMonitoring(env: Readonly<Record<string, string>> = {}) {
  const postgres = await startPostgres();
  const kit = testKit(monitoring, { DATABASE: await postgres.backing('telemetry'), TELEMETRY_DAYS: '7', ...env });
  await migrate(kit.env.DATABASE, join(import.meta.dirname, '../migrations'), kit.log);
  const service = await start(kit, await app(kit));
  const client = new pg.Client({ connectionString: postgres.url, options: '-c search_path=telemetry,extensions' });
  client.on('error', () => undefined);
  await client.connect();
  const asked = async <T>(path: string, init: RequestInit = {}) => {
    const answer = await fetch(service.url + path, init);
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, text, body: (text.startsWith('{') && !text.includes('}\n{') ? JSON.parse(text) : {}) as T };
  };
  const as = (role: 'viewer' | 'operator') => ({ authorization: `Bearer ${kit.tokenFor('ada@example.com', role)}` });
  return {
    kit, postgres, url: service.url, metricsUrl: service.metricsUrl ?? service.url, viewer: as('viewer'),
    send: <T>(path: string, body: unknown) => asked<T>(path, { method: 'POST', headers: { authorization: `Bearer ${kit.workloadKey}`, 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    read: <T>(path: string) => asked<T>(path, { headers: as('viewer') }),
    post: <T>(path: string, body: unknown, role: 'viewer' | 'operator' = 'operator') => asked<T>(path, { method: 'POST', headers: { ...as(role), 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    sql: async (text: string, params: readonly unknown[] = []): Promise<readonly Record<string, unknown>[]> => (await client.query(text, [...params])).rows,
    async stop() {
      await client.end();
      await service.stop();
      await kit.close();
      await postgres.stop();
    },
  };
}
export type Monitoring = Awaited<ReturnType<typeof startMonitoring>>;
