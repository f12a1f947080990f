import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Problem } from '../problem.ts';
import { connectionTo } from '../test/connection.ts';
import { testContract } from '../test/contract.ts';
import { testKit } from '../test/kit.ts';
import { startPostgres, type TestPostgres } from '../test/postgres.ts';
import { until } from '../test/until.ts';
import { openDatabase, type Database } from './postgres.ts';
import { serviceOf } from './error.ts';
import { isAway, isDuplicate } from './postgres-error.ts';

let server: TestPostgres;
let url: string;
let kit: ReturnType<typeof testKit<typeof testContract>>;
let database: Database;
beforeAll(async () => {
  server = await startPostgres();
  url = await server.backing('things');
});
afterAll(() => server.stop());
beforeEach(async () => {
  kit = testKit(testContract);
  database = openDatabase(kit, connectionTo('database', url), { connections: 2, waitMs: 500, statementMs: 800 });
  await database.query('create table if not exists thing (id integer primary key, name text)');
  await database.query('truncate thing');
});
afterEach(async () => {
  await database.close();
  await kit.close();
});
const add = (id: number) => ['insert into thing (id) values ($1)', [id]] as const;
const count = async () => (await database.query<{ n: number }>('select count(*)::int as n from thing'))[0]?.n;
const codeOf = (promise: Promise<unknown>) => promise.then(() => 'none', (error: unknown) => (error instanceof Problem ? error.code : error));

