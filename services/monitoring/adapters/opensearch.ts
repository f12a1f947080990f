import type { Connection } from '../../kit/contract.ts';
import type { Kit } from '../../kit/kit.ts';
import { problem } from '../../kit/problem.ts';
import type { Term } from '../domain/log-query.ts';
import { timeBucketsOf } from '../domain/time-buckets.ts';
import { openForeign, textAt } from './foreign.ts';
import type { Count, LogStore, Range } from './log-port.ts';
import { asCaps, asFound, asGrouped, type Bucket, type Caps, type Hit, type Key } from './opensearch-answers.ts';
import { askedFields, fieldsOf, formsOf, TIME, type Fields } from './opensearch-fields.ts';
import { EARLIEST, idOf, idsIn, lineOf, placeOf } from './opensearch-line.ts';
import { filterOf, levelOf } from './opensearch-query.ts';

/** As a shipper needs to bring a line: who follows them is told of it so much later, and then in the order of time. */
const SETTLE_MS = 5000;
const CATCH_UP_MS = 60_000;
const REMEMBERED_MS = 60_000;
/** Groups of one page, and pages of one count. */
const COUNTED = { page: 10_000, pages: 10 } as const;
/** Lines of one millisecond. */
const TOGETHER = 10_000;
const ALL: Range = { fromMs: EARLIEST, toMs: 4_102_444_800_000 };
const NO_CAPS: Caps = { indices: [], fields: {} };

/**
 * Log lines of an OpenSearch or Elasticsearch by its search API, in the fields of the Elastic Common Schema:
 * `https://user:password@host/logs-*?labels.env=production`; what stands behind the `?` must be so in every line.
 * @throws {Error} when the URL names no index
 */
