import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { openDatabase } from '../../../services/kit/adapters/postgres.ts';
import { migrate } from '../../../services/kit/migrate.ts';
import { testKit } from '../../../services/kit/test/kit.ts';
import { freePort } from '../../../services/kit/test/port.ts';
import { until } from '../../../services/kit/test/until.ts';
import { monitoring } from '../../../services/monitoring/contract.ts';
import { startKillable } from '../../../services/monitoring/test/killable.ts';
import { startKeys } from '../../../services/monitoring/test/start-keys.ts';
import { asSuperuser, initialize, launch } from '../../cli/runner/postgres.ts';
import { postgresPlace } from '../../cli/runner/postgres-place.ts';
import { DATABASE, ensureRoles, urlFor } from '../../cli/runner/roles.ts';

/** A PostgreSQL as `./journey up` starts one, with its settings and its disk, and monitoring on it. */
export async function openSite(root: string) {
  const base = mkdtempSync(join(tmpdir(), 'journey-bench-'));
  chmodSync(base, 0o711);
  const data = join(base, 'data');
  mkdirSync(data);
  const [password, port] = ['only-for-this-bench', await freePort()];
  const place = await postgresPlace({ data, installation: 'bench', temp: base });
  await initialize(place, password);
  const server = launch({ place, port, log: join(base, 'postgres.log') });
  const stopServer = async () => {
    if (server.exitCode === null) {
      const gone = once(server, 'exit');
      server.kill('SIGINT');
      await gone;
    }
    if (existsSync(base)) rmSync(base, { recursive: true, force: true });
  };
  try {
    await until('PostgreSQL answers', () => asSuperuser(port, password, 'postgres', async () => true).catch(() => false), 20_000);
    await ensureRoles(port, password, { telemetry: password });
    const kit = testKit(monitoring, { DATABASE: urlFor('telemetry', password, port), TELEMETRY_DAYS: '8' }, { exporters: nowhere, limits: { checkAnswers: false } });
    await migrate(kit.env.DATABASE, join(root, 'services/monitoring/migrations'), kit.log);
    const [database, keeping] = [openDatabase(kit, kit.env.DATABASE, { statementMs: 120_000 }), openDatabase(kit, kit.env.DATABASE, { connections: 1, statementMs: 600_000 })];
    const headers = { authorization: `Bearer ${kit.tokenFor('ada@example.com', 'viewer')}` };
    let service: Awaited<ReturnType<typeof startKillable>> | undefined;
    let keys: Awaited<ReturnType<typeof startKeys>> | undefined;
    return {
      kit, database, keeping, serverLog: join(base, 'postgres.log'),
      sql: (text: string): Promise<readonly Record<string, unknown>[]> => asSuperuser(port, password, DATABASE, async (client: pg.Client) => {
        await client.query('set search_path = telemetry, extensions');
        return (await client.query(text)).rows;
      }),
      /** Begins to serve, in a process of its own, as everywhere; asks over HTTP, as the gateway does. */
      async serve() {
        // It answers whatever is sent to it, and so takes what monitoring tells of itself: an exporter that fails keeps a minute of it and tries again.
        keys = await startKeys(kit.issuer.jwks);
        service = await startKillable({ WORKLOAD_KEY: kit.workloadKey, DATABASE: kit.env.DATABASE.url.reveal(), TELEMETRY_DAYS: '8', KEYS_URL: keys.url, TELEMETRY_URL: keys.url });
        const { url } = service;
        return async (path: string): Promise<unknown> => {
          const answer = await fetch(url + path, { headers });
          if (answer.status !== 200) throw new Error(`${path} was answered ${answer.status}: ${await answer.text()}`);
          return answer.json();
        };
      },
      async close() {
        await service?.stop();
        await Promise.all([database.close(), keeping.close(), keys?.stop(), kit.close()]);
        await stopServer();
      },
    };
  } catch (error) {
    await stopServer();
    throw error;
  }
}
export type Site = Awaited<ReturnType<typeof openSite>>;

/** Spans and lines of the bench itself go nowhere. */
const taken = { export: (_: unknown, done: (result: { code: number }) => void) => done({ code: 0 }), shutdown: () => Promise.resolve(), forceFlush: () => Promise.resolve() };
const nowhere = { spans: taken, logs: taken };
