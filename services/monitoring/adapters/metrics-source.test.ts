import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { connectionTo } from '../../kit/test/connection.ts';
import { testContract } from '../../kit/test/contract.ts';
import { testKit } from '../../kit/test/kit.ts';
import { describeWith } from '../../kit/test/servers/describe-with.ts';
import { prometheusBinary, startPrometheus } from '../../kit/test/servers/prometheus.ts';
import type { TestServer } from '../../kit/test/servers/server.ts';
import { redOf } from '../domain/red.ts';
import { startStore } from '../test/start-store.ts';
import { openMetering } from './metering.ts';
import type { Metrics } from './metrics-port.ts';
import { metricsSuite } from './metrics.suite.ts';
import { openPrometheus } from './prometheus.ts';

const at = (url: string) => connectionTo('metrics', url, 'monitoring.METRICS');

describe("monitoring's own figures", () => {
  metricsSuite(async (shop) => {
    const store = await startStore();
    const { kit, database } = store;
    const metering = openMetering(kit, [{ name: 'shop', url: new URL(shop.metricsUrl) }], database);
    metering.start();
    return {
      source: metering.metrics, kill: store.kill,
      async stop() {
        await metering.stop();
        await store.stop();
      },
    };
  });
});

describeWith('Prometheus', prometheusBinary(), () => {
  metricsSuite(async (shop) => {
    const [server, kit] = [await startPrometheus([{ job: 'shop', url: shop.metricsUrl, labels: { namespace: 'here' } }]), testKit(testContract)];
    return {
      source: openPrometheus(kit, at(`${server.url}/?namespace=here`), { interval: 1 }), kill: server.kill,
      async stop() {
        await server.stop();
        await kit.close();
      },
    };
  });

  describe('that has read for long', () => {
    const NAME = 'http_server_request_duration_seconds';
    /** Two hours ago, in whole hours: windows of any width begin there. */
    const base = Math.floor(Date.now() / 3_600_000) * 3600 - 7200;
    const kit = testKit(testContract);
    let server: TestServer;
    let source: Metrics;
    beforeAll(async () => {
      server = await startPrometheus([], (data) => backfill(data, base));
      source = openPrometheus(kit, at(`${server.url}/?namespace=a%22b%5C`));
    }, 30_000);
    afterAll(async () => {
      await server?.stop();
      await kit.close();
    });
    const counts = async (job: string, from: number, to: number) => {
      const found = await source.read([NAME], from, to);
      return redOf('route', found.measured.filter(({ series }) => series.service === job), { from: found.from, to, step: found.resolution });
    };

    test('a process that began anew is counted on; two processes are added up', async () => {
      // 30 times 2 of each process; one of them began anew after the fifteenth, and had counted 1 by its next look.
      expect(await counts('shop', base, base + 900)).toMatchObject([{ requests: 119, errors: 0 }]);
    });

    test('a series that is new although its target was read counts from zero; one that was there before does not', async () => {
      expect((await counts('late', base, base + 900)).map(({ labels, requests }) => [labels['route'], requests])).toEqual([['/new', 7], ['/old', 2]]);
    });

    test('the wider the time, the wider the windows: their sum stays', async () => {
      for (const [hours, seconds] of [[1, 30], [24, 900], [24 * 20, 21_600]] as const) {
        const found = await source.read([NAME], base + 900 - hours * 3600, base + 900);
        expect(found).toMatchObject({ resolution: seconds, keptSeconds: 40 * 86_400 });
        const requests = (job: string) => found.measured.filter(({ series }) => series.service === job).reduce((sum, { point }) => sum + point.count, 0);
        // Beyond whole windows Prometheus guesses what lies before the first look and behind the last.
        const whole = seconds < 21_600;
        expect(requests('shop')).toBeGreaterThanOrEqual(119);
        expect(requests('shop')).toBeLessThan(whole ? 119.2 : 125);
        // What is new in a wide window has no look before it: what it began with is not seen.
        if (seconds > 30) expect(requests('late')).toBeLessThan(whole ? 6.2 : 6.7);
      }
    });

    test('what stands behind the ? of its URL must be so in every series, whatever signs it holds', async () => {
      const services = async (by: Metrics) => new Set((await by.read([NAME], base, base + 900)).measured.map(({ series }) => series.service));
      expect(await services(source)).toEqual(new Set(['shop', 'late']));
      const others = openPrometheus(kit, at(`${server.url}/?namespace=other`));
      expect(await services(others)).toEqual(new Set(['other']));
      expect(() => openPrometheus(kit, at(`${server.url}/?a%7D%20or%20up=1`))).toThrow(/is no label of Prometheus/);
    });

    test('what it refuses is told in its words, and its URL never', async () => {
      const wrong = openPrometheus(kit, at(`http://user:hidden@127.0.0.1:${server.port}/elsewhere`));
      await expect(wrong.read([NAME], base, base + 900)).rejects.toMatchObject({ code: 'unavailable', detail: expect.not.stringContaining('hidden') });
      await expect(source.read([NAME], base + 900, base)).rejects.toMatchObject({ code: 'unavailable', detail: expect.stringMatching(/Prometheus at monitoring.METRICS does not answer this: .*end/) });
    });
  });
});

/** What two processes of a shop, one of another namespace and one that got a new route have counted, a look every 30 s. */
async function backfill(data: string, base: number): Promise<void> {
  const name = 'http_server_request_duration_seconds';
  const folder = await mkdtemp(join(tmpdir(), 'journey-test-metrics-'));
  const lines = (job: string, instance: string, route: string, count: (look: number) => number | null, namespace = 'a\\"b\\\\') => Array.from({ length: 31 }, (_, look) => {
    const value = count(look);
    const labels = `job="${job}",instance="${instance}",namespace="${namespace}",http_request_method="GET",http_route="${route}",http_response_status_code="200"`;
    const bucket = (le: string, n: number) => `${name}_bucket{${labels},le="${le}"} ${n} ${base + look * 30}`;
    return { up: `up{job="${job}",instance="${instance}",namespace="${namespace}"} 1 ${base + look * 30}`, buckets: value === null ? [] : [bucket('0.1', value), bucket('+Inf', value)] };
  });
  const all = [
    ...lines('shop', 'one:1', '/x', (look) => 1000 + 2 * look), ...lines('shop', 'two:1', '/x', (look) => (look <= 15 ? 500 + 2 * look : 1 + 2 * (look - 16))),
    ...lines('late', 'one:1', '/old', (look) => (look < 20 ? 40 : 42)), ...lines('other', 'one:1', '/x', (look) => look, 'other'),
  ];
  const fresh = lines('late', 'one:1', '/new', (look) => (look < 10 ? null : look < 20 ? 3 : 7));
  const histogram = [...all, ...fresh].flatMap(({ buckets }) => buckets);
  await writeFile(join(folder, 'text'), ['# TYPE up gauge', ...all.map(({ up }) => up), `# TYPE ${name} histogram`, ...histogram, '# EOF', ''].join('\n'));
  await promisify(execFile)('promtool', ['tsdb', 'create-blocks-from', 'openmetrics', join(folder, 'text'), data]);
  await rm(folder, { recursive: true });
}