export function openOpenSearch(kit: Pick<Kit, 'call'>, connection: Connection<'logs'>, { settleMs = SETTLE_MS, now = Date.now } = {}): LogStore {
  const { ask, path, search } = openForeign(kit, connection, { name: 'OpenSearch', ownPath: true, reasonOf: (body) => textAt(body, 'error', 'root_cause', '0', 'reason') ?? textAt(body, 'error', 'reason') ?? textAt(body, 'error') });
  const index = decodeURIComponent(path);
  if (!/^[^_\\/?"<>| #][^\\/?"<>| #]*$/.test(index)) throw new Error(`${connection.reference} names no index. Use https://user:password@host/<index>.`);
  const filters = [...search];
  const WHERE = '?ignore_unavailable=true&allow_no_indices=true';
  let known: { readonly fields: Fields; readonly until: number } | undefined;

  const caps = async (names: readonly string[]) => asCaps(await ask({ path: `/${encodeURIComponent(index)}/_field_caps${WHERE}&fields=${encodeURIComponent(names.join(','))}` }));
  async function fields(): Promise<Fields> {
    if (!known || known.until < now()) known = { fields: fieldsOf(await caps(askedFields), index), until: now() + REMEMBERED_MS };
    return known.fields;
  }
  async function filter(terms: readonly Term[], range: Range): Promise<object> {
    const keys = terms.flatMap((term) => (term.kind === 'attribute' ? [term.key] : []));
    return filterOf(terms, { fromMs: Math.max(EARLIEST, range.fromMs), toMs: range.toMs }, filters, await fields(), keys.length === 0 ? NO_CAPS : await caps(keys.flatMap(formsOf)));
  }
  const searched = (body: object) => ask({ path: `/${encodeURIComponent(index)}/_search${WHERE}&allow_partial_search_results=false`, body: { timeout: '3s', track_total_hits: false, ...body } });

  async function hits(query: object, order: 'asc' | 'desc', size: number, after?: Key, withSource = true): Promise<readonly Hit[]> {
    const found = asFound(await searched({
      query, size, sort: [{ [TIME]: { order, numeric_type: 'date' } }, { _seq_no: { order } }, { _index: { order } }], _source: withSource, ...(after ? { search_after: after } : {}),
    }));
    return whole(found).hits.hits;
  }
  /** Of several with one id the first in that order: who goes on from it may see one again, and misses none. */
  async function keyOf(id: number, order: 'asc' | 'desc'): Promise<Key | undefined> {
    const { ms } = placeOf(id);
    const near = await hits(await filter([], { fromMs: ms, toMs: ms + 1 }), order, TOGETHER, undefined, false);
    return near.find((hit) => idOf(hit) === id)?.sort;
  }
  async function newest(): Promise<number> {
    const [last] = await hits(await filter([], { fromMs: EARLIEST, toMs: now() - settleMs }), 'desc', 1, undefined, false);
    return last ? idOf(last) : 0;
  }
  return {
    source: 'opensearch',
    async find(terms, range, limit, before) {
      const last = before === undefined ? undefined : await keyOf(before, 'desc');
      if (before !== undefined && !last) return [];
      return (await hits(await filter(terms, range), 'desc', limit, last)).map(lineOf);
    },
    async count(terms, range, buckets) {
      const { fromS, toS, stepS } = timeBucketsOf(range.fromMs, range.toMs, buckets, now());
      const { service, level } = await fields();
      const query = await filter(terms, { fromMs: fromS * 1000, toMs: toS * 1000 });
      const sources = [{ at: { date_histogram: { field: TIME, fixed_interval: `${stepS}s` } } }, ...Object.entries({ service, level }).map(([name, field]) => ({ [name]: { terms: { field, missing_bucket: true } } }))];
      const found: Bucket[] = [];
      let after: Readonly<Record<string, unknown>> | undefined;
      // Page by page: every group is there, and counts are exact, also with several shards.
      for (let pages = 1; ; pages += 1) {
        const { aggregations: { lines } } = whole(asGrouped(await searched({ query, size: 0, aggs: { lines: { composite: { size: COUNTED.page, sources, ...(after ? { after } : {}) } } } })));
        found.push(...lines.buckets);
        after = lines.after_key;
        if (lines.buckets.length < COUNTED.page || !after) break;
        if (pages === COUNTED.pages) throw problem('unavailable', 'There are too many services and times to be counted.', { at: 'monitoring', fix: 'Narrow the time, or name a service.' });
      }
      return { fromMs: fromS * 1000, toMs: toS * 1000, stepMs: stepS * 1000, counts: countsOf(found) };
    },
    async around(id, count, all) {
      const key = await keyOf(id, 'desc');
      const [own] = key ? await hits(await filter([], { fromMs: key[0], toMs: key[0] + 1 }), 'desc', 1, [key[0], key[1], `${key[2]}~`]) : [];
      if (!own) return null;
      const line = lineOf(own);
      const query = await filter(all ? [] : [{ kind: 'service', value: line.service, negated: false }], ALL);
      const [before, after] = await Promise.all([hits(query, 'desc', count, own.sort), hits(query, 'asc', count, own.sort)]);
      return [...before.map(lineOf).toReversed(), line, ...after.map(lineOf)];
    },
    async since(terms, after, upTo, limit) {
      const [begin, end] = [placeOf(after), placeOf(upTo)];
      const [first, last] = await Promise.all([keyOf(after, 'asc'), keyOf(upTo, 'asc')]);
      // An id of no line (0, or one that is gone): from its time on, which may tell a line of that millisecond again.
      const query = await filter(terms, { fromMs: begin.ms, toMs: end.ms + 1 });
      const found = await hits(query, 'asc', limit, first ?? [begin.ms, -1, '']);
      return found.filter(({ sort: [ms, sequence, name] }) => ms < end.ms || !last || sequence < last[1] || (sequence === last[1] && name <= last[2])).map(lineOf);
    },
    newest,
    async earliest() {
      const [first] = await hits(await filter([], ALL), 'asc', 1, undefined, false);
      return first?.sort[0] ?? now();
    },
    bounds: async () => ({ oldest: 0, newest: await newest() }),
    earliestTold: (newest) => Math.max(0, newest - idsIn(CATCH_UP_MS)),
  };
}

/** Part of an answer would look like all of it. */
function whole<T extends { readonly timed_out: boolean }>(answer: T): T {
  if (answer.timed_out) throw problem('unavailable', 'The search took too long and was given up.', { at: 'monitoring', fix: 'Narrow the time, or name a service, a level or a trace.' });
  return answer;
}

/** Several spellings of a level become one. */
function countsOf(buckets: readonly Bucket[]): readonly Count[] {
  const counts = new Map<string, Count>();
  for (const { key, doc_count: count } of buckets) {
    const one = { at: key.at, service: key.service ?? '', level: levelOf(key.level) };
    const place = `${one.at} ${one.level} ${one.service}`;
    counts.set(place, { ...one, count: count + (counts.get(place)?.count ?? 0) });
  }
  return [...counts.values()].toSorted((a, b) => a.at - b.at || (a.service < b.service ? -1 : a.service > b.service ? 1 : a.level < b.level ? -1 : 1));
}
