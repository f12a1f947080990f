import type { LogLine } from '../domain/span.ts';

/** What a shipper that follows the Elastic Common Schema makes of an index. */
export const ecsTemplate = {
  settings: { number_of_shards: 1, number_of_replicas: 0 },
  mappings: {
    dynamic_templates: [{ strings: { match_mapping_type: 'string', mapping: { type: 'keyword', ignore_above: 1024 } } }],
    properties: {
      '@timestamp': { type: 'date' }, message: { type: 'text', fields: { part: { type: 'wildcard' }, whole: { type: 'keyword', ignore_above: 8191 } } }, trace: { properties: { id: { type: 'keyword' } } }, span: { properties: { id: { type: 'keyword' } } },
    },
  },
};
export const ecs = ({ traceId, spanId, service, level, message, atNs, attributes }: LogLine): object => ({
  '@timestamp': new Date(Number(BigInt(atNs) / 1_000_000n)).toISOString(), service: { name: service }, log: { level }, message,
  ...(traceId === null ? {} : { trace: { id: traceId } }), ...(spanId === null ? {} : { span: { id: spanId } }), ...(Object.keys(attributes).length === 0 ? {} : { labels: attributes }),
});

export async function ask(url: string, method: 'PUT' | 'POST', path: string, body: object | string): Promise<void> {
  const answer = await fetch(url + path, { method, headers: { 'content-type': typeof body === 'string' ? 'application/x-ndjson' : 'application/json' }, body: typeof body === 'string' ? body : JSON.stringify(body) });
  const text = await answer.text();
  if (!answer.ok || text.includes('"errors":true')) throw new Error(`${method} ${path} answered ${answer.status}: ${text.slice(0, 500)}`);
}
/** Searchable when it resolves. */
export const bulk = (url: string, index: string, documents: readonly object[]): Promise<void> =>
  ask(url, 'POST', `/${index}/_bulk?refresh=true`, documents.map((one) => `{"create":{}}\n${JSON.stringify(one)}\n`).join(''));
