import type { Database, Sql, Transaction } from '../../kit/adapters/postgres.ts';
import type { Growth } from '../domain/metric-growth.ts';
import type { Measured } from '../domain/red.ts';
import { newIn, ZERO, type Kept, type Told } from '../domain/told.ts';
import { fresh, type Sent } from './fresh.ts';
import type { Window } from './metric-outbox.ts';
import type { Grown, Points } from './metric-points.ts';
import type { Ids, SeriesTable } from './metric-series.ts';

/** Counts what is told from what was told before, both in one transaction: once, whatever dies, and however many tell it. */
export interface Counting {
  /** What programs send. @param at unix seconds in which it counts @returns what was new */
  sent(at: number, sent: readonly Sent<Told>[]): Promise<readonly Growth[]>;
  /** What was read in closed windows. @param levels of gauges */
  read(windows: readonly Window[], levels: readonly Measured[]): Promise<void>;
}
/** Taken by everyone who writes figures: two that read the same total would both count from it, and a window must not change while it is added up. */
export const LOCK = `select pg_advisory_xact_lock(hashtext('monitoring.metrics'))`;

export function openCounting(database: Database, series: SeriesTable, points: Points): Counting {
  return {
    sent: (at, sent) => series.with(sent.flatMap(({ records }) => records.map(({ series }) => series)), (ids) => database.transaction(async (sql) => {
      await sql.query(LOCK);
      const told = (await fresh(sql, sent)).flatMap(({ records }) => records);
      const listening = await listeningSince(sql);
      // What began before anybody listened is only remembered: its whole past is not what happens now.
      const grown = await count(sql, told.map((one) => ({ at, one: one.began > listening ? { ...one, base: ZERO } : one })), ids);
      await points.add(sql, 'sent', grown, ids);
      return grown;
    })),
    read: (windows, levels) => series.with([...windows.flatMap(({ told }) => told.map(({ series }) => series)), ...levels.map(({ series }) => series)], (ids) => database.transaction(async (sql) => {
      await sql.query(LOCK);
      await points.keep(sql, levels, ids);
      const known = await knownOf(sql, windows);
      // Who began to look while the database was away did not know what this knows.
      const based = (one: Told): Told => (one.base === null && (known.sources.has(one.source ?? '') || one.began > known.seen) ? { ...one, base: ZERO } : one);
      await points.add(sql, 'read', await count(sql, windows.flatMap(({ at, told }) => told.map((one) => ({ at, one: based(one) }))), ids), ids);
      await keepLives(sql, windows);
    })),
  };
}

interface Timed { readonly at: number; readonly one: Told }
type Key = `${string} ${string}`;

async function count(sql: Transaction, told: readonly Timed[], ids: Ids): Promise<readonly Grown[]> {
  const keyOf = ({ series, source }: Told): Key => `${ids.get(series) ?? ''} ${source ?? ''}`;
  const keys = new Set(told.filter(({ one }) => one.source !== null).map(({ one }) => keyOf(one)));
  const kept = await keptOf(sql, [...keys]);
  const changed = new Map<Key, Kept>();
  // A sender that sends a backlog, and requests that were written together, come in any order.
  const inOrder = told.toSorted((a, b) => (a.one.time < b.one.time ? -1 : a.one.time > b.one.time ? 1 : 0));
  const grown = inOrder.flatMap(({ at, one }): Grown[] => {
    const key = keyOf(one);
    const news = newIn(one, changed.get(key) ?? kept.get(key));
    if (news.kept) changed.set(key, news.kept);
    return news.point && news.point.count !== 0 ? [{ at, series: one.series, point: news.point, exemplars: one.exemplars }] : [];
  });
  await keep(sql, changed);
  return grown;
}

async function keptOf(sql: Transaction, keys: readonly Key[]): Promise<Map<Key, Kept>> {
  if (keys.length === 0) return new Map();
  const rows = await sql.query<{ key: Key; value: number; sum: number; buckets: readonly number[]; told: string }>(
    `select key, t.value, t.sum, t.buckets, t.told from unnest($1::text[]) as key
     join metric_totals t on t.series = split_part(key, ' ', 1)::bigint and t.source = substr(key, strpos(key, ' ') + 1)`, [keys],
  );
  return new Map(rows.map(({ key, told, ...total }) => [key, { ...total, time: BigInt(told) }]));
}

async function keep(sql: Transaction, changed: ReadonlyMap<Key, Kept>): Promise<void> {
  if (changed.size === 0) return;
  const rows = [...changed].map(([key, { time, ...total }]) => ({ ...total, told: String(time), series: key.slice(0, key.indexOf(' ')), source: key.slice(key.indexOf(' ') + 1) }));
  await sql.query(
    `insert into metric_totals (series, source, value, sum, buckets, told, at)
     select series, source, value, sum, buckets, told, extract(epoch from now())
     from jsonb_to_recordset($1::jsonb) as row (series bigint, source text, value double precision, sum double precision, buckets double precision[], told bigint)
     on conflict (series, source) do update set value = excluded.value, sum = excluded.sum, buckets = excluded.buckets, told = excluded.told, at = excluded.at`, [JSON.stringify(rows)],
  );
}

/** Unix seconds. */
async function listeningSince(sql: Sql): Promise<number> {
  const [row] = await sql.query<{ since: number }>('select extract(epoch from since)::double precision as since from metric_listening');
  return row?.since ?? 0;
}

/** Processes that somebody has looked at before, and when anybody last looked at anything; Infinity when nobody ever did. */
async function knownOf(sql: Sql, windows: readonly Window[]): Promise<{ readonly sources: ReadonlySet<string>; readonly seen: number }> {
  const all = [...new Set(windows.flatMap(({ lives }) => lives.map(({ source }) => source)))];
  const rows = await sql.query<{ source: string }>('select source from metric_lives where source = any ($1::text[])', [all]);
  const [last] = await sql.query<{ seen: string | null }>('select max(seen) as seen from metric_lives');
  return { sources: new Set(rows.map(({ source }) => source)), seen: last?.seen === null || last === undefined ? Infinity : Number(last.seen) };
}

async function keepLives(sql: Sql, windows: readonly Window[]): Promise<void> {
  const lives = new Map(windows.flatMap(({ lives }) => lives.map((life) => [life.source, life])));
  if (lives.size === 0) return;
  await sql.query(
    `insert into metric_lives (source, service, began, seen)
     select source, service, began, seen from jsonb_to_recordset($1::jsonb) as row (source text, service text, began double precision, seen bigint)
     on conflict (source) do update set seen = greatest(metric_lives.seen, excluded.seen)`, [JSON.stringify([...lives.values()])],
  );
}
