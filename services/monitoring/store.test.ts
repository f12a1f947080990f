import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openDatabase } from '../kit/adapters/postgres.ts';
import { openUpkeep } from './adapters/upkeep.ts';
import { lineAt, logs, spanAt, startMs, traceId, traces } from './test/otlp.ts';
import { startMonitoring, type Monitoring } from './test/start-monitoring.ts';

const DAY = 86_400_000;
let monitoring: Monitoring;
beforeAll(async () => { monitoring = await startMonitoring(); }, 60_000);
afterAll(() => monitoring?.stop());

const count = async (table: string) => Number((await monitoring.sql(`select count(*)::int as n from ${table}`))[0]?.['n']);
const tables = async (like: string) => (await monitoring.sql(`select relname from pg_class where relname ~ $1 and relkind = 'r' order by 1`, [like])).map(({ relname }) => relname);
const stamp = (ms: number) => new Date(ms).toISOString().slice(0, 10).replaceAll('-', '');
async function upkeepRound(days = 7) {
  const keeping = openDatabase(monitoring.kit, monitoring.kit.env.DATABASE, { connections: 1, statementMs: 60_000 });
  const done = await openUpkeep(keeping, keeping, monitoring.kit.log, days).round();
  await keeping.close();
  return done;
}

test('a batch that overlaps another by some spans is kept once, and neither lost', async () => {
  const trace = traceId();
  const [a, b, c] = [0, 1, 2].map((ms) => spanAt(ms, { traceId: trace }));
  for (const some of [[a, b], [b, c], [a, b, c], [a, a]]) expect((await monitoring.send('/v1/traces', traces('gateway', some))).status).toBe(200);
  expect(await count(`spans where trace_id = '${trace}'`)).toBe(3);
});

test('a repeated batch of lines is kept and counted once; equal lines within one batch are all kept', async () => {
  const batch = logs('repeated', [lineAt(0, 'same'), lineAt(0, 'same'), lineAt(1, 'other')]);
  await Promise.all([1, 2, 3].map(() => monitoring.send('/v1/logs', batch)));
  await monitoring.send('/v1/logs', batch);
  expect(await count(`logs where service = 'repeated'`)).toBe(3);
  expect(await monitoring.sql(`select width, sum(info)::int as n from log_counts where service = 'repeated' group by 1 order by 1`)).toEqual([10, 60, 3600].map((width) => ({ width, n: 3 })));
});

test('times outside of the window are refused with a clear message, counted, and their neighbours kept', async () => {
  const odd = [lineAt(0, 'fine'), lineAt(Date.now() - startMs + 600_000, 'future'), lineAt(-8 * DAY, 'old')];
  expect((await monitoring.send('/v1/logs', logs('odd', odd))).body).toEqual({ partialSuccess: { rejectedLogRecords: '2', errorMessage: '2 refused; the first: its time is older than the 7 days that are kept' } });
  expect((await monitoring.send('/v1/traces', traces('odd', [spanAt(Date.now() - startMs + 600_000)]))).body).toMatchObject({ partialSuccess: { errorMessage: expect.stringContaining('in the future') } });
  await monitoring.send('/v1/traces', traces('odd', [null]));
  const { body } = await monitoring.read<object>('/v1/telemetry');
  expect(body).toMatchObject({ retentionDays: 7, refused: expect.arrayContaining([
    { signal: 'logs', reason: 'future', records: 1 }, { signal: 'logs', reason: 'too_old', records: 1 }, { signal: 'traces', reason: 'future', records: 1 }, { signal: 'traces', reason: 'ill_formed', records: 1 },
  ]) });
  const metrics = await (await fetch(`${monitoring.metricsUrl}/metrics`)).text();
  expect(metrics).toMatch(/telemetry_refused_records_total\{signal="logs",reason="too_old".*\} 1/);
  expect(await count(`logs where service = 'odd'`)).toBe(1);
});

