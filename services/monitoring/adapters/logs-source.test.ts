import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openDatabase } from '../../kit/adapters/postgres.ts';
import { migrate } from '../../kit/migrate.ts';
import { connectionTo } from '../../kit/test/connection.ts';
import { testContract } from '../../kit/test/contract.ts';
import { testKit } from '../../kit/test/kit.ts';
import { startPostgres } from '../../kit/test/postgres.ts';
import { describeWith } from '../../kit/test/servers/describe-with.ts';
import { openSearchBinary, startOpenSearch } from '../../kit/test/servers/opensearch.ts';
import type { TestServer } from '../../kit/test/servers/server.ts';
import { parseLogQuery } from '../domain/log-query.ts';
import { startMs } from '../test/otlp.ts';
import { ask, bulk, ecs, ecsTemplate } from '../test/opensearch-index.ts';
import { openLogStore } from './log-store.ts';
import { logsSuite } from './logs.suite.ts';
import { openOpenSearch } from './opensearch.ts';
import { openWriter } from './writer.ts';

const at = (url: string) => connectionTo('logs', url, 'monitoring.LOGS');

describe("monitoring's own lines", () => {
  logsSuite(async () => {
    const server = await startPostgres();
    const [kit, connection] = [testKit(testContract), connectionTo('database', await server.backing('telemetry'), 'monitoring.DATABASE')];
    await migrate(connection, join(import.meta.dirname, '../migrations'), kit.log);
    const database = openDatabase(kit, connection);
    const writer = openWriter(database);
    return {
      source: openLogStore(database, 7), kill: server.kill,
      write: (records) => writer.logs([{ digest: createHash('sha256').update(JSON.stringify(records)).digest(), records }]),
      async stop() {
        await database.close();
        await kit.close();
        await server.stop();
      },
    };
  });
});

describeWith('OpenSearch', openSearchBinary(), () => {
  const kit = testKit(testContract);
  let server: TestServer;
  beforeAll(async () => { server = await startOpenSearch(); }, 180_000);
  afterAll(async () => {
    await server?.stop();
    await kit.close();
  });
  const range = { fromMs: startMs - 3_600_000, toMs: startMs + 3_600_000 };
  const iso = (ms: number) => new Date(startMs + ms).toISOString();
  const source = (index: string) => openOpenSearch(kit, at(`${server.url}/${index}`));

  test('other spellings of a level, dots in names, several indices and unknown levels', async () => {
    await ask(server.url, 'PUT', '/_index_template/other', { index_patterns: ['other-*'], template: ecsTemplate });
    const levels = ['WARNING', 'Error', 'INFO', 'odd', null, 'critical'];
    await bulk(server.url, 'other-a', levels.map((level, i) => ({ '@timestamp': iso(i), 'service.name': 'shop', message: `a ${i}`, ...(level === null ? {} : { 'log.level': level }), 'host.name': 'h1' })));
    await bulk(server.url, 'other-b', levels.map((level, i) => ({ '@timestamp': iso(i), service: { name: 'shop' }, message: `b ${i}`, ...(level === null ? {} : { log: { level } }), host: { name: 'h2' } })));
    const of = async (query: string) => (await source('other-*').find(parseLogQuery(query), range, 100)).map(({ message }) => message).toSorted();
    expect(await of('level:warn')).toEqual(['a 0', 'b 0']);
    expect(await of('level:info')).toEqual(['a 2', 'a 3', 'a 4', 'b 2', 'b 3', 'b 4']);
    expect(await of('level>=error')).toEqual(['a 1', 'a 5', 'b 1', 'b 5']);
    expect(await of('attr.host.name:h2 level:warn')).toEqual(['b 0']);
    const { counts } = await source('other-*').count([], range, 1);
    expect(counts.map(({ level, count }) => [level, count])).toEqual([['error', 2], ['fatal', 2], ['info', 6], ['warn', 2]]);
    // All that is kept begins with its first line, however old.
    expect(await source('other-*').earliest()).toBe(startMs);
    const first = await source('other-*').find([], range, 5);
    expect([...first, ...await source('other-*').find([], range, 100, first.at(-1)?.id)].map(({ message }) => message).toSorted()).toEqual(['a', 'b'].flatMap((one) => [0, 1, 2, 3, 4, 5].map((i) => `${one} ${i}`)));
    expect((await openOpenSearch(kit, at(`${server.url}/other-*?host.name=h1`)).find([], range, 100)).map(({ message }) => message.slice(0, 1))).toEqual(Array.from({ length: 6 }, () => 'a'));
  }, 30_000);

  test('an index that lacks a field, and one that is not there, are told as that', async () => {
    await bulk(server.url, 'plain', [{ time: iso(0), text: 'x' }]);
    await expect(source('plain').find([], range, 1)).rejects.toMatchObject({ code: 'unavailable', detail: expect.stringMatching(/no index plain, or its lines have no time/) });
    await expect(source('nobody').find([], range, 1)).rejects.toMatchObject({ detail: expect.stringMatching(/no index nobody/) });
    await bulk(server.url, 'words', [{ '@timestamp': iso(0), service: { name: 'x' }, log: { level: 'info' }, trace: { id: 'a' }, span: { id: 'b' } }]);
    await ask(server.url, 'PUT', '/words/_mapping', { properties: { message: { type: 'text' } } });
    expect(await source('words').find(parseLogQuery('service:x'), range, 1)).toHaveLength(1);
    await expect(source('words').find(parseLogQuery('part'), range, 1)).rejects.toMatchObject({ code: 'unavailable', fix: expect.stringMatching(/subfield of the type wildcard/) });
  }, 30_000);

  test('without a keyword any sign stands for a backslash, and a star for itself', async () => {
    await ask(server.url, 'PUT', '/patterns', { mappings: { properties: { ...ecsTemplate.mappings.properties, message: { type: 'wildcard' }, service: { properties: { name: { type: 'keyword' } } }, log: { properties: { level: { type: 'keyword' } } } } } });
    await bulk(server.url, 'patterns', [String.raw`C:\dir\file *`, 'C:/dir/file x'].map((message, i) => ({ '@timestamp': iso(i), message })));
    const of = async (query: string) => (await source('patterns').find(parseLogQuery(query), range, 9)).length;
    expect([await of(String.raw`"dir\\file"`), await of('"file *"'), await of('"C:?dir"'), await of(String.raw`"dir\\x"`)]).toEqual([2, 1, 0, 0]);
  }, 30_000);

  test.each(['', '_all', 'a/_delete_by_query', 'a%2F_doc', 'a%20b'])('the index %j is refused at the start, without showing the URL', (index) => {
    const open = () => openOpenSearch(kit, at(`http://user:hidden@127.0.0.1:${server.port}/${index}`));
    expect(open).toThrow(/names no index/);
    expect(open).not.toThrow(/hidden/);
  });

  describe('as a source', () => {
    logsSuite(async () => {
      await ask(server.url, 'PUT', '/_index_template/logs', { index_patterns: ['logs-*'], template: ecsTemplate });
      return {
        source: source('logs-*'), kill: () => server.kill(), write: (lines) => bulk(server.url, 'logs-here', lines.map(ecs)), stop: () => Promise.resolve(),
      };
    });
  });
});
