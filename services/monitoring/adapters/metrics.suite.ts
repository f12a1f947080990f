import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { until } from '../../kit/test/until.ts';
import { edgeFamilies, edgesOf } from '../domain/edges.ts';
import { linesOf } from '../domain/metric-lines.ts';
import { familiesOf, redOf, type By } from '../domain/red.ts';
import { startShop, type Shop } from '../test/start-shop.ts';
import type { Metrics } from './metrics-port.ts';

/** A source that has begun to read the shop. */
export interface MetricsPlace {
  readonly source: Metrics;
  /** The server that it reads goes away, as in a crash. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

const REQUESTS = 'http_server_request_duration_seconds';
const sum = (all: readonly number[]) => all.reduce((one, two) => one + two, 0);

/** What every source of figures promises, whatever it is made of. */
export function metricsSuite(start: (shop: Shop) => Promise<MetricsPlace>): void {
  let shop: Shop;
  let place: MetricsPlace;
  const began = Math.floor(Date.now() / 1000);
  const journeys = new Set<string>();
  beforeAll(async () => {
    shop = await startShop();
    place = await start(shop);
    await until('it has been read once', async () => (await place.source.families()).some(({ name, services }) => name === 'process_cpu_seconds_total' && services.includes('shop')), 30_000);
    for (let sent = 0; sent < 60; sent++) journeys.add((await shop.ask(sent % 6 === 5 ? '/v1/failures' : `/v1/things/${sent}`)).traceId);
    await until('all were counted', async () => (await red('service'))[0]?.requests === 60, 20_000);
  }, 90_000);
  afterAll(async () => {
    await place?.stop();
    await shop?.stop();
  });
  async function red(by: By) {
    const to = Math.floor(Date.now() / 1000) + 1;
    const { measured, from, resolution } = await place.source.read(familiesOf[by], began, to);
    return redOf(by, measured.filter(({ series }) => series.service === 'shop'), { from, to, step: resolution });
  }

  test('every request is counted, once, by service, route and statement', async () => {
    const [whole, ...rest] = await red('service');
    expect(rest).toEqual([]);
    expect(whole).toMatchObject({ labels: { service: 'shop' }, requests: 60, errors: 10 });
    expect((await red('route')).map(({ labels, requests, errors }) => [labels['method'], labels['route'], requests, errors])).toEqual([['GET', '/v1/things/:id', 50, 0], ['GET', '/v1/failures', 10, 10]]);
    expect((await red('query')).map(({ labels, requests }) => [labels['reference'], labels['query'], requests])).toEqual([['shop.DATABASE', 'SELECT pg_class', 50]]);
  });

  test('the series adds up to the same; durations lie within what was measured', async () => {
    const to = Math.floor(Date.now() / 1000) + 1;
    const { measured, from, resolution } = await place.source.read([REQUESTS], began, to);
    const [one] = redOf('service', measured.filter(({ series }) => series.service === 'shop'), { from, to, step: resolution });
    expect(sum(one?.series.rate ?? []) * resolution).toBeCloseTo(60, 6);
    expect(one?.mean).toBeGreaterThan(0);
    expect(one?.mean).toBeLessThan(shop.slowest());
    expect(one?.p50).toBeLessThanOrEqual(one?.p99 ?? 0);
    expect(measured.every(({ at }) => at >= from && at < to)).toBe(true);
  });

  test('exemplars are journeys that were sent, no slower than the slowest', async () => {
    const exemplars = (await red('service')).flatMap((one) => one.exemplars);
    expect(exemplars.length).toBeGreaterThan(0);
    for (const { traceId, seconds, at } of exemplars) {
      expect(journeys).toContain(traceId);
      expect(seconds).toBeLessThanOrEqual(shop.slowest());
      expect(Math.abs(at - Date.now())).toBeLessThan(120_000);
    }
  });

  test('a gauge has the mean of its looks, a counter grows, labels are those of the measured thing alone', async () => {
    const to = Math.floor(Date.now() / 1000) + 1;
    const of = async (name: string) => {
      const { measured, from, resolution } = await place.source.read([name], began, to);
      return linesOf(measured.filter(({ series }) => series.service === 'shop'), { from, to, step: resolution });
    };
    const [heap] = await of('nodejs_heap_size_used_bytes');
    expect(heap).toMatchObject({ kind: 'gauge', labels: {} });
    expect(Math.max(...(heap?.value ?? []).map((value) => value ?? 0))).toBeGreaterThan(1_000_000);
    const [cpu] = await of('process_cpu_seconds_total');
    expect(cpu).toMatchObject({ kind: 'counter', labels: {} });
    expect(sum((cpu?.value ?? []).map((value) => value ?? 0))).toBeGreaterThan(0);
    const [requests] = await of(REQUESTS);
    expect(Object.keys(requests?.labels ?? {}).toSorted()).toEqual(['http_request_method', 'http_response_status_code', 'http_route']);
  });

  test('edges are found', async () => {
    const { measured } = await place.source.read(edgeFamilies, began, Math.floor(Date.now() / 1000) + 1);
    expect(edgesOf(measured)).toContainEqual(expect.objectContaining({ caller: 'shop', callee: 'shop.DATABASE', kind: 'database', reference: 'shop.DATABASE', requests: 50, errors: 0, seenBy: 'caller' }));
    expect(edgesOf(measured)).toContainEqual(expect.objectContaining({ caller: 'unknown', callee: 'shop', reference: null, requests: 60, seenBy: 'callee' }));
  });

  test('families are told by name, with kind and services', async () => {
    const families = await place.source.families();
    const shops = families.filter(({ services }) => services.includes('shop'));
    expect(shops).toContainEqual(expect.objectContaining({ name: REQUESTS, kind: 'histogram', series: expect.any(Number) }));
    expect(shops).toContainEqual(expect.objectContaining({ name: 'process_cpu_seconds_total', kind: 'counter' }));
    expect(shops).toContainEqual(expect.objectContaining({ name: 'nodejs_heap_size_used_bytes', kind: 'gauge' }));
    expect(families.map(({ name }) => name)).toEqual(families.map(({ name }) => name).toSorted());
    expect(families.filter(({ name }) => /_(bucket|sum)$/.test(name))).toEqual([]);
    const resolutions = await place.source.resolutions();
    expect(resolutions.map(({ seconds }) => seconds)).toEqual(resolutions.map(({ seconds }) => seconds).toSorted((a, b) => a - b));
    expect(resolutions.every(({ keptSeconds }) => keptSeconds > 0)).toBe(true);
  });

  test.each(['no_such_family', 'x"} or {__name__="up', '.*', `${REQUESTS}|up`, '', 'x\\'])('the name %j finds nothing', async (name) => {
    expect((await place.source.read([name], began, began + 60)).measured).toEqual([]);
  });

  test('a time before anything was measured is empty, and whole', async () => {
    const { measured, from } = await place.source.read([REQUESTS], began - 7200, began - 3600);
    expect(measured).toEqual([]);
    expect(from).toBeLessThanOrEqual(began - 7200);
  });

  test('while it is away the answer is "unavailable", with what helps', async () => {
    await place.kill();
    // Older than what is in memory.
    const read = place.source.read([REQUESTS], began - 7200, began);
    await expect(read).rejects.toMatchObject({ code: 'unavailable', detail: expect.stringMatching(/(does not answer|away)/), fix: expect.stringMatching(/\w/) });
  }, 20_000);
}
