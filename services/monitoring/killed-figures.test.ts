import { expect, test } from '@jest/globals';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '../kit/migrate.ts';
import { connectionTo } from '../kit/test/connection.ts';
import { testKit } from '../kit/test/kit.ts';
import { startPostgres } from '../kit/test/postgres.ts';
import { until } from '../kit/test/until.ts';
import { monitoring } from './contract.ts';
import { startKillable } from './test/killable.ts';
import { attribute } from './test/otlp.ts';
import { startKeys } from './test/start-keys.ts';
import { startShop } from './test/start-shop.ts';

interface Groups { readonly groups: readonly { readonly requests: number }[] }

/** A total of a foreign program, which only grows. */
function total(count: number, time: bigint, began: bigint) {
  const point = { startTimeUnixNano: String(began), timeUnixNano: String(time), count: String(count), sum: count / 100, explicitBounds: [0.01], bucketCounts: [String(count), '0'], attributes: [attribute('http.request.method', 'GET'), attribute('http.route', '/sold'), attribute('http.response.status_code', 200)] };
  return { resourceMetrics: [{ resource: { attributes: [attribute('service.name', 'foreign')] }, scopeMetrics: [{ metrics: [{ name: 'http.server.request.duration', unit: 's', histogram: { aggregationTemporality: 2, dataPoints: [point] } }] }] }] };
}

test('two of monitoring read the same workload and hear the same program, each killed at any moment: every request is counted, once', async () => {
  const [postgres, shop] = [await startPostgres(), await startShop()];
  const url = await postgres.backing('telemetry');
  const kit = testKit(monitoring, { DATABASE: url });
  await migrate(connectionTo('database', url), join(import.meta.dirname, 'migrations'), kit.log);
  const keys = await startKeys(kit.issuer.jwks);
  const env = { WORKLOAD_KEY: kit.workloadKey, DATABASE: url, WORKLOADS: `shop=${shop.metricsUrl}`, KEYS_URL: keys.url };
  const services = [await startKillable(env), await startKillable(env)];
  const client = new pg.Client({ connectionString: postgres.url, options: '-c search_path=telemetry' });
  await client.connect();
  const began = BigInt(Date.now()) * 1_000_000n;
  let [asked, told] = [0, 0];
  const ask = async (times: number) => { for (let n = 0; n < times; n += 1, asked += 1) await shop.ask(asked % 6 === 5 ? '/v1/failures' : `/v1/things/${asked}`); };
  /** To one of them, as through a load balancer; again until it hears 200. */
  const tell = async (to: number, more: number, timeOf = BigInt(Date.now()) * 1_000_000n) => {
    told += more;
    const body = JSON.stringify(total(told, timeOf, began));
    await until('it is taken', async () => (await fetch(`${services[to]?.url}/v1/metrics`, { method: 'POST', body, headers: { 'content-type': 'application/json', authorization: `Bearer ${kit.workloadKey}` } }).then(async (answer) => (await answer.text(), answer.status), () => 0)) === 200, 30_000);
  };
  const stored = async (service: string, resolution = 10) => (await client.query<{ count: number }>(`select coalesce(sum(p.count), 0)::int as count from metric_points p join metric_series s on s.id = p.series where s.service = $1 and s.name = 'http_server_request_duration_seconds' and p.resolution = $2`, [service, resolution])).rows[0]?.count;
  const shownBy = async (which: number, service: string, from = Date.now() - 300_000) => ((await (await fetch(`${services[which]?.url}/v1/metrics/red?by=service&service=${service}&from=${from}`, { headers: { authorization: `Bearer ${kit.tokenFor('ada@example.com', 'viewer')}` } })).json()) as Groups).groups[0]?.requests;
  try {
    await until('both have looked', async () => (await shownBy(0, 'monitoring')) !== undefined && (await shownBy(1, 'monitoring')) !== undefined, 20_000);
    await ask(30);
    await tell(0, 11);
    await until('the first windows are written', async () => (await stored('shop')) === 30, 40_000);
    // One dies, and is away while things happen; then the other.
    for (const which of [0, 1]) {
      await ask(13);
      await tell(which, 5);
      await services[which]?.kill();
      await ask(17);
      await tell(1 - which, 7);
      services[which] = await startKillable(env);
    }
    // Both at once: for a while nobody looks at all.
    await ask(5);
    await Promise.all(services.map((service) => service.kill()));
    await ask(23);
    for (const which of [0, 1]) services[which] = await startKillable(env);
    await tell(0, 3);
    // What comes late is not new.
    await fetch(`${services[1]?.url}/v1/metrics`, { method: 'POST', body: JSON.stringify(total(told - 6, began + 1n, began)), headers: { 'content-type': 'application/json', authorization: `Bearer ${kit.workloadKey}` } });
    await ask(9);
    await until('all are in the store', async () => (await stored('shop')) === asked, 60_000);
    expect(await stored('foreign')).toBe(told);
    // And each shows all of it, whoever took it: of the last five minutes, from memory and store.
    for (const which of [0, 1]) {
      await until('it shows what was read', async () => (await shownBy(which, 'shop')) === asked, 30_000);
      await until('it shows what was sent', async () => (await shownBy(which, 'foreign')) === told, 30_000);
    }
    // Nobody counts on: three windows later it is the same.
    const windows = async () => Number((await client.query<{ n: string }>('select count(distinct at) as n from metric_points where resolution = 10')).rows[0]?.n);
    const before = await windows();
    await until('three more windows are written', async () => (await windows()) >= before + 3, 60_000);
    expect([await stored('shop'), await stored('foreign')]).toEqual([asked, told]);
    // What one was told a moment ago is no secret of its memory: the other shows it among the last minutes, which it does not read from the store.
    const moment = Math.floor(Date.now() / 10_000) * 10_000;
    await tell(0, 4);
    await until('the other shows it as well', async () => (await shownBy(1, 'foreign', moment)) === 4, 30_000);
    await until('whole minutes are added up', async () => (await stored('shop', 60)) === asked, 90_000);
  } finally {
    await Promise.all(services.map((service) => service.stop()));
    await client.end();
    await kit.close();
    await keys.stop();
    await shop.stop();
    await postgres.stop();
  }
}, 300_000);
