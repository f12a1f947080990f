import type { Answer, RouteRequest } from '../../kit/kit.ts';
import type { LogStore, Range } from '../adapters/log-port.ts';
import type { Term } from '../domain/log-query.ts';
import { rangeOf, termsOf } from './asked-logs.ts';

const MOST = 100_000;
/** Held in memory at once. */
const PAGE = 1000;

/** GET /v1/logs/export. The first page is read before the answer begins: what is wrong with the search is still a problem then. */
export function logExport(store: LogStore) {
  return async ({ query, signal }: RouteRequest): Promise<Answer> => {
    const [terms, range] = [termsOf(query), await rangeOf(query, store)];
    const first = await store.find(terms, range, PAGE);
    return { status: 200, headers: { 'content-disposition': 'attachment; filename="logs.ndjson"' }, lines: pagesOf(store, terms, range, first, signal) };
  };
}

/** Ends with a line that says how many there were; a reader who does not find it has not read all. */
async function* pagesOf(store: LogStore, terms: readonly Term[], range: Range, first: Awaited<ReturnType<LogStore['find']>>, signal: AbortSignal): AsyncGenerator<readonly unknown[], void, void> {
  let [page, lines] = [first, 0];
  while (page.length > 0 && !signal.aborted) {
    yield page;
    lines += page.length;
    page = page.length < PAGE ? [] : await store.find(terms, range, lines < MOST ? PAGE : 1, page.at(-1)?.id);
    if (lines >= MOST) break;
  }
  const cut = page.length > 0;
  yield [{ end: { lines, cut, ...(cut ? { why: `an export holds at most ${MOST} lines` } : {}) } }];
}
