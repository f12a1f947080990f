import { join } from 'node:path';
import pg from 'pg';
import { contract, type Connection } from '../../kit/contract.ts';
import type { RouteRequest } from '../../kit/kit.ts';
import { migrate } from '../../kit/migrate.ts';
import { problem } from '../../kit/problem.ts';
import { secretOf } from '../../kit/secret.ts';
import { start, type Started } from '../../kit/start.ts';
import { testKit, type TestKit } from '../../kit/test/kit.ts';
import { startPostgres } from '../../kit/test/postgres.ts';
import { notification } from '../../notification/contract.ts';
import { app } from '../app.ts';
import { monitoring } from '../contract.ts';
import type { Webhook } from '../domain/webhook.ts';

const shop = contract({
  name: 'shop', about: 'Sells things.', ports: { http: 1, metrics: 2 }, env: {},
  routes: {
    buy: { method: 'get', path: '/v1/things', about: 'x', access: 'anyone', answers: { 200: { type: 'object' } } },
    fail: { method: 'get', path: '/v1/failures', about: 'x', access: 'anyone', answers: { 200: { type: 'object' } } },
  },
});
export interface Told { readonly key: string; readonly webhook: Webhook }

/** Monitoring as a whole, a workload that fails when it is asked to, and a receiver that holds messages to notification's own contract. */
export async function startAlerting() {
  const postgres = await startPostgres();
  const telemetry = await postgres.backing('telemetry');
  const told: Told[] = [];
  let [away, lost] = [false, false];
  const seller = testKit(shop);
  const shopping = await start(seller, { handlers: { buy: () => Promise.resolve({ status: 200, body: {} }), fail: () => Promise.reject(new Error('on purpose')) }, ready: {}, stop: () => Promise.resolve() });
  const receiver = testKit(notification);
  const receiving = await start(receiver, {
    handlers: {
      list: () => Promise.resolve({ status: 200, body: { notifications: [] } }),
      takeAlerts({ body, header }: RouteRequest) {
        if (away) return Promise.reject(problem('unavailable', 'away, says the test'));
        told.push({ key: header('idempotency-key') ?? '', webhook: body as Webhook });
        // Taken, and the answer is lost on its way.
        return lost ? Promise.reject(problem('unavailable', 'lost, says the test')) : Promise.resolve({ status: 202, body: { mailed: true } });
      },
    },
    ready: {}, stop: () => Promise.resolve(),
  });
  const connection: Connection<'database'> = { kind: 'database', url: secretOf(telemetry), reference: 'monitoring.DATABASE' };
  await migrate(connection, join(import.meta.dirname, '../migrations'), seller.log);
  const running: { readonly kit: TestKit<typeof monitoring>; readonly service: Started }[] = [];
  const replica = async () => {
    const kit = testKit(monitoring, { DATABASE: telemetry, WORKLOADS: `shop=${shopping.metricsUrl},gone=http://127.0.0.1:1`, NOTIFICATION_URL: receiving.url, SYNTH_FOLDER: join(import.meta.dirname, 'synth') });
    const service = await start(kit, await app(kit));
    const one = { kit, service };
    running.push(one);
    return one;
  };
  const stopReplicas = async () => {
    for (const { kit, service } of running.splice(0)) {
      await service.stop();
      await kit.close();
    }
  };
  await replica();
  return {
    told, replica, stopReplicas, running,
    beAway(now: boolean) { away = now; },
    loseAnswers(now: boolean) { lost = now; },
    request: (path: 'things' | 'failures') => fetch(`${shopping.url}/v1/${path}`),
    token: (role: 'viewer' | 'operator') => running[0]?.kit.tokenFor('otto@example.com', role) ?? '',
    get url() { return running[0]?.service.url ?? ''; },
    async ask(method: string, path: string, body?: object, role: 'viewer' | 'operator' = 'operator') {
      const answer = await fetch(`${this.url}${path}`, { method, headers: { authorization: `Bearer ${this.token(role)}`, ...(body ? { 'content-type': 'application/json' } : {}) }, ...(body ? { body: JSON.stringify(body) } : {}) });
      const text = await answer.text();
      return { status: answer.status, body: text === '' ? null : JSON.parse(text) };
    },
    async sql(text: string) {
      const client = new pg.Client({ connectionString: postgres.url, options: '-c search_path=telemetry' });
      await client.connect();
      return client.query(text).then(({ rows }) => rows as readonly Record<string, unknown>[]).finally(() => client.end());
    },
    async stop() {
      await stopReplicas();
      await shopping.stop();
      await receiving.stop();
      await Promise.all([seller.close(), receiver.close()]);
      await postgres.stop();
    },
  };
}
