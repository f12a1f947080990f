import { Gauge } from 'prom-client';
import { openDatabase } from '../../kit/adapters/postgres.ts';
import { contract, database } from '../../kit/contract.ts';
import { start } from '../../kit/start.ts';
import { testKit } from '../../kit/test/kit.ts';
import { startPostgres } from '../../kit/test/postgres.ts';

const shop = contract({
  name: 'shop', about: 'Sells things.', ports: { http: 1, metrics: 2 }, env: { DATABASE: database() },
  routes: {
    buy: { method: 'get', path: '/v1/things/:id', about: 'x', access: 'anyone', answers: { 200: { type: 'object' } } },
    fail: { method: 'get', path: '/v1/failures', about: 'x', access: 'anyone', answers: { 200: { type: 'object' } } },
  },
});

/** A workload that can be bought from and fails when it is asked to: something to be measured. @param isOld it says that it began an hour ago: nobody knows then what was counted before the first look */
export async function startShop({ isOld = false } = {}) {
  const postgres = await startPostgres();
  const kit = testKit(shop, { DATABASE: await postgres.backing('things') });
  const things = openDatabase(kit, kit.env.DATABASE);
  const started = await start(kit, {
    handlers: {
      async buy() {
        await things.query('select 1 from pg_catalog.pg_class where relname = $1', ['thing']);
        return { status: 200, body: {} };
      },
      fail: () => Promise.reject(new Error('on purpose')),
    },
    ready: {}, stop: () => things.close(),
  });
  const born = kit.metrics.getSingleMetric('process_start_time_seconds');
  if (isOld && born instanceof Gauge) born.set(Date.now() / 1000 - 3600);
  let slowest = 0;
  return {
    metricsUrl: started.metricsUrl ?? started.url,
    async ask(path: string) {
      const began = performance.now();
      const answer = await fetch(started.url + path);
      slowest = Math.max(slowest, (performance.now() - began) / 1000);
      await answer.arrayBuffer();
      return { traceId: answer.headers.get('trace-id') ?? '' };
    },
    /** Seconds, as the one who asked saw it. */
    slowest: () => slowest,
    async stop() {
      await started.stop();
      await kit.close();
      await postgres.stop();
    },
  };
}
export type Shop = Awaited<ReturnType<typeof startShop>>;
