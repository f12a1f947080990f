import type { Attributes } from '../domain/span.ts';
import type { Line } from './log-port.ts';
import type { Hit } from './opensearch-answers.ts';
import { levelOf } from './opensearch-query.ts';

/**
 * A line's id is its time and a digest of what tells it from others of that time: 41 bits of milliseconds since 2020 and 12 bits, together what a number of
 * JavaScript holds exactly until 2089. In one index with one shard no two lines of one millisecond share one.
 */
const SINCE = 1_577_836_800_000;
const WRITES = 4096;
export interface Place { readonly ms: number; readonly last: number }
export const idOf = ({ sort: [ms, sequence, index] }: Pick<Hit, 'sort'>): number => (ms - SINCE) * WRITES + ((sequence + digestOf(index)) % WRITES);
const digestOf = (text: string): number => [...text].reduce((sum, one) => (sum * 31 + (one.codePointAt(0) ?? 0)) % WRITES, 7);
export const placeOf = (id: number): Place => ({ ms: Math.floor(id / WRITES) + SINCE, last: id % WRITES });
export const idsIn = (ms: number): number => ms * WRITES;
/** Lines before it have no id, and are not found. */
export const EARLIEST = SINCE + 1;

const LIMITS = { attributes: 128, text: 4096 } as const;

export function lineOf(hit: Hit): Line {
  const { '@timestamp': _, 'service.name': service, 'log.level': level, message, 'trace.id': traceId, 'span.id': spanId, ...rest } = flat(hit._source ?? {});
  return {
    id: idOf(hit), at: hit.sort[0], service: textOf(service), level: levelOf(level), message: textOf(message),
    traceId: typeof traceId === 'string' ? traceId : null, spanId: typeof spanId === 'string' ? spanId : null, attributes: attributesOf(rest),
  };
}

/** `{service: {name: x}}` and `{"service.name": x}` are the same to OpenSearch. */
function flat(source: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  const open: (readonly [string, unknown, number])[] = Object.entries(source).map(([key, value]) => [key, value, 0]);
  for (let next = open.shift(); next; next = open.shift()) {
    const [key, value, depth] = next;
    if (typeof value === 'object' && value !== null && !Array.isArray(value) && depth < 8) open.push(...Object.entries(value).map(([inner, one]) => [`${key}.${inner}`, one, depth + 1] as const));
    else found[key] = value;
  }
  return found;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : value === undefined || value === null ? '' : JSON.stringify(value));
function attributesOf(rest: Readonly<Record<string, unknown>>): Attributes {
  return Object.fromEntries(Object.entries(rest).slice(0, LIMITS.attributes).map(([key, value]) => [
    key.replace(/^labels\./, ''), typeof value === 'string' && value.length > LIMITS.text ? `${value.slice(0, LIMITS.text)}…` : value,
  ]));
}
