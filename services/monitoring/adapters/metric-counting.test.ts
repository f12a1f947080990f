import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openSeriesBook } from '../domain/metric.ts';
import { ZERO, type Told } from '../domain/told.ts';
import { startStore, type TestStore } from '../test/start-store.ts';
import { openCounting } from './metric-counting.ts';
import { openPoints } from './metric-points.ts';
import { openSeriesTable } from './metric-series.ts';

let store: TestStore;
beforeAll(async () => { store = await startStore(); }, 60_000);
afterAll(() => store?.stop());

const book = openSeriesBook(100);
/** A look that does not know what was counted before: its process began while the database was away. */
function unknown(service: string, began: number, name: string, value: number): Told {
  const series = book.find(service, name, 'counter', {}, []);
  if (!series) throw new Error('full');
  return { series, source: `${service} ${began}`, time: 1n, total: { ...ZERO, value }, base: null, began, neverFalls: true, exemplars: [] };
}
async function look(service: string, began: number, seen: number, ...told: readonly Told[]): Promise<void> {
  const { database } = store;
  await openCounting(database, openSeriesTable(database), openPoints(database, () => undefined)).read([{ at: seen - (seen % 10), lives: [{ source: `${service} ${began}`, service, began, seen }], told }], []);
}
const counted = async (service: string) => Number((await store.database.query<{ count: number | null }>('select sum(count) as count from metric_points p join metric_series s on s.id = p.series where s.service = $1', [service]))[0]?.count ?? 0);

test('of a process that nobody knows, and that is older than any look, the total is remembered; what comes is counted', async () => {
  await look('old', 100, 1000, unknown('old', 100, 'a_total', 500));
  expect(await counted('old')).toBe(0);
  await look('old', 100, 1010, unknown('old', 100, 'a_total', 507));
  expect(await counted('old')).toBe(7);
});

test('a series that is new in a process that is known began with nothing, even if whoever looks does not know', async () => {
  await look('old', 100, 1020, unknown('old', 100, 'b_total', 50));
  expect(await counted('old')).toBe(57);
});

test('a process that began after the last look of anybody is counted whole', async () => {
  await look('new', 1021, 1030, unknown('new', 1021, 'a_total', 20));
  expect(await counted('new')).toBe(20);
});

test('two who look at one process, in any order, with any clock: each request once', async () => {
  for (const value of [25, 23, 24, 25, 31, 30]) await look('new', 1021, 1040, { ...unknown('new', 1021, 'a_total', value), time: BigInt(100 - value) });
  expect(await counted('new')).toBe(31);
});
