import { expect, test } from '@jest/globals';
import { until } from '../../kit/test/until.ts';
import { startShop } from '../test/start-shop.ts';
import { startStore } from '../test/start-store.ts';
import { openMetering } from './metering.ts';

const REQUESTS = 'http_server_request_duration_seconds';
const seconds = () => Math.floor(Date.now() / 1000);

test('a life that begins in the middle of a window shows at once what the one before has counted in it, and its levels are no counts', async () => {
  const [store, shop] = [await startStore(), await startShop({ isOld: true })];
  const { kit, database } = store;
  const open = () => openMetering(kit, [{ name: 'shop', url: new URL(shop.metricsUrl) }], database);
  const began = seconds() - 600;
  const shownBy = async ({ metrics }: ReturnType<typeof open>) => (await metrics.read([REQUESTS], began, seconds() + 1)).measured.filter(({ series }) => series.service === 'shop').reduce((sum, { point }) => sum + point.count, 0);
  const first = open();
  try {
    first.start();
    await until('it has looked', async () => (await first.metrics.families()).some(({ services }) => services.includes('shop')));
    // So that the whole of it happens in one window: it is in the store for those who begin later only when it has closed.
    await until('a window has begun', () => seconds() % 10 === 0, 11_000);
    for (let asked = 0; asked < 5; asked += 1) await shop.ask('/v1/things/1');
    await until('they are counted', async () => await shownBy(first) === 5, 5000);
    await first.stop();
    await shop.ask('/v1/things/2');
    const second = open();
    second.start();
    await until('what was counted before, and since then, is shown', async () => await shownBy(second) === 6, 4000);
    await second.stop();
    expect(await database.query(`select sum(count) as count from metric_points p join metric_series s on s.id = p.series where resolution = 10 and service = 'shop' and name = $1`, [REQUESTS])).toEqual([{ count: 6 }]);
  } finally {
    await first.stop();
    await store.stop();
    await shop.stop();
  }
}, 60_000);
