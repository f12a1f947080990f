import { problem } from '../../kit/problem.ts';
import type { LogStore, Range } from '../adapters/log-port.ts';
import { parseLogQuery, QueryError, type Term } from '../domain/log-query.ts';

type Query = Readonly<Record<string, unknown>>;

/** @throws Problem `invalid_params` that says what is wrong with `query`, and at which character */
export function termsOf(query: Query): readonly Term[] {
  const text = typeof query['query'] === 'string' ? query['query'] : '';
  try {
    return parseLogQuery(text);
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    throw problem('invalid_params', `The query cannot be read at character ${error.position}: ${error.message}.`, {
      errors: [{ path: '/query', message: `at character ${error.position}: ${error.message}` }],
      fix: 'Write terms as service:auth level>=warn "exact text" word trace:<id> attr.key:value; a - before a term means "not".',
    });
  }
}

/** Without `from` as far back as there may be something; without `to` up to now, with lines whose clock is a little ahead. */
export async function rangeOf(query: Query, store: Pick<LogStore, 'earliest'>): Promise<Range> {
  const now = Date.now();
  const fromMs = numberOf(query['from']) ?? Math.min(await store.earliest(), now);
  const toMs = numberOf(query['to']) ?? now + 300_000;
  if (toMs <= fromMs) throw problem('invalid_params', '`to` must lie after `from`.', { errors: [{ path: '/to', message: 'must lie after from' }] });
  return { fromMs, toMs };
}

export function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
