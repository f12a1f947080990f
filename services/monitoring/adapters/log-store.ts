import type { Database } from '../../kit/adapters/postgres.ts';
import { millis } from '../domain/journey.ts';
import { levels, type Level, type Term } from '../domain/log-query.ts';
import type { Attributes } from '../domain/span.ts';
import { timeBucketsOf } from '../domain/time-buckets.ts';
import { DAY_MS } from '../domain/timely.ts';
import { givenUp } from './given-up.ts';
import type { Line, LogStore, Range } from './log-port.ts';
import { conditionOf, isCounted, isNarrow, openValues } from './log-sql.ts';

/** Who comes back after more lines than this is not told all of them. */
const CATCH_UP = 10_000;
const NEWEST_MS = 3_600_000;

/** @param days that lines are kept; the day that has begun comes on top */
export function openLogStore(database: Pick<Database, 'query'>, days: number): LogStore {
  const ask = async <Row extends object>(text: string, params: readonly unknown[]) => {
    try {
      return await database.query<Row>(text, params);
    } catch (error) {
      throw givenUp(error, 'Narrow the time, or name a service, a level or a trace.');
    }
  };
  const lines = async (text: string, params: readonly unknown[]) => (await ask<Row>(text, params)).map(lineOf);
  const find = (terms: readonly Term[], range: Range, limit: number, before?: number) => {
    const values = openValues();
    const conditions = [within('at_ns', range, values.add), conditionOf(terms, values, isNarrow(terms, range))];
    if (before !== undefined) conditions.push(`(at_ns, id) < (select at_ns, id from logs where id = ${values.add(before)})`);
    return lines(`select ${COLUMNS} from logs where ${conditions.join(' and ')} order by at_ns desc, id desc limit ${values.add(limit)}`, values.list);
  };
  return {
    source: 'own',
    earliest: () => Promise.resolve(Date.now() - (days + 1) * DAY_MS),
    // Whoever asks for everything mostly wants the end of it, and days that are not asked for need no plan.
    async find(terms, range, limit, before) {
      const newest = Math.min(range.toMs, Date.now()) - NEWEST_MS;
      if (before === undefined && newest > range.fromMs && isCounted(terms)) {
        const found = await find(terms, { ...range, fromMs: newest }, limit);
        if (found.length === limit) return found;
      }
      return find(terms, range, limit, before);
    },
    async count(terms, range, buckets) {
      const { fromS, toS, stepS, width } = timeBucketsOf(range.fromMs, range.toMs, buckets, Date.now());
      const values = openValues();
      const step = `${values.add(stepS)}::bigint`;
      const answered = { fromMs: fromS * 1000, toMs: toS * 1000, stepMs: stepS * 1000 };
      if (width !== null && isCounted(terms)) {
        const services = terms.filter(({ kind }) => kind === 'service');
        const rows = await ask<CountedRow>(`select at / ${step} * ${step} as at, service, ${levels.map((level) => `sum(${level})::bigint as ${level}`).join(', ')} from log_counts
          where width = ${values.add(width)} and at >= ${values.add(fromS)} and at < ${values.add(toS)} and ${conditionOf(services, values)} group by 1, 2 order by 1, 2`, values.list);
        const wanted = levels.filter((level) => terms.every((term) => term.kind !== 'level' || term.levels.includes(level) !== term.negated));
        const counts = rows.flatMap((row) => wanted.map((level) => ({ at: Number(row.at) * 1000, service: row.service, level, count: Number(row[level]) })));
        return { ...answered, counts: counts.filter(({ count }) => count > 0) };
      }
      const rows = await ask<{ at: string; service: string; level: string; count: string }>(`select at_ns / (${step} * 1000000000) * ${step} as at, service, level, count(*) as count from logs
        where ${within('at_ns', { fromMs: fromS * 1000, toMs: toS * 1000 }, values.add)} and ${conditionOf(terms, values)} group by 1, 2, 3 order by 1, 2, 3`, values.list);
      return { ...answered, counts: rows.map((row) => ({ at: Number(row.at) * 1000, service: row.service, level: row.level, count: Number(row.count) })) };
    },
    async around(id, count, all) {
      const [found] = await ask<{ atNs: string; service: string }>('select at_ns as "atNs", service from logs where id = $1', [id]);
      if (!found) return null;
      const side = (than: '<=' | '>', order: 'asc' | 'desc', limit: number) => lines(
        `select ${COLUMNS} from logs where (at_ns, id) ${than} ($1, $2) and ($3::text is null or service = $3) order by at_ns ${order}, id ${order} limit $4`,
        [found.atNs, id, all ? null : found.service, limit],
      );
      const [before, after] = await Promise.all([side('<=', 'desc', count + 1), side('>', 'asc', count)]);
      return [...before.toReversed(), ...after];
    },
    since(terms, after, upTo, limit) {
      const values = openValues();
      return lines(`select ${COLUMNS} from logs where id > ${values.add(after)} and id <= ${values.add(upTo)} and ${conditionOf(terms, values)} order by id limit ${values.add(limit)}`, values.list);
    },
    async newest() {
      const [row] = await ask<{ id: string }>('select id from logs order by id desc limit 1', []);
      return Number(row?.id ?? 0);
    },
    earliestTold: (newest) => newest - CATCH_UP,
    async bounds() {
      const [row] = await ask<{ oldest: string | null; newest: string | null }>('select (select id from logs order by id limit 1) as oldest, (select id from logs order by id desc limit 1) as newest', []);
      return { oldest: Number(row?.oldest ?? 0), newest: Number(row?.newest ?? 0) };
    },
  };
}

type CountedRow = { readonly at: string; readonly service: string } & { readonly [L in Level]: string };
interface Row { readonly id: string; readonly traceId: string | null; readonly spanId: string | null; readonly service: string; readonly level: string; readonly message: string; readonly atNs: string; readonly attributes: Attributes }
const COLUMNS = 'id, trace_id as "traceId", span_id as "spanId", service, level, message, at_ns as "atNs", attributes';
const lineOf = ({ id, atNs, ...row }: Row): Line => ({ ...row, id: Number(id), at: millis(BigInt(atNs)) });

/** A time before 1970 or past 2262 is no bigint of nanoseconds: the contract bounds both. */
function within(column: string, { fromMs, toMs }: Range, add: (value: unknown) => string): string {
  const nanos = (ms: number) => `${add(String(BigInt(Math.round(ms)) * 1_000_000n))}::bigint`;
  return `${column} >= ${nanos(fromMs)} and ${column} < ${nanos(toMs)}`;
}
