import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openDatabase } from '../../kit/adapters/postgres.ts';
import { migrate } from '../../kit/migrate.ts';
import { connectionTo } from '../../kit/test/connection.ts';
import { testContract } from '../../kit/test/contract.ts';
import { testKit } from '../../kit/test/kit.ts';
import { startPostgres } from '../../kit/test/postgres.ts';
import type { Span } from '../domain/span.ts';
import { startFakeJaeger, type FakeJaeger } from '../test/fake-jaeger.ts';
import { spanId, startMs, traceId } from '../test/otlp.ts';
import { openJaeger } from './jaeger.ts';
import { openStore } from './store.ts';
import { tracesSuite } from './traces.suite.ts';
import { openWriter } from './writer.ts';

const at = (url: string) => connectionTo('traces', url, 'monitoring.TRACES');

describe("monitoring's own journeys", () => {
  tracesSuite(async () => {
    const server = await startPostgres();
    const [kit, connection] = [testKit(testContract), connectionTo('database', await server.backing('telemetry'), 'monitoring.DATABASE')];
    await migrate(connection, join(import.meta.dirname, '../migrations'), kit.log);
    const database = openDatabase(kit, connection);
    const writer = openWriter(database);
    const sent = <T>(records: readonly T[]) => [{ digest: createHash('sha256').update(JSON.stringify(records)).digest(), records }];
    return {
      source: openStore(database), kill: server.kill,
      async write(spans, lines) {
        await writer.spans(sent(spans));
        await writer.logs(sent(lines));
      },
      async stop() {
        await database.close();
        await kit.close();
        await server.stop();
      },
    };
  });
});

describe('Jaeger, as its API is documented', () => {
  tracesSuite(async () => {
    const [fake, kit] = [await startFakeJaeger(), testKit(testContract)];
    return {
      source: openJaeger(kit, at(fake.url)), kill: fake.stop, write: (spans, lines) => Promise.resolve(fake.take(spans, lines)),
      stop: () => kit.close(),
    };
  });

  describe('beyond the suite', () => {
    const kit = testKit(testContract);
    let fake: FakeJaeger;
    beforeAll(async () => { fake = await startFakeJaeger(); });
    afterAll(async () => {
      await fake.stop();
      await kit.close();
    });
    const doors = (count: number, name: string): Span[] => Array.from({ length: count }, (_, i) => ({
      traceId: traceId(), spanId: spanId(), parentId: null, service: 'gateway', name, kind: 'server', startedNs: `${startMs - i}000000`, endedNs: `${startMs - i + 1}000000`, isError: false, message: null, attributes: {},
    }));

    test('a search that little fits ends somewhere, says where, and goes on there', async () => {
      fake.take(doors(1200, 'GET /v1/busy'), []);
      fake.take([{ ...doors(1, 'GET /v1/busy')[0], startedNs: `${startMs - 5000}000000`, endedNs: `${startMs - 4000}000000` } as Span], []);
      const source = openJaeger(kit, at(`${fake.url}/`));
      const page = await source.newest('gateway', [], { minMs: 500, limit: 50 });
      expect([page.journeys.length, page.next]).toEqual([0, expect.stringMatching(/^\d{19}-f{32}$/)]);
      const next = await source.newest('gateway', [], { minMs: 500, limit: 50, before: page.next ?? '' });
      expect([next.journeys.map(({ durationMs }) => durationMs), next.next]).toEqual([[1000], null]);
      expect(fake.asked.filter((url) => url.startsWith('/api/traces?')).length).toBeLessThanOrEqual(14);
    });

    test.each(['{"data":[{"traceID":"../x","spans":[],"processes":{}}]}', '{"data":[{"traceID":"1","spans":[{"spanID":"1","operationName":"x","startTime":-1,"duration":1,"processID":"p"}],"processes":{}}]}', '{"data":7}', '[]', 'null'])('an answer of another form is told as that: %s', async (text) => {
      fake.answerWith(text);
      await expect(openJaeger(kit, at(fake.url)).spansOf('a'.repeat(32))).rejects.toMatchObject({ code: 'unavailable', detail: expect.stringMatching(/^The Jaeger answered in a way it should not/) });
      fake.answerWith(undefined);
    });

    test('what it refuses is told in its words; who shows a journey asks once', async () => {
      await expect(openJaeger(kit, at(fake.url)).newest('', [], { limit: 5 })).rejects.toMatchObject({ code: 'unavailable', detail: expect.stringMatching(/Jaeger at monitoring.TRACES does not answer this: parameter 'service' is required/) });
      const [source, before] = [openJaeger(kit, at(fake.url)), fake.asked.length];
      await Promise.all([source.spansOf('b'.repeat(32)), source.logsOf('b'.repeat(32))]);
      expect(fake.asked.slice(before)).toEqual([`/api/traces/${'b'.repeat(32)}`]);
    });
  });
});
