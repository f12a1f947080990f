import type { Answer, RouteRequest } from '../../kit/kit.ts';
import { problem } from '../../kit/problem.ts';
import type { LogStore } from '../adapters/log-port.ts';
import { numberOf, rangeOf, termsOf } from './asked-logs.ts';

/** GET /v1/logs. */
/** @param retentionDays of monitoring's own lines; how long another source keeps its, it does not say */
export function logs(store: LogStore, retentionDays: number) {
  return async ({ query }: RouteRequest): Promise<Answer> => {
    const limit = numberOf(query['limit']) ?? 200;
    const lines = await store.find(termsOf(query), await rangeOf(query, store), limit, numberOf(query['before']));
    return { status: 200, body: { lines, next: lines.length === limit ? lines.at(-1)?.id ?? null : null, source: store.source, retentionDays: store.source === 'own' ? retentionDays : null } };
  };
}

/** GET /v1/logs/:id/context. */
export function logContext(store: LogStore) {
  return async ({ params, query }: RouteRequest): Promise<Answer> => {
    const lines = await store.around(Number(params['id']), numberOf(query['lines']) ?? 50, query['all'] === true);
    if (lines === null) throw problem('not_found', 'There is no line with this id.', { fix: 'It may be older than what is kept; GET /v1/telemetry says how long that is.' });
    return { status: 200, body: { lines } };
  };
}