test('a late line makes its day; closed days get their index, today none; a half-built one is built anew; search agrees', async () => {
  await monitoring.send('/v1/logs', logs('late', [lineAt(-3 * DAY, 'a needle in the past'), lineAt(-3 * DAY, 'hay'), lineAt(0, 'a needle today')]));
  const [past, today] = [`logs_${stamp(startMs - 3 * DAY)}`, `logs_${stamp(Date.now())}`];
  expect(await tables('^logs_')).toEqual(expect.arrayContaining([past, today, `logs_${stamp(Date.now() + 2 * DAY)}`]));
  expect((await upkeepRound()).indexed).toContain(past);
  const indexes = async () => (await monitoring.sql(`select c.relname, i.indisvalid from pg_index i join pg_class c on c.oid = i.indexrelid where c.relname like '%_trigram'`)).map((row) => [row['relname'], row['indisvalid']]);
  expect(await indexes()).toContainEqual([`${past}_trigram`, true]);
  expect((await indexes()).flat()).not.toContain(`${today}_trigram`);
  expect((await upkeepRound()).indexed).toEqual([]);
  await monitoring.sql(`update pg_index set indisvalid = false where indexrelid = '${past}_trigram'::regclass`);
  expect((await upkeepRound()).indexed).toEqual([past]);
  expect(await indexes()).toContainEqual([`${past}_trigram`, true]);
  await monitoring.sql('set enable_seqscan = off');
  const plan = await monitoring.sql(`explain select 1 from ${past} where message like '%needle%'`);
  expect(JSON.stringify(plan)).toContain('_trigram');
  const { body } = await monitoring.read<{ lines: readonly { message: string }[] }>('/v1/logs?query=needle');
  expect(body.lines.map(({ message }) => message)).toEqual(['a needle today', 'a needle in the past']);
});

test('days past the retention are dropped, also one whose process died between detaching and dropping; the rest stays', async () => {
  // Counted from now, as the upkeep does: `startMs` may be of the day before.
  const back = (days: number) => ({ day: stamp(Date.now() - days * DAY), line: (text: string) => lineAt(Date.now() - days * DAY - startMs, text) });
  const [three, two] = [back(3), back(2)];
  await monitoring.send('/v1/logs', logs('late', [two.line('the day before yesterday'), three.line('the day before that')]));
  await monitoring.sql(`alter table logs detach partition logs_${three.day}`);
  const { dropped } = await upkeepRound(2);
  expect(dropped).toEqual(expect.arrayContaining([`logs_${three.day}`, `spans_${three.day}`, `open_spans_${three.day}`]));
  expect(dropped).not.toContain(`logs_${two.day}`);
  expect(await tables(`_${three.day}$`)).toEqual([]);
  // The writer still believes in the day; it learns, and makes it again.
  expect((await monitoring.send('/v1/logs', logs('late', [three.line('again')]))).status).toBe(200);
  expect(await count(`logs_${three.day}`)).toBe(1);
});

test('while the disk is full nothing is acknowledged and the sender is told to come again', async () => {
  await monitoring.sql(`create function telemetry.full_disk(text) returns boolean language plpgsql as $$ begin raise exception 'no space left' using errcode = '53100'; end $$`);
  await monitoring.sql('alter table logs add constraint full_disk check (telemetry.full_disk(message)) not valid');
  const batch = logs('full', [lineAt(0, 'kept later')]);
  const refused = await monitoring.send<{ detail: string }>('/v1/logs', batch);
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '2']);
  expect(refused.body.detail).toMatch(/disk is full/);
  await monitoring.sql('alter table logs drop constraint full_disk');
  expect((await monitoring.send('/v1/logs', batch)).status).toBe(200);
  expect(await count(`logs where service = 'full'`)).toBe(1);
  expect((await monitoring.read<object>('/v1/telemetry')).body).toMatchObject({ refused: expect.arrayContaining([{ signal: 'logs', reason: 'unavailable', records: 1 }]) });
});
