import { answerReader } from './answer-reader.ts';

/** What OpenSearch and Elasticsearch answer, as far as it is used (opensearch.org: Search APIs, field capabilities). */
export type Key = readonly [ms: number, sequence: number, index: string];
export interface Hit {
  /** Unix milliseconds, the number of its writing in its shard, and its index: no two lines of indices with one shard are equal in all three. */
  readonly sort: Key;
  readonly _source?: Readonly<Record<string, unknown>>;
}
export interface Found { readonly timed_out: boolean; readonly hits: { readonly hits: readonly Hit[] } }
export interface Bucket { readonly key: { readonly at: number; readonly service: string | null; readonly level: string | null }; readonly doc_count: number }
export interface Grouped { readonly timed_out: boolean; readonly aggregations: { readonly lines: { readonly after_key?: Readonly<Record<string, unknown>>; readonly buckets: readonly Bucket[] } } }
/** Field → type of its mapping → more; several types where indices disagree. */
export interface Caps { readonly indices: readonly string[]; readonly fields: Readonly<Record<string, Readonly<Record<string, unknown>>>> }

const having = (properties: object, more: object = {}) => ({ type: 'object', required: Object.keys(properties), properties: { ...properties, ...more } });
const list = (items: object) => ({ type: 'array', items });
const text = { type: ['string', 'null'] };
const timed = { timed_out: { type: 'boolean' } };
const sort = { type: 'array', prefixItems: [{ type: 'number' }, { type: 'number' }, { type: 'string' }], minItems: 3, items: false };

export const asFound = answerReader<Found>('OpenSearch', having({ ...timed, hits: having({ hits: list(having({ sort }, { _source: { type: 'object' } })) }) }));
export const asGrouped = answerReader<Grouped>('OpenSearch', having({
  ...timed, aggregations: having({ lines: having({ buckets: list(having({ key: having({ at: { type: 'number' }, service: text, level: text }), doc_count: { type: 'integer' } })) }, { after_key: { type: 'object' } }) }),
}));
export const asCaps = answerReader<Caps>('OpenSearch', having({ indices: list({ type: 'string' }), fields: { type: 'object', additionalProperties: { type: 'object' } } }));