describe('a statement', () => {
  test('runs in the schema that the URL names, as a role that reaches nothing else', async () => {
    expect(await database.query('select current_schema() as schema, current_user as role')).toEqual([{ schema: 'things', role: 'things' }]);
    const other = openDatabase(kit, connectionTo('database', await server.backing('others')));
    await expect(other.query('select * from things.thing')).rejects.toThrow(/permission denied/);
    await other.close();
  });

  test('is a span with its text, without values, and the number of rows', async () => {
    await database.query('insert into thing (id, name) values ($1, $2)', [1, 'secret name']);
    await database.query(`select * from thing
      where name = 'written into the text' or id = $1`, [1]);
    const span = (await kit.spans()).at(-1);
    expect(span?.name).toBe('SELECT test.DATABASE');
    expect(span?.attributes).toMatchObject({
      'db.system.name': 'postgresql', 'db.operation.name': 'SELECT', 'journey.reference': 'test.DATABASE', 'db.response.returned_rows': 1,
      'db.query.text': "select * from thing where name = '?' or id = $1", 'db.client.connection.wait_time': expect.any(Number),
    });
    expect(JSON.stringify((await kit.spans()).map((s) => s.attributes))).not.toContain('secret name');
  });

  test('that runs too long is stopped by the server and says unavailable', async () => {
    expect(await codeOf(database.query('select pg_sleep(5)'))).toBe('unavailable');
    expect(await codeOf(database.transaction((sql) => sql.query('select pg_sleep(5)')))).toBe('unavailable');
    expect(await database.query('select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('that has an error of ours is thrown as it is, and tells a duplicate', async () => {
    await database.query(...add(1));
    const error = await database.query(...add(1)).catch((e: unknown) => e);
    expect(isDuplicate(error)).toBe(true);
    expect(isAway(error)).toBe(false);
    expect(isDuplicate('23505')).toBe(false);
    await expect(database.query('selec')).rejects.toThrow(/syntax error/);
  });

  test('waits for a connection only so long', async () => {
    const busy = [1, 2].map(() => database.query('select pg_sleep(0.7)'));
    expect(await codeOf(database.query('select 1'))).toBe('unavailable');
    await Promise.all(busy);
  });
});

/** Sum and count of the first histogram line with these words. */
async function figures(family: string, ...words: string[]) {
  const lines = (await kit.metrics.metrics()).split('\n').filter((line) => line.startsWith(family) && words.every((word) => line.includes(word)));
  const last = (end: string) => Number(lines.find((line) => line.startsWith(`${family}_${end}{`))?.replace(/ #.*/, '').split(' ').at(-1) ?? 0);
  return { sum: last('sum'), count: last('count') };
}

describe('the figures', () => {
  const OPERATION = 'db_client_operation_duration_seconds';
  const WAIT = 'db_client_connection_wait_time_seconds';

  test('hold what the fault `slowQuery` takes, as the span does: of a query, of a statement in a transaction, of a COPY', async () => {
    await database.close();
    await kit.close();
    // Ended like the others, after the test.
    kit = testKit(testContract, { FAULTS: 'yes' });
    database = openDatabase(kit, connectionTo('database', url));
    kit.faults.begin({ id: '00000000-0000-4000-8000-000000000007', kind: 'slowQuery', strength: 200, until: Date.now() + 60_000 });
    await database.query('select name from thing');
    await database.transaction((sql) => sql.query('update thing set name = $1', ['x']));
    expect(await database.transaction((sql) => sql.copy('copy thing (id) from stdin', ['1\n', '2\n']))).toBe(2);
    for (const summary of ['SELECT thing', 'UPDATE thing', 'COPY thing']) {
      const { sum, count } = await figures(OPERATION, `db_query_summary="${summary}"`);
      expect([summary, count, sum >= 0.19]).toEqual([summary, 1, true]);
      const hop = (await kit.spans()).find(({ name }) => name.startsWith(summary.split(' ')[0] ?? ''));
      expect((hop?.duration[0] ?? 0) + (hop?.duration[1] ?? 0) / 1e9).toBeGreaterThanOrEqual(sum - 0.001);
    }
  });

  test('hold a COPY, and why one failed', async () => {
    await database.transaction((sql) => sql.copy('copy thing (id) from stdin', ['1\n']));
    await expect(database.transaction((sql) => sql.copy('copy thing (id) from stdin', ['1\n']))).rejects.toThrow(/duplicate/);
    expect((await figures(OPERATION, 'db_query_summary="COPY thing"', 'error_type=""')).count).toBe(1);
    expect((await figures(OPERATION, 'db_query_summary="COPY thing"', 'error_type="error"')).count).toBe(1);
  });

  test('hold a wait that ended without a connection: refused, or too long', async () => {
    const nowhere = openDatabase(kit, connectionTo('database', 'postgres://a:b@127.0.0.1:1/x', 'nowhere.DATABASE'));
    expect(await codeOf(nowhere.query('select 1'))).toBe('unavailable');
    await nowhere.close();
    expect((await figures(WAIT, 'journey_reference="nowhere.DATABASE"')).count).toBe(1);
    const had = (await figures(WAIT, 'journey_reference="test.DATABASE"')).count;
    const busy = [1, 2].map(() => database.query('select pg_sleep(0.7)'));
    await until('both connections are taken', async () => (await figures(WAIT, 'journey_reference="test.DATABASE"')).count >= had + 2);
    const before = await figures(WAIT, 'journey_reference="test.DATABASE"');
    expect(await codeOf(database.query('select 1'))).toBe('unavailable');
    const after = await figures(WAIT, 'journey_reference="test.DATABASE"');
    expect([after.count - before.count, after.sum - before.sum >= 0.45]).toEqual([1, true]);
    await Promise.all(busy);
  });
});

describe('a transaction', () => {
  test('commits what succeeds and rolls back what throws', async () => {
    await database.transaction(async (sql) => { await sql.query(...add(1)); });
    await expect(database.transaction(async (sql) => { await sql.query(...add(2)); throw new Error('changed my mind'); })).rejects.toThrow('changed my mind');
    expect(await count()).toBe(1);
  });

  test('is refused when a statement failed and its error was swallowed', async () => {
    await expect(database.transaction(async (sql) => {
      await sql.query(...add(1));
      await sql.query(...add(1)).catch(() => undefined);
    })).rejects.toThrow(/rolled back/);
    expect(await count()).toBe(0);
  });

  test('that meets another one says conflict and leaves nothing', async () => {
    await database.query(...add(1));
    let met: (() => void) | undefined;
    const both = new Promise<void>((resolve) => { let n = 0; met = () => { if (++n === 2) resolve(); }; });
    const change = () => database.transaction(async (sql) => {
      await sql.query('set transaction isolation level repeatable read');
      await sql.query('select * from thing');
      met?.();
      await both;
      await sql.query(`update thing set name = coalesce(name, '') || 'x'`);
    });
    const outcomes = await Promise.all([codeOf(change()), codeOf(change())]);
    expect(outcomes.sort()).toEqual(['conflict', 'none']);
    expect(await database.query('select name from thing')).toEqual([{ name: 'x' }]);
  });

  test('is one span, and its statements hang below it', async () => {
    await database.transaction(async (sql) => { await sql.query(...add(1)); });
    const [insert, whole] = (await kit.spans()).slice(-2);
    expect([insert?.name, whole?.name]).toEqual(['INSERT test.DATABASE', 'TRANSACTION test.DATABASE']);
    expect(insert?.parentSpanContext?.spanId).toBe(whole?.spanContext().spanId);
  });

  test('gives its connection back, whatever happened', async () => {
    for (let round = 0; round < 20; round++) {
      await database.transaction(async (sql) => { await sql.query(...add(round)); });
      await database.transaction(async (sql) => { await sql.query(...add(round)); }).catch(() => undefined);
      await database.transaction(() => Promise.reject(new Error('no'))).catch(() => undefined);
    }
    await database.ready();
    const [row] = await database.query<{ n: number }>(`select count(*)::int as n from pg_stat_activity where usename = 'things' and state like '%transaction%'`);
    expect(row?.n).toBe(0);
  });
});

describe('a server that went away', () => {
  test('is unavailable at once, names its service, and serves again when it is back', async () => {
    await database.query(...add(1));
    const hanging = codeOf(database.transaction(async (sql) => {
      await sql.query(...add(2));
      await server.kill();
      await sql.query(...add(3));
    }));
    expect(await hanging).toBe('unavailable');
    const started = performance.now();
    const problem = await database.query('select 1').catch((error: unknown) => error);
    expect(problem).toMatchObject({ code: 'unavailable', at: 'test', detail: expect.stringContaining('test.DATABASE') });
    expect(await codeOf(database.ready())).toBe('unavailable');
    expect(performance.now() - started).toBeLessThan(1000);
    await server.restart();
    expect(await count()).toBe(1);
  });

  test('whose host is unknown is unavailable too', async () => {
    const nowhere = openDatabase(kit, connectionTo('database', 'postgres://a:b@127.0.0.1:1/x'));
    expect(await codeOf(nowhere.transaction(() => Promise.resolve()))).toBe('unavailable');
    await nowhere.close();
    expect(isAway(new AggregateError([Object.assign(new Error('no'), { code: 'ECONNREFUSED' })]))).toBe(true);
  });
});

test('a schema that is no name is refused without showing the URL', () => {
  expect(() => openDatabase(kit, connectionTo('database', 'postgres://a:hidden@127.0.0.1:1/x?schema=a"b'))).toThrow(/must be a name/);
  expect(() => openDatabase(kit, connectionTo('database', 'postgres://a:hidden@127.0.0.1:1/x?schema=a"b'))).not.toThrow(/hidden/);
});
test('the service is the first part of a reference', () => {
  expect([serviceOf('auth.DATABASE'), serviceOf('')]).toEqual(['auth', '']);
});
