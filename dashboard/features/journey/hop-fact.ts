import type { Hop } from '../../api/monitoring.ts';

/** What a hop did, read from its span's attributes (services/kit/telemetry.ts names them). */
export type HopFact =
  | { readonly kind: 'sql'; readonly statement: string; readonly system: string; readonly rows: number | undefined }
  | { readonly kind: 'cache'; readonly hit: boolean | undefined; readonly key: string | undefined }
  | { readonly kind: 'message'; readonly way: 'sent' | 'taken'; readonly queue: string; readonly id: string | undefined; readonly tries: number | undefined }
  | { readonly kind: 'mail'; readonly recipients: number | undefined; readonly id: string | undefined }
  | { readonly kind: 'object'; readonly operation: string; readonly key: string }
  | { readonly kind: 'request'; readonly method: string; readonly path: string; readonly status: number | undefined }
  | { readonly kind: 'work' };
export type FactKind = HopFact['kind'];

/** The most telling fact first: a cache that is kept in PostgreSQL is a cache, though it speaks SQL. */
export function factOf({ attributes, kind }: Pick<Hop, 'attributes' | 'kind'>): HopFact {
  const text = (key: string) => (typeof attributes[key] === 'string' ? attributes[key] : undefined);
  const number = (key: string) => (typeof attributes[key] === 'number' ? attributes[key] : undefined);
  const hit = attributes['cache.hit'];
  const key = text('cache.key');
  if (Object.keys(attributes).some((name) => name.startsWith('cache.'))) return { kind: 'cache', hit: typeof hit === 'boolean' ? hit : undefined, key };
  if (number('mail.recipients') !== undefined || text('mail.message_id') !== undefined) {
    return { kind: 'mail', recipients: number('mail.recipients'), id: text('mail.message_id') };
  }
  const queue = text('messaging.destination.name');
  if (queue !== undefined) {
    return { kind: 'message', way: kind === 'consumer' ? 'taken' : 'sent', queue, id: text('messaging.message.id'), tries: number('messaging.delivery.count') };
  }
  const statement = text('db.query.text');
  if (statement !== undefined) return { kind: 'sql', statement, system: text('db.system.name') ?? 'sql', rows: number('db.response.returned_rows') };
  const object = text('objects.key');
  if (object !== undefined) return { kind: 'object', operation: text('objects.operation') ?? '', key: object };
  const method = text('http.request.method');
  if (method !== undefined) {
    return { kind: 'request', method, path: text('http.route') ?? text('url.path') ?? text('url.template') ?? pathIn(text('url.full')), status: number('http.response.status_code') };
  }
  return { kind: 'work' };
}

function pathIn(url: string | undefined): string {
  return url !== undefined && URL.canParse(url) ? new URL(url).pathname : '';
}
