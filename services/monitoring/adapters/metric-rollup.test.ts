import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openSeriesBook, type Series } from '../domain/metric.ts';
import type { Measured } from '../domain/red.ts';
import { startStore, type TestStore } from '../test/start-store.ts';
import { openCounting } from './metric-counting.ts';
import { openPoints } from './metric-points.ts';
import { openRollup } from './metric-rollup.ts';
import { openSeriesTable } from './metric-series.ts';

let store: TestStore;
beforeAll(async () => { store = await startStore(); }, 60_000);
afterAll(() => store?.stop());

/** One process of monitoring, without what reads. */
function open(service: string) {
  const { database, kit } = store;
  const book = openSeriesBook(2000);
  const find = (name: string): Series => book.find(service, name, 'histogram', {}, [0.1, 1]) ?? (() => { throw new Error('full'); })();
  const [table, points] = [openSeriesTable(database), openPoints(database, () => undefined)];
  const counting = openCounting(database, table, points);
  return {
    find, points, table, rollup: openRollup(database, kit.log),
    write: (...measured: readonly Measured[]) => counting.read([], measured),
    read: async (resolution: number, name: string) => ((await points.read(resolution, [name], BASE, BASE + 86_400)) ?? []).filter(({ series }) => series.service === service),
  };
}
const BASE = 3600 * 400_000;
const NOW = BASE + 20_000;
const TRACE = 'a'.repeat(32);
const window = (series: Series, at: number, count = 3): Measured => ({ at: BASE + at, series, point: { count, sum: 0.5, max: 0, buckets: [count - 1, 1, 0] }, exemplar: { at: at * 1000, seconds: at % 100, traceId: TRACE } });
/** Until nothing is due: an hour comes after its minutes. */
async function rollAll({ round }: { readonly round: (now: number) => Promise<number> }, now = NOW): Promise<void> {
  while (await round(now) > 0);
}

test('windows add up to minutes and hours; written again, and rolled up by another, they are the same', async () => {
  const [one, other] = [open('rolled'), open('rolled')];
  const series = one.find('x_seconds');
  await one.write(...[0, 10, 50, 60, 3600].map((at) => window(series, at)));
  await Promise.all([rollAll(one.rollup), rollAll(other.rollup)]);
  await one.write(window(series, 10));
  await rollAll(other.rollup);
  const of = async (resolution: number) => (await one.read(resolution, 'x_seconds')).map(({ at, point, exemplar }) => [at - BASE, point.count, point.buckets, exemplar?.seconds]);
  expect(await of(60)).toEqual([[0, 9, [6, 3, 0], 50], [60, 3, [2, 1, 0], 60], [3600, 3, [2, 1, 0], 0]]);
  expect(await of(3600)).toEqual([[0, 12, [8, 4, 0], 60], [3600, 3, [2, 1, 0], 0]]);
});

test('what comes late changes its minute and its hour; two writers are added up', async () => {
  const [one, other] = [open('late'), open('late')];
  await one.write(window(one.find('y_seconds'), 120));
  await rollAll(one.rollup);
  await other.write(window(other.find('y_seconds'), 120, 5));
  expect(await one.rollup.staleSince(60)).toBe(BASE + 120);
  await rollAll(one.rollup);
  expect(await one.rollup.staleSince(60)).toBe(Infinity);
  expect((await one.read(3600, 'y_seconds')).map(({ point }) => point.count)).toEqual([8]);
});

test('a minute is not made before it is over, an hour not before its minutes', async () => {
  const one = open('young');
  await one.write(window(one.find('z_seconds'), 240));
  expect(await one.rollup.round(BASE + 300)).toBe(0);
  expect(await one.rollup.round(BASE + 316)).toBe(1);
  await rollAll(one.rollup);
});

test('figures that cannot be added up are left out, alone and told; what is old is forgotten all the same', async () => {
  const one = open('extreme');
  const series = one.find('e_seconds');
  await one.write(window(series, 7200, 1e308), window(series, 7210, 1e308), window(series, 7260));
  await rollAll(one.rollup);
  expect((await one.read(60, 'e_seconds')).map(({ at, point }) => [at - BASE, point.count])).toEqual([[7260, 3]]);
  expect(store.kit.lines.filter(({ message }) => String(message).includes('left out'))).toMatchObject([{ level: 'error', at: BASE + 7200, seconds: 60 }]);
  await one.rollup.forget(BASE + 7200 + 86_465);
  expect((await one.read(10, 'e_seconds'))).toEqual([]);
  expect((await one.read(60, 'e_seconds'))).toHaveLength(1);
});

test('a minute of more series than are added up at once is whole', async () => {
  const one = open('wide');
  await one.write(...Array.from({ length: 1201 }, (_, n) => window(one.find(`w${n}_seconds`), 600)));
  await rollAll(one.rollup);
  for (const resolution of [60, 3600]) expect(await store.database.query(`select count(*)::int as rows, sum(p.count)::int as count from metric_points p join metric_series s on s.id = p.series where s.service = 'wide' and resolution = $1`, [resolution])).toEqual([{ rows: 1201, count: 3603 }]);
});

test('more than may be read at once is not read in part', async () => {
  const one = open('many');
  const series = one.find('m_seconds');
  await one.write(...Array.from({ length: 30 }, (_, n) => window(series, 9000 + n * 10)));
  expect(await one.points.read(10, ['m_seconds'], BASE, BASE + 86_400, 29)).toBeUndefined();
  expect(await one.points.read(10, ['m_seconds'], BASE, BASE + 86_400, 30)).toHaveLength(30);
});

test('a series that another has deleted meanwhile is made again', async () => {
  const one = open('deleted');
  const series = one.find('d_seconds');
  await one.write(window(series, 0));
  await store.database.query(`delete from metric_series where service = 'deleted'`);
  await one.write(window(series, 10));
  expect((await one.read(10, 'd_seconds')).map(({ at }) => at - BASE)).toEqual([10]);
});

test('a series that has nothing but its total is kept: what it tells next is counted from there', async () => {
  const one = open('quiet');
  await one.table.with([one.find('q_seconds'), one.find('gone_seconds')], async (ids) => {
    await store.database.query(`insert into metric_totals (series, source, value, sum, buckets, at) values ($1, 'stream', 1, 1, '{1,0,0}', extract(epoch from now()))`, [ids.get(one.find('q_seconds'))]);
  });
  await store.database.query(`update metric_series set first_seen = now() - interval '2 hours' where service = 'quiet'`);
  await one.rollup.forget(NOW);
  expect(await store.database.query(`select name from metric_series where service = 'quiet'`)).toEqual([{ name: 'q_seconds' }]);
});
